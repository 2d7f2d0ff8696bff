/** The endpoint of Amazon SES's first API, for what the functions send. */
package dev.slipway.local.ses;
