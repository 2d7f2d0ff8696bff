/** The services that send transactional mails. */
package dev.slipway.local.sandbox.mailtool;
