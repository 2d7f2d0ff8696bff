/** Holds the interpreter to recordings of the service. */
package dev.slipway.local.asl.replay;
