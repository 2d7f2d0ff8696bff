/** Handlers of the sample template: one asks, a person answers through the API, one wakes. */
package dev.slipway.local.runtime.sample;
