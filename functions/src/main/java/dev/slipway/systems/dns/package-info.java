/** What DNS says about a platform's domain and about a sender's domain. */
package dev.slipway.systems.dns;
