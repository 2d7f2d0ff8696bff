package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Onboarding;
import dev.slipway.notice.InvitationMails;
import dev.slipway.notice.Person;
import dev.slipway.notice.PromptMails;
import dev.slipway.probe.EnrolmentCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code POST /invitations/{onboarding}/{invitation}/redeem}: whoever has the link and an account
 * with the invited address becomes a member of the onboarding. With {@code "look": true} the answer
 * says what it is about, and nothing is spent.
 */
public final class RedeemInvitation extends ApiFunction {
  private static final Pattern ONBOARDING = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

  /** For Lambda. */
  public RedeemInvitation() {
    this(FunctionContext.lambda());
  }

  public RedeemInvitation(FunctionContext context) {
    super(context, Admission.ofAnybody());
  }

  /** The answer. */
  record Redeemed(
      String onboarding,
      String onboardingName,
      String invitedBy,
      Instant expiresAt,
      boolean member) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    String id = call.event().path("onboarding");
    Invitation invitation =
        Optional.of(call.event().path("invitation"))
            .filter(each -> ListNotes.ID.matcher(each).matches())
            .filter(each -> ONBOARDING.matcher(id).matches())
            .flatMap(each -> call.context().memberships().invitation(id, each))
            .orElseThrow(RedeemInvitation::unknown);
    Fields fields = call.fields();
    String secret = fields.text("secret", 100);
    boolean look = fields.flag("look");
    fields.complete();
    if (!EnrolmentCode.isRight(secret, invitation.secretHash())) {
      throw unknown();
    }
    Onboarding onboarding = call.context().onboardings().find(id).orElseThrow();
    boolean isMember = requireUsable(call, onboarding, invitation);
    if (!isMember && !look) {
      call.context()
          .memberships()
          .redeem(onboarding, invitation, call.caller().account(), call.caller().asMember());
    }
    return ApiAnswer.of(
        200,
        new Redeemed(
            id,
            onboarding.name(),
            invitation.invitedBy(),
            invitation.expiresAt(),
            isMember || !look));
  }

  /** Answers whether the caller has redeemed it before, as one whose answer was lost does again. */
  private static boolean requireUsable(ApiCall call, Onboarding onboarding, Invitation invitation) {
    if (onboarding.hasEnded()) {
      throw Refusal.of(410, "onboarding.ended", "The onboarding has ended: nobody comes in.");
    }
    return switch (invitation.state()) {
      case ENDED ->
          throw Refusal.of(
              410, "invitation.ended", "The invitation was ended: ask for another one.");
      case REDEEMED -> {
        if (invitation.account().equals(call.caller().account())
            && call.context().memberships().of(call.caller().account()).contains(onboarding.id())) {
          yield true;
        }
        throw Refusal.of(
            409,
            "invitation.redeemed",
            "The invitation was redeemed before. If that was not you, ask who invited you.");
      }
      case OPEN -> {
        if (!invitation.isOpen(call.now())) {
          throw Refusal.of(
              410, "invitation.expired", "The invitation has expired: ask for another one.");
        }
        String mail = call.caller().identity().mail();
        if (mail == null || !mail.equalsIgnoreCase(invitation.email())) {
          throw ofAnother(call, onboarding, invitation);
        }
        yield false;
      }
    };
  }

  /** Is noted and told once a day at most, so that nobody fills the audit trail with it. */
  private static Refusal ofAnother(ApiCall call, Onboarding onboarding, Invitation invitation) {
    String key = "invitation-refused/" + onboarding.id() + "/" + invitation.id();
    if (call.context().keys().hold(key, call.now().plus(Duration.ofDays(1)))) {
      call.context()
          .auditTrail()
          .record(
              onboarding.id(),
              call.actor(),
              "people.invitation-refused",
              null,
              invitation.name(),
              "signed in with another address than the invited one");
      List<Person> leads = Person.whoLead(call.context().elements(), onboarding.id());
      try {
        new InvitationMails(PromptMails.of(call.context()))
            .usedByAnother(onboarding, invitation, leads);
      } catch (SdkException e) {
        call.log().accept("those who lead are not told: " + e.getClass().getSimpleName());
      }
    }
    return Refusal.of(
        403,
        "invitation.other-person",
        "The invitation is for another address than the verified one of your account: sign in with"
            + " that, or ask for an invitation of this one. Those who lead were told.");
  }

  private static Refusal unknown() {
    return Refusal.notFound(
        "invitation.unknown",
        "invitation",
        "There is no such invitation, or the link is not whole.");
  }
}
