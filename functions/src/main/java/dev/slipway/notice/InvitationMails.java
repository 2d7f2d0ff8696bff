package dev.slipway.notice;

import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Onboarding;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The mails about an invitation: to whom is invited, and about anybody else who uses its link. */
public final class InvitationMails {
  /** Of mails to people whose time zone nobody knows. */
  static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final PromptMails mails;

  public InvitationMails(PromptMails mails) {
    this.mails = mails;
  }

  /**
   * Mails the link.
   *
   * @return whether the mail service took it
   */
  public boolean invite(Onboarding onboarding, Invitation invitation, String link) {
    Person to = new Person(invitation.name(), invitation.email());
    String text =
        """
        Good day%s,

        %s invites you to the onboarding %s.

        To come in, open this page and sign in with the address that this mail was sent
        to:

            %s

        The link is yours alone, and good until %s. If you did not expect it, do nothing:
        to open the page changes nothing.
        """
            .formatted(
                greeted(to),
                who(invitation.invitedBy()),
                DisplayName.of(onboarding.name()),
                link,
                DAY.format(invitation.expiresAt()));
    return mails.sendNow(
        to,
        new Mailer.Letter("Slipway: invitation to " + DisplayName.of(onboarding.name()), text, ""));
  }

  /**
   * Tells those who lead that another account used an invitation's link.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if a mail was not accepted
   */
  public void usedByAnother(Onboarding onboarding, Invitation invitation, List<Person> leads) {
    String name = DisplayName.of(onboarding.name());
    mails.tellOnce(
        onboarding.id(),
        "invitation-of-another/" + invitation.id(),
        leads,
        lead ->
            new Mailer.Letter(
                "Slipway: an invitation was used by another person (" + name + ")",
                """
                Good day%s,

                in the onboarding %s the invitation of %s was opened by somebody who is signed in
                with another address. They were not let in. The audit trail says who it was.

                If the invitation went to a wrong address, end it and invite again:

                    slipway end %s %s --reason "why"
                """
                    .formatted(
                        greeted(lead),
                        name,
                        DisplayName.of(invitation.name()),
                        onboarding.id(),
                        invitation.id()),
                ""));
  }

  static String greeted(Person person) {
    return person.name().isEmpty() ? "" : " " + person.name();
  }

  /** The name of whoever acted, without the subject behind it. */
  static String who(String by) {
    String name = DisplayName.of(by.replaceFirst(" \\([^()]*\\)$", ""));
    return name.isEmpty() ? "A person" : name;
  }
}
