/** What certificate and encryption a host offers. */
package dev.slipway.systems.tls;
