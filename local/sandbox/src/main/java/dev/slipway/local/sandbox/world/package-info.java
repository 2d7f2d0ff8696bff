/** What all stand-ins of one sandbox share: state, calls, faults, and the words for them. */
package dev.slipway.local.sandbox.world;
