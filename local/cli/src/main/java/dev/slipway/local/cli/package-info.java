/** The commands of {@code ./slipway}, and how they meet the terminal. */
package dev.slipway.local.cli;
