package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.notice.GuestMails;
import dev.slipway.notice.PromptMails;
import dev.slipway.probe.EnrolmentCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Grants a person without an account access to one ask, and mails them the link. */
final class GuestAccess {
  private static final Duration LASTS = Duration.ofDays(14);
  private static final int MOST = 100;

  private final ApiCall call;
  private final RandomGenerator random;

  GuestAccess(ApiCall call) {
    this(call, new SecureRandom());
  }

  GuestAccess(ApiCall call, RandomGenerator random) {
    this.call = call;
    this.random = random;
  }

  /**
   * The access as it is told.
   *
   * @param mailed whether the mail service took the link
   * @param link if it did not: to be handed over by the granter; it stands nowhere else
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Granted(String id, Instant expiresAt, boolean mailed, String link) {}

  /**
   * Requires that guests can come in: their codes go out by mail.
   *
   * @throws Refusal 409 otherwise, or if there are too many of them
   */
  void requirePossible(Onboarding onboarding) {
    if (call.context().value("SLIPWAY_MAIL_FROM").isEmpty()) {
      throw Refusal.of(
              409,
              "guest.no-mail",
              "Guests get codes by mail, and no mail service is set up: hand it on without access.")
          .at("access");
    }
    if (call.context().grants().of(onboarding.id()).size() >= MOST) {
      throw Refusal.of(409, "guest.too-many", "The onboarding had " + MOST + " guests already.");
    }
  }

  /** Grants, and mails; {@code what} says for people what it is about. */
  Granted grant(
      Onboarding onboarding,
      String name,
      String email,
      Grant.About about,
      Party party,
      String what) {
    String secret = secret(random);
    Grant grant =
        call.context()
            .grants()
            .grant(
                onboarding,
                name,
                email,
                about,
                party,
                EnrolmentCode.hash(secret),
                call.now().plus(LASTS),
                call.actor());
    String link =
        "%s/app/g/%s.%s#%s".formatted(call.event().origin(), onboarding.id(), grant.id(), secret);
    boolean mailed =
        new GuestMails(PromptMails.of(call.context())).link(onboarding, grant, what, link);
    return new Granted(grant.id(), grant.expiresAt(), mailed, mailed ? null : link);
  }

  /** 256 bits of chance, in 43 characters. */
  static String secret(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
