/** Google Analytics 4, as a web page uses it, and its Admin API (M57). */
package dev.slipway.systems.analytics;
