/** State machines as written down: state types, their behaviour, and the checks at load. */
package dev.slipway.local.asl.definition;
