/** Time, real and simulated. A clock is an {@link java.time.InstantSource}. */
package dev.slipway.local.asl.time;
