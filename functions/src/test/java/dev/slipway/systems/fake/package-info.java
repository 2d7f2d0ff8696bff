/** Real servers inside the test's JVM that answer, or fail, as a test wants. */
package dev.slipway.systems.fake;
