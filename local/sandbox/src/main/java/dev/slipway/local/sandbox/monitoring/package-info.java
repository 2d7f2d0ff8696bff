/** Prometheus and Alertmanager as a hoster runs them, behind Basic authentication. */
package dev.slipway.local.sandbox.monitoring;
