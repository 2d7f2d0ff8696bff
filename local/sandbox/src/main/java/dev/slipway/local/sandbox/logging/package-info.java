/** The systems that keep logs. */
package dev.slipway.local.sandbox.logging;
