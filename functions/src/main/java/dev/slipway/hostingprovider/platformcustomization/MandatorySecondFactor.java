package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.AccountsClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.SecondFactor;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A second factor that every administrator must use. Where the platform does not say whether it is
 * in force, it is required once for each value of the element, because administrators are told of
 * it each time.
 */
final class MandatorySecondFactor {
  static final String TRUSTED = "account-protection.trustedUsers";
  private static final String FIELD = "account-protection.methods";
  private static final int USUAL_DAYS = 14;

  private final Work work;
  private final AccountsClient accounts;
  private final List<String> trusted = new ArrayList<>();
  private final int days;

  MandatorySecondFactor(Work work, AccountsClient accounts) {
    this.work = work;
    this.accounts = accounts;
    JsonNode element = work.element("account-protection");
    element.path("trustedUsers").forEach(user -> trusted.add(user.asText()));
    this.days = element.path("graceDays").asInt(USUAL_DAYS);
  }

  /** The values that a statement "it was made mandatory" is about. */
  About about() {
    return work.about("platform.domain", TRUSTED, "account-protection.graceDays");
  }

  /** The instruction for a person where the token is not permitted. */
  String instruction() {
    return "Mandatory after %d days; trusted users, who need none: %s."
        .formatted(days, String.join(", ", trusted));
  }

  /**
   * Slipway's own login is to be trusted; throws {@link UnmetRequirement} if it would be locked
   * out.
   */
  Finding trustsSlipway() {
    String login = accounts.login();
    if (trusted.stream().noneMatch(login::equalsIgnoreCase)) {
      throw lockOut(login);
    }
    return new Finding(
        PlatformMethod.GET_USER_INFO.permission(),
        accounts.against(),
        "Slipway's login " + login + " is among the trusted users given");
  }

  /** Makes it mandatory unless it is. */
  Finding require() {
    Optional<SecondFactor> before = seen();
    boolean inForce = before.flatMap(SecondFactor::mandatory).orElse(false);
    boolean asGiven = inForce && trusted.stream().allMatch(before.get()::trusts);
    boolean unknown = before.flatMap(SecondFactor::mandatory).isEmpty();
    if (asGiven || (unknown && work.remembered(Note.Kind.RESOURCE, name()).isPresent())) {
      return finding("mandatory already" + madeSo());
    }
    work.remember(
        Note.Kind.PREVIOUS,
        name(),
        new TextNode(before.map(SecondFactor::answer).orElse("not readable")));
    work.remember(Note.Kind.INTENT, name(), Json.tree(work.now()));
    accounts.requireSecondFactor(days, trusted);
    work.remember(Note.Kind.RESOURCE, name(), Json.tree(work.now()));
    return finding("made mandatory after " + days + " days");
  }

  /** Looks whether it is in force and Slipway still gets in. */
  Finding look() {
    return OptionalLook.take(
        "what was done and stated",
        () -> {
          SecondFactor now = accounts.secondFactor();
          if (now.mandatory().equals(Optional.of(false))) {
            throw new UnmetRequirement(
                "accounts.second-factor-not-mandatory",
                "platform",
                FIELD,
                "The platform says that a second factor is not mandatory for administrators.",
                "Make it mandatory in the admin panel under Access Control, or retry the task.");
          }
          String login = accounts.login();
          if (!now.trusted().isEmpty() && !now.trusts(login)) {
            throw lockOut(login);
          }
          return finding(
              now.mandatory().isPresent()
                  ? "mandatory; trusted: " + String.join(", ", now.trusted())
                  : "unknown (the answer does not say); Slipway's login still gets in");
        });
  }

  private String madeSo() {
    return work.remembered(Note.Kind.RESOURCE, name())
        .map(at -> ": required by machine at " + at.asText())
        .orElse("");
  }

  private Optional<SecondFactor> seen() {
    try {
      return Optional.of(accounts.secondFactor());
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_PERMITTED && trouble.kind() != Kind.NOT_UNDERSTOOD) {
        throw trouble;
      }
      return Optional.empty();
    }
  }

  private String name() {
    return "second-factor:" + about().hash().substring(0, 12);
  }

  private Finding finding(String answer) {
    return new Finding("mandatory second factor", accounts.against(), answer);
  }

  private static UnmetRequirement lockOut(String login) {
    return new UnmetRequirement(
        "accounts.lock-out",
        "platform",
        TRUSTED,
        "A mandatory second factor would lock out the login "
            + login
            + ", which Slipway itself uses: it is not among the trusted users.",
        "Add " + login + " to the trusted users, or do without this method.");
  }
}
