/**
 * What a probe runner inside a customer's network may be asked, how it signs, and how it is
 * enrolled. Slipway and the runner share this package, so that both refuse the same things.
 */
package dev.slipway.probe;
