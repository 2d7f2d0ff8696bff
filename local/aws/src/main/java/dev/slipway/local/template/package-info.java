/** Reads {@code template.yaml}, so that the same file is deployed to AWS and runs locally. */
package dev.slipway.local.template;
