/** Measures what many onboardings at once cost in the local runtime. */
package dev.slipway.local.benchmark;
