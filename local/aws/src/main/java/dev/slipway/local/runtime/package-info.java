/** Puts the local runtime together: from a template to something that runs. */
package dev.slipway.local.runtime;
