package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Member;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /onboardings/{onboarding}/people}: who came in by an invitation, who is invited, and
 * which guests may answer one ask. People whose token names the onboarding itself are known to the
 * issuer only.
 */
public final class ListPeople extends ApiFunction {
  /** For Lambda. */
  public ListPeople() {
    this(FunctionContext.lambda());
  }

  public ListPeople(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /** The answer. */
  record Answer(
      Instant now,
      List<MemberView> members,
      List<InvitationView> invitations,
      List<GuestView> guests) {}

  /**
   * A member as it is told.
   *
   * @param id with which the membership is ended
   * @param endedBy null: it goes on
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MemberView(
      String id,
      String name,
      String email,
      String role,
      String invitedBy,
      Instant since,
      String endedBy,
      Instant endedAt) {
    static MemberView of(Member member) {
      return new MemberView(
          member.account(),
          member.name(),
          member.email(),
          member.role(),
          member.invitedBy(),
          member.since(),
          member.endedBy(),
          member.endedAt());
    }
  }

  /**
   * An invitation as it is told: no hash.
   *
   * @param state {@code OPEN}, {@code EXPIRED}, {@code REDEEMED} or {@code ENDED}
   */
  record InvitationView(
      String id,
      String name,
      String email,
      String role,
      String state,
      String invitedBy,
      Instant invitedAt,
      Instant expiresAt) {
    static InvitationView of(Invitation invitation, Instant now) {
      boolean over = invitation.state() == Invitation.State.OPEN && !invitation.isOpen(now);
      return new InvitationView(
          invitation.id(),
          invitation.name(),
          invitation.email(),
          invitation.role(),
          over ? "EXPIRED" : invitation.state().name(),
          invitation.invitedBy(),
          invitation.invitedAt(),
          invitation.expiresAt());
    }
  }

  /**
   * A guest as it is told: no hash.
   *
   * @param state {@code OPEN}, {@code EXPIRED} or {@code ENDED}
   */
  record GuestView(
      String id,
      String name,
      String email,
      Grant.About about,
      String state,
      String grantedBy,
      Instant grantedAt,
      Instant expiresAt) {
    static GuestView of(Grant grant, Instant now) {
      return new GuestView(
          grant.id(),
          grant.name(),
          grant.email(),
          grant.about(),
          grant.endedAt() != null ? "ENDED" : grant.isOpen(now) ? "OPEN" : "EXPIRED",
          grant.grantedBy(),
          grant.grantedAt(),
          grant.expiresAt());
    }
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    Memberships memberships = call.context().memberships();
    return ApiAnswer.of(
        200,
        new Answer(
            call.now(),
            memberships.members(onboarding.id()).stream().map(MemberView::of).toList(),
            memberships.invitations(onboarding.id()).stream()
                .map(each -> InvitationView.of(each, call.now()))
                .toList(),
            call.context().grants().of(onboarding.id()).stream()
                .map(each -> GuestView.of(each, call.now()))
                .toList()));
  }
}
