/** The accounts of third parties that the platform works with: rates, maps, events, visits. */
package dev.slipway.local.sandbox.accounts;
