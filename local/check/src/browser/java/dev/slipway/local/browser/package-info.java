/** The pages in a real browser: {@code mvn verify -Pbrowser}; see docs/testing.md. */
package dev.slipway.local.browser;
