/**
 * The tools that send the platform's transactional mails: Mandrill, SparkPost, Mailgun, and a mail
 * server of the customer's own (M45–M49).
 */
package dev.slipway.systems.mailtool;
