package dev.slipway.api;

import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Onboarding;
import dev.slipway.probe.EnrolmentCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets guests in, to the one thing that their grant is about: by a cookie that they got for a code,
 * and from the pages of this origin only. A guest has no account and no token.
 */
final class GuestGate {
  /** The prefix has browsers keep it to this very origin, over TLS. */
  private static final String COOKIE = "__Host-slipway-guest-";

  private static final Pattern ONBOARDING = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ApiCall call;
  private final String onboarding;

  /**
   * Looks where the request comes from.
   *
   * @throws Refusal 403 if it is of another site's page, 401 if there can be no such grant
   */
  GuestGate(ApiCall call) {
    this.call = call;
    this.onboarding = call.event().path("onboarding");
    boolean isOwnPage =
        call.event().header("slipway-guest").filter("1"::equals).isPresent()
            && call.event().header("sec-fetch-site").filter("same-origin"::equals).isPresent();
    if (!isOwnPage) {
      throw Refusal.of(
          403, "guest.cross-site", "Guests use Slipway's own page, in a browser of today.");
    }
    if (!ONBOARDING.matcher(onboarding).matches()
        || !ListNotes.ID.matcher(call.event().path("grant")).matches()) {
      throw unknown();
    }
  }

  /** Each grant has a cookie of its own: one person may be asked for several things at a time. */
  static String cookie(String grant) {
    return COOKIE + grant;
  }

  /** The grant of whoever has the link's secret, if it is still open. */
  Grant byLink(String secret) {
    Grant grant =
        found()
            .filter(each -> EnrolmentCode.isRight(secret, each.secretHash()))
            .orElseThrow(GuestGate::unknown);
    requireOpen(grant);
    return grant;
  }

  /** A guest who is in. */
  Guest admit() {
    String session =
        call.event()
            .cookie(cookie(call.event().path("grant")))
            .filter(value -> SESSION.matcher(value).matches())
            .orElseThrow(GuestGate::signedOut);
    Grant grant = found().orElseThrow(GuestGate::signedOut);
    boolean isIn =
        grant.session() != null
            && EnrolmentCode.isRight(session, grant.session().hash())
            && call.now().isBefore(grant.session().expiresAt());
    if (!isIn) {
      requireOpen(grant);
      throw signedOut();
    }
    return new Guest(grant, requireOpen(grant), call);
  }

  private Optional<Grant> found() {
    return call.context().grants().find(onboarding, call.event().path("grant"));
  }

  private Onboarding requireOpen(Grant grant) {
    if (!grant.isOpen(call.now())) {
      throw Refusal.of(
          410, "guest.ended", "This access has ended: ask " + granter(grant) + " for another one.");
    }
    Onboarding found =
        call.context().onboardings().find(onboarding).orElseThrow(GuestGate::unknown);
    if (found.hasEnded()) {
      throw Refusal.of(410, "guest.ended", "The onboarding has ended: there is nothing to do.");
    }
    return found;
  }

  private static String granter(Grant grant) {
    return grant.subject().substring("guest of ".length());
  }

  /** One answer for every grant that does not exist: without the link nobody learns anything. */
  private static Refusal unknown() {
    return Refusal.of(401, "guest.unknown", "The link is not whole, or not good any more.");
  }

  private static Refusal signedOut() {
    return Refusal.of(401, "guest.signed-out", "Come in by your link again: it sends you a code.");
  }

  /** A guest with what they were let in for. */
  record Guest(Grant grant, Onboarding onboarding, ApiCall call) {

    /**
     * The call as another route takes it, by the guest.
     *
     * @param path what the route's path names besides the onboarding
     */
    ApiCall as(Map<String, String> path) {
      return as(path, call.event().headers(), call.event().body(), call.event().base64());
    }

    /** The same with another body. */
    ApiCall as(Map<String, String> path, String body) {
      return as(path, call.event().headers(), body, false);
    }

    /** The same without one of its headers. */
    ApiCall without(String header, Map<String, String> path) {
      Map<String, String> headers = new HashMap<>(call.event().headers());
      headers.remove(header);
      return as(path, headers, call.event().body(), call.event().base64());
    }

    private ApiCall as(
        Map<String, String> path, Map<String, String> headers, String body, boolean base64) {
      Map<String, String> all = new HashMap<>(path);
      all.put("onboarding", onboarding.id());
      return new ApiCall(
          call.context(),
          call.event().like(headers, all, body, base64),
          new Caller(
              grant.subject(),
              grant.name(),
              null,
              Set.of(Role.GUEST),
              onboarding.id(),
              "",
              Set.of()),
          call.remaining(),
          call.log());
    }

    /**
     * What the grant is about, if it is of this kind.
     *
     * @throws Refusal 403 otherwise
     */
    static String only(String name) {
      if (name == null) {
        throw Refusal.of(403, "guest.scope", "You were asked for another thing.");
      }
      return name;
    }
  }
}
