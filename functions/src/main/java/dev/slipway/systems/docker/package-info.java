/** Docker Hub: whether an account's token is good, and whether its plan limits pulls. */
package dev.slipway.systems.docker;
