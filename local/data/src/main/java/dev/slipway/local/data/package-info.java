/** The data runner: moves a tenant's data from one database to another, by jobs of Slipway's. */
package dev.slipway.local.data;
