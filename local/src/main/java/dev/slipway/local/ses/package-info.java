/** The endpoint of Amazon SES's first API, for what Slipway sends itself. */
package dev.slipway.local.ses;
