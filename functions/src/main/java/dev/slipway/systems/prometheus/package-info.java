/** Prometheus and Alertmanager, by their standard HTTP APIs. */
package dev.slipway.systems.prometheus;
