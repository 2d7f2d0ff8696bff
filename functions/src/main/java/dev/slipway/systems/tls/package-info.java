/** Checks of the certificate and the encryption that a host offers. */
package dev.slipway.systems.tls;
