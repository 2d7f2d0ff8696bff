/** State machines as written down: state types, what they do, and what is refused at load. */
package dev.slipway.local.asl.definition;
