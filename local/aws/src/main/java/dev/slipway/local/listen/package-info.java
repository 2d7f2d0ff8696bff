/** The check that every HTTP server of the local runtime makes before it answers a request. */
package dev.slipway.local.listen;
