/** A customer's Azure subscription, by the Azure Resource Manager's REST API. */
package dev.slipway.systems.azure;
