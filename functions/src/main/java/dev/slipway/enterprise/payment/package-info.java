/** Payment: the checks and looks of its elements. */
package dev.slipway.enterprise.payment;
