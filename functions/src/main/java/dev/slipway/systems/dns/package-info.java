/** Checks of the DNS records of a platform's domain and of a sender's domain. */
package dev.slipway.systems.dns;
