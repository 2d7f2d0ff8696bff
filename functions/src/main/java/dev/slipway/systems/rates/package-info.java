/** Exchange rates from a source that has nothing to do with the platform. */
package dev.slipway.systems.rates;
