/** Stand-ins for the external billing system, its customers' portal, and a source of rates. */
package dev.slipway.local.sandbox.billing;
