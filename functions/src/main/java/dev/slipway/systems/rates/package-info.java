/** Exchange rates: the platform's own source (M58), and one that has nothing to do with it. */
package dev.slipway.systems.rates;
