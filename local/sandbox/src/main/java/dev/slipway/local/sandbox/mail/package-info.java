/** The mail server that platform mails really go through, and the client that submits to it. */
package dev.slipway.local.sandbox.mail;
