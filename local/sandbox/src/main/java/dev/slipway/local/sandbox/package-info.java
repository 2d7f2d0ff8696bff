/**
 * Stand-ins for the third parties that Slipway talks to: real protocols on loopback, with a control
 * endpoint for tests and for the acts of a person in a vendor's own user interface.
 *
 * <p>Rooms: {@code world} (what the stand-ins know and share), {@code tls} (the local certificate
 * authority), {@code network} (proxy, DNS, HTTP listeners), and one per third party. A new third
 * party is one class that implements {@code HttpStandIn} or {@code TcpStandIn}, added to the list
 * in {@link dev.slipway.local.sandbox.Sandbox}.
 */
package dev.slipway.local.sandbox;
