/** The sandbox's certificate authority and the certificates that it issues, faults included. */
package dev.slipway.local.sandbox.tls;
