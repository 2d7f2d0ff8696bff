/** Docker Hub: accounts, tokens, and the registry's pull limits. */
package dev.slipway.local.sandbox.docker;
