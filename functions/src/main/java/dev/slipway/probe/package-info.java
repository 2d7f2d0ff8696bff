/**
 * Probe runners inside a customer's network: the probes they may be asked, their signatures, and
 * their enrolment. Slipway and the runner share this package, so that both refuse the same things.
 */
package dev.slipway.probe;
