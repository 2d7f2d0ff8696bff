/** The map of a migration: which tables and collections there are, and what becomes of each. */
package dev.slipway.local.data.map;
