/** Pusher Channels, by which dashboards show changes at once (M59). */
package dev.slipway.systems.pusher;
