/** The sample events, each with the function that it is for and what that function answers. */
package dev.slipway.local.samples;
