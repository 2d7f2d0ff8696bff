/** Payment: the check of its element, and the gateway of the marketplace (M55, M56). */
package dev.slipway.enterprise.payment;
