package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import dev.slipway.notice.InvitationMails;
import dev.slipway.notice.PromptMails;
import dev.slipway.probe.EnrolmentCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@code POST /onboardings/{onboarding}/people/invitations}: invites a person of the customer's,
 * who gets a link by mail. The link's secret stands behind {@code #}, where no server and no mail
 * scanner reads it; the ledger has its hash. It is worth nothing without an account of the invited
 * address.
 */
public final class InvitePerson extends ApiFunction {
  private static final Duration LASTS = Duration.ofDays(14);

  /** So that nobody has Slipway write to the whole world. */
  private static final int MOST_A_DAY = 20;

  private static final int MOST_IN_ALL = 200;

  private final RandomGenerator random;

  /** For Lambda. */
  public InvitePerson() {
    this(FunctionContext.lambda());
  }

  public InvitePerson(FunctionContext context) {
    this(context, new SecureRandom());
  }

  InvitePerson(FunctionContext context, RandomGenerator random) {
    super(context, Role.MANAGER, Role.CUSTOMER);
    this.random = random;
  }

  /**
   * The answer.
   *
   * @param mailed whether the mail service took the mail
   * @param link if it did not: to be handed over by the inviter; it stands nowhere else
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Invited(
      String id, String name, String email, Instant expiresAt, boolean mailed, String link) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Fields fields = call.fields();
    Addressee invited = Addressee.of(fields);
    String role = fields.optionalText("role", 20).orElse(Role.CUSTOMER.claim());
    fields.complete();
    invited.requireAddress("email");
    if (!role.equals(Role.CUSTOMER.claim())) {
      throw Refusal.of(
              422,
              "body.invalid",
              "`role` must be customer: others get their role from the identity provider.")
          .at("role");
    }
    Memberships memberships = call.context().memberships();
    if (memberships.members(onboarding.id()).stream()
        .anyMatch(member -> member.isOne() && member.email().equalsIgnoreCase(invited.email()))) {
      throw Refusal.of(
              409, "people.member-already", "A person with this address is a member already.")
          .at("email");
    }
    List<Invitation> earlier = memberships.invitations(onboarding.id());
    Instant dayAgo = call.now().minus(Duration.ofDays(1));
    if (earlier.size() >= MOST_IN_ALL
        || earlier.stream().filter(each -> each.invitedAt().isAfter(dayAgo)).count()
            >= MOST_A_DAY) {
      throw Refusal.of(
          429,
          "people.too-many",
          "%d invitations go out a day at most, and %d in all: try again tomorrow."
              .formatted(MOST_A_DAY, MOST_IN_ALL));
    }
    String secret = GuestAccess.secret(random);
    Invitation invitation =
        memberships.invite(
            onboarding,
            invited.name(),
            invited.email(),
            Role.CUSTOMER.claim(),
            EnrolmentCode.hash(secret),
            call.now().plus(LASTS),
            earlier.stream()
                .filter(each -> each.state() == Invitation.State.OPEN)
                .filter(each -> each.email().equalsIgnoreCase(invited.email()))
                .toList(),
            call.actor());
    String link =
        "%s/app/i/%s.%s#%s"
            .formatted(call.event().origin(), onboarding.id(), invitation.id(), secret);
    boolean mailed =
        new InvitationMails(PromptMails.of(call.context())).invite(onboarding, invitation, link);
    return ApiAnswer.of(
        201,
        new Invited(
            invitation.id(),
            invited.name(),
            invited.email(),
            invitation.expiresAt(),
            mailed,
            mailed ? null : link));
  }
}
