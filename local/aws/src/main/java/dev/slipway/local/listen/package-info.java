/** What every HTTP server of the local runtime has before it answers anything. */
package dev.slipway.local.listen;
