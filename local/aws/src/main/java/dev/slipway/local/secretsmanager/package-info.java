/** Secrets Manager as a service: secrets, their versions and staging labels, encrypted at rest. */
package dev.slipway.local.secretsmanager;
