/**
 * The shared parts of all stand-ins of one sandbox: state, calls, faults, and the words for them.
 */
package dev.slipway.local.sandbox.world;
