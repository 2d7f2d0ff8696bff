/**
 * The one way out to third parties: HTTP, raw TCP, TLS and name look-ups, with the guards, limits,
 * short retries and redaction that every client of a system relies on.
 */
package dev.slipway.systems.net;
