/** The HTTP API of the template, as API Gateway would serve it, and an issuer of tokens for it. */
package dev.slipway.local.http;
