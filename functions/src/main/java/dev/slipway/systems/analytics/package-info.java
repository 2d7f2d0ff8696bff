/** Google Analytics 4, as a web page uses it. */
package dev.slipway.systems.analytics;
