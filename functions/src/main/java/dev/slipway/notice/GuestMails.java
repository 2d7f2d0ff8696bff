package dev.slipway.notice;

import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Onboarding;

/** The mails to a guest: the link, and the codes that it needs. */
public final class GuestMails {
  private final PromptMails mails;

  public GuestMails(PromptMails mails) {
    this.mails = mails;
  }

  /**
   * Mails the link.
   *
   * @param what of the one ask, for people
   * @return whether the mail service took it
   */
  public boolean link(Onboarding onboarding, Grant grant, String what, String link) {
    Person to = new Person(grant.name(), grant.email());
    String text =
        """
        Good day%s,

        %s asks for your help in the onboarding %s:

            %s

        You need no account. Open this page; it sends you a code by mail, with which you
        come in:

            %s

        The link is yours alone, and good until %s at most. To open it changes nothing.
        """
            .formatted(
                InvitationMails.greeted(to),
                InvitationMails.who(grant.grantedBy()),
                DisplayName.of(onboarding.name()),
                what,
                link,
                InvitationMails.DAY.format(grant.expiresAt()));
    return mails.sendNow(to, new Mailer.Letter("Slipway: " + what, text, ""));
  }

  /**
   * Mails a code.
   *
   * @return whether the mail service took it
   */
  public boolean code(Grant grant, String code) {
    Person to = new Person(grant.name(), grant.email());
    String text =
        """
        Good day%s,

        your code is

            %s

        It is good for ten minutes, on the page that asked for it. Nobody will ever ask
        you for it by phone or mail. If you did not ask for a code, do nothing.
        """
            .formatted(InvitationMails.greeted(to), code);
    return mails.sendNow(to, new Mailer.Letter("Slipway: your code is " + code, text, ""));
  }
}
