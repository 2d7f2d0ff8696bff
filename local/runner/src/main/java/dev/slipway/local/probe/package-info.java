/**
 * The probe runner: looks, from inside a customer's network, at what only that network reaches.
 * Knows the API's address and the probes of {@code dev.slipway.probe}; nothing else can be run.
 */
package dev.slipway.local.probe;
