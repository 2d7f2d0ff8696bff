/** Section 3.1, Connec! connectors: its handler. */
package dev.slipway.enterprise.connecconnectors;
