package dev.slipway.notice;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells those who lead that a person is blocked: at once, each of them once. Whom no mail could be
 * sent to is told by the next call: a key in the ledger is taken only when the mail was accepted,
 * and another one for some minutes while it is being sent, so that two calls send one mail.
 */
public final class BlockedNotices {
  /** How long a person is remembered who was told. Onboardings take weeks. */
  private static final Duration MEMORY = Duration.ofDays(180);

  /** Longer than a function runs: whoever is sending has ended by then. */
  private static final Duration SENDING = Duration.ofMinutes(15);

  private final AuditTrail auditTrail;
  private final Keys keys;
  private final InstantSource clock;
  private final Optional<Mailer> mailer;
  private final String address;

  /**
   * @param mailer empty: nobody gets mails
   * @param address where the pages are; may be empty
   */
  BlockedNotices(
      AuditTrail auditTrail,
      Keys keys,
      InstantSource clock,
      Optional<Mailer> mailer,
      String address) {
    this.auditTrail = auditTrail;
    this.keys = keys;
    this.clock = clock;
    this.mailer = mailer;
    this.address = address;
  }

  /** From the operator's address, if there is one. */
  public static BlockedNotices of(FunctionContext context, String address) {
    return new BlockedNotices(
        context.auditTrail(),
        context.keys(),
        context.clock(),
        context.value("SLIPWAY_MAIL_FROM").map(from -> new SesMailer(context.ses(), from)),
        address);
  }

  /**
   * Tells.
   *
   * @param title of the task and its step
   * @throws software.amazon.awssdk.core.exception.SdkException if a mail was not accepted: some may
   *     have been told, the others are by another call
   */
  public void tell(Onboarding onboarding, String title, Blocked blocked, List<Person> leads) {
    if (mailer.isEmpty()) {
      return;
    }
    for (Person lead : leads) {
      String key = "blocked/" + onboarding.id() + "/" + blocked.note() + "/" + lead.alias();
      if (!keys.isHeld(key) && keys.hold(key + "/sending", clock.instant().plus(SENDING))) {
        try {
          mailer.get().send(lead, letter(onboarding, title, blocked, lead));
        } catch (Undeliverable e) {
          auditTrail.record(
              onboarding.id(),
              Reminders.ACTOR,
              "people.mail-undeliverable",
              blocked.key().toString(),
              "to " + lead.name() + ": " + e.code(),
              null);
        }
        keys.take(key, clock.instant().plus(MEMORY));
      }
    }
  }

  private Mailer.Letter letter(Onboarding onboarding, String title, Blocked blocked, Person lead) {
    String who = DisplayName.of(blocked.by().replaceFirst(" \\([^()]*\\)$", ""));
    String name = DisplayName.of(onboarding.name());
    String what =
        title + (blocked.key().instance().isEmpty() ? "" : " (" + blocked.key().instance() + ")");
    String page =
        address
            + "/app/o/"
            + onboarding.id()
            + "/task/"
            + URLEncoder.encode(blocked.key().toString(), StandardCharsets.UTF_8);
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
                lead.name().isEmpty() ? "" : " " + lead.name(),
                who.isEmpty() ? "A person" : who,
                name,
                what,
                blocked.text().lines().map(line -> "    > " + line).toList().stream()
                    .reduce((one, next) -> one + "\n" + next)
                    .orElse(""),
                page,
                onboarding.id(),
                blocked.note());
    return new Mailer.Letter("Slipway: blocked: " + what + " (" + name + ")", text, "");
  }
}
