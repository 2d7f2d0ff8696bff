/** Measures the interpreter: transitions a second, and memory for each execution that waits. */
package dev.slipway.local.asl.benchmark;
