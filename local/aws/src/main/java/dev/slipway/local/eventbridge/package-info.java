/** EventBridge, as far as functions use it. */
package dev.slipway.local.eventbridge;
