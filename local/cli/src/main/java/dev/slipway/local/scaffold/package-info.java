/**
 * Writes what follows from a row of a checklist into template, state machines, events and handlers:
 * {@link dev.slipway.local.scaffold.Scaffold}. Text is put in beside what is there; nothing is read
 * and written anew.
 */
package dev.slipway.local.scaffold;
