/** The payment gateways. */
package dev.slipway.local.sandbox.payment;
