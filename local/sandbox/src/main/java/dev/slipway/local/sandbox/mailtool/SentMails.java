package dev.slipway.local.sandbox.mailtool;

import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.List;

/**
 * Mails that a tool's stand-in sends: each lies in the sandbox's mailbox, with the header by which
 * its receiver's server tells whether the signature held, which is looked up in the sandbox's DNS
 * (RFC 8601, RFC 6376; the signature itself is left out).
 */
final class SentMails {
  private final World world;
  private final Journal<Mail> mails;
  private final InstantSource clock;

  SentMails(World world, Journal<Mail> mails, InstantSource clock) {
    this.world = world;
    this.mails = mails;
    this.clock = clock;
  }

  /**
   * Delivers one.
   *
   * @param tool as whom it was handed in
   * @param selector of the key that the tool signs with
   */
  void deliver(String tool, String selector, String from, String to, String subject, String text) {
    String domain = from.substring(from.indexOf('@') + 1);
    String owner = selector + "._domainkey." + domain;
    boolean isSigned =
        !HostedZones.values(world, owner, "TXT").isEmpty()
            || !HostedZones.values(world, owner, "CNAME").isEmpty();
    mails.add(
        new Mail(
            clock.instant(),
            from,
            List.of(to),
            tool,
            subject,
            String.join(
                "\r\n",
                "Authentication-Results: mx.sandbox.example; dkim="
                    + (isSigned ? "pass" : "permerror")
                    + " header.d="
                    + domain
                    + " header.s="
                    + selector,
                "From: <" + from + ">",
                "To: <" + to + ">",
                "Subject: " + subject,
                "",
                text)));
  }
}
