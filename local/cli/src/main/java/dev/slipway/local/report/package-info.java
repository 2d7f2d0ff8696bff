/** Reports as files: written, signed and checked. */
package dev.slipway.local.report;
