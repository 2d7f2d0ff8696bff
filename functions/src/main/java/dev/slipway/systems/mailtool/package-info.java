/**
 * The services that send the platform's transactional mails: Mandrill, SparkPost, Mailgun (M45).
 */
package dev.slipway.systems.mailtool;
