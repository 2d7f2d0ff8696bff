/** Cloud connectors: the checks and looks of its elements. */
package dev.slipway.enterprise.cloudconnectors;
