/** The systems by which an enterprise's users are supported. */
package dev.slipway.local.sandbox.support;
