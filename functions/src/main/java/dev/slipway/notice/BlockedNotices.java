package dev.slipway.notice;

import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Onboarding;
import java.util.List;
import java.util.stream.Collectors;

/** Tells those who lead that a person is blocked: at once, each of them once. */
public final class BlockedNotices {
  private final PromptMails mails;
  private final String address;

  /**
   * @param address where the pages are; may be empty
   */
  public BlockedNotices(PromptMails mails, String address) {
    this.mails = mails;
    this.address = address;
  }

  /**
   * Tells.
   *
   * @param title of the task and its step
   * @throws software.amazon.awssdk.core.exception.SdkException if a mail was not accepted: some may
   *     have been told, the others are by another call
   */
  public void tell(Onboarding onboarding, String title, Blocked blocked, List<Person> leads) {
    mails.tellOnce(
        onboarding.id(),
        "blocked/" + blocked.note(),
        leads,
        lead -> letter(onboarding, title, blocked, lead));
  }

  private Mailer.Letter letter(Onboarding onboarding, String title, Blocked blocked, Person lead) {
    String name = DisplayName.of(onboarding.name());
    String what =
        title + (blocked.key().instance().isEmpty() ? "" : " (" + blocked.key().instance() + ")");
    String page = address + "/app/" + Replies.task(onboarding.id(), blocked.key());
    String text =
        """
        Good day%s,

        %s cannot go on with what is asked in the onboarding %s:

            %s

        This is what they wrote:

        %s

        The due date stays as it is. They are not reminded until it is settled, and
        whoever settles it says how:

            %s
            slipway settle %s %s --text "how"
        """
            .formatted(
                InvitationMails.greeted(lead),
                InvitationMails.who(blocked.by()),
                name,
                what,
                blocked
                    .text()
                    .lines()
                    .map(line -> "    > " + line)
                    .collect(Collectors.joining("\n")),
                page,
                onboarding.id(),
                blocked.note());
    return new Mailer.Letter("Slipway: blocked: " + what + " (" + name + ")", text, "");
  }
}
