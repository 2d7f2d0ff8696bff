/**
 * Maestrano's platform: the hub, the frontends of the tenants, connectors, Nex! and the developer
 * platform. Sources are named at each client; where they say nothing, a client takes no answer for
 * granted.
 */
package dev.slipway.systems.maestrano;
