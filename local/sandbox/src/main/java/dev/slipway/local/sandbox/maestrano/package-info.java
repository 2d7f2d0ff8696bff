/**
 * Maestrano's platform as an enterprise has it: one class for each kind of server, behind {@link
 * dev.slipway.local.sandbox.maestrano.Maestrano}, which knows the host of each.
 */
package dev.slipway.local.sandbox.maestrano;
