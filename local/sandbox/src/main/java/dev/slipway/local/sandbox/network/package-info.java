/** The sandbox's network: who is where, the proxy, the name server, the shared HTTP listener. */
package dev.slipway.local.sandbox.network;
