/** Slipway's HTTP API from the caller's side: knows nothing of where it is served. */
package dev.slipway.local.client;
