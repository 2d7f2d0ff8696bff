package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Member;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code POST /onboardings/{onboarding}/people/{person}/end}: ends a membership, or a guest's
 * access, from the next request on, or an invitation. What the person did stays.
 */
public final class EndPerson extends ApiFunction {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{1,40}");

  /** For Lambda. */
  public EndPerson() {
    this(FunctionContext.lambda());
  }

  public EndPerson(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  /** The answer. */
  record Ended(String id) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String reason = call.reason();
    String id =
        Optional.of(call.event().path("person"))
            .filter(each -> ID.matcher(each).matches())
            .orElseThrow(EndPerson::unknown);
    Memberships memberships = call.context().memberships();
    Optional<Member> member = memberships.member(onboarding.id(), id);
    if (member.isPresent()) {
      if (member.get().isOne()) {
        memberships.end(onboarding.id(), member.get(), call.actor(), reason);
      }
      return ApiAnswer.of(200, new Ended(id));
    }
    Optional<Grant> guest = call.context().grants().find(onboarding.id(), id);
    if (guest.isPresent()) {
      if (guest.get().endedAt() == null) {
        call.context()
            .grants()
            .save(
                onboarding.id(),
                guest.get().ended(call.actor().name(), call.now()),
                call.actor(),
                "guest.ended",
                reason);
      }
      return ApiAnswer.of(200, new Ended(id));
    }
    Invitation invitation =
        memberships.invitation(onboarding.id(), id).orElseThrow(EndPerson::unknown);
    if (invitation.state() == Invitation.State.REDEEMED) {
      throw Refusal.of(
              409,
              "invitation.redeemed",
              "The invitation was redeemed: end the membership that came of it.")
          .at("person");
    }
    if (invitation.state() == Invitation.State.OPEN) {
      memberships.end(onboarding.id(), invitation, call.actor(), reason);
    }
    return ApiAnswer.of(200, new Ended(id));
  }

  private static Refusal unknown() {
    return Refusal.notFound(
        "people.unknown", "person", "The onboarding has no such member, guest or invitation.");
  }
}
