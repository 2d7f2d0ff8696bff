/** The billing of a hosting provider's platform: rows V11 to V14. */
package dev.slipway.hostingprovider.billingintegration;
