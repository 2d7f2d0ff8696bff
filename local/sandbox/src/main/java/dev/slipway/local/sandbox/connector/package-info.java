/** The providers that connectors speak to. */
package dev.slipway.local.sandbox.connector;
