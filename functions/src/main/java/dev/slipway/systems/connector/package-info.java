/** The providers that connectors speak to: the keys of apps registered there (M25, M28). */
package dev.slipway.systems.connector;
