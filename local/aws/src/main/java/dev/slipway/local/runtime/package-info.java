/** Puts the local runtime together from a template. */
package dev.slipway.local.runtime;
