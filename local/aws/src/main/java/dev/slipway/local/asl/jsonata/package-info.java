/**
 * JSONata as jsonata-js 2.0.6 evaluates it, within bounds of depth, time and memory. Knows nothing
 * of state machines.
 *
 * <p>Values are those of Java: {@code String}, {@code Double}, {@code Boolean}, {@code Map}, {@link
 * dev.slipway.local.asl.jsonata.Items}, {@link dev.slipway.local.asl.jsonata.Callable}, and {@link
 * dev.slipway.local.asl.jsonata.Null} for JSON's null. Java's null is the undefined value.
 */
package dev.slipway.local.asl.jsonata;
