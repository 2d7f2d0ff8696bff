/** Reads {@code template.yaml}: what is deployed to AWS is what runs locally. */
package dev.slipway.local.template;
