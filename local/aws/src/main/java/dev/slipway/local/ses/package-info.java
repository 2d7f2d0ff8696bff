/** The endpoint of Amazon SES's first API, for the functions' mails. */
package dev.slipway.local.ses;
