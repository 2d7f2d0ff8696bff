/** The project's own command line: the user's, and the commands that check the local runtime. */
package dev.slipway.local.check;
