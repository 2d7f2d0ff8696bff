/** Slipway's local runtime: what AWS does for Slipway, in one JVM. */
package dev.slipway.local;
