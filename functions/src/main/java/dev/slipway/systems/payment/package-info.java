/** The payment gateways of the platform's marketplace: Braintree and eWAY (M55). */
package dev.slipway.systems.payment;
