/** Kills the runtime while it works, and looks afterwards at what became of the work. */
package dev.slipway.local.endurance;
