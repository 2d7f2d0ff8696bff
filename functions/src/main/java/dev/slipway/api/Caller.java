package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Element;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Party;
import dev.slipway.systems.smtp.SmtpMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The person who calls, by the claims of a JWT that the authorizer has checked.
 *
 * @param subject unique to the person ({@code sub})
 * @param name for people, who may have written it themselves: proves nothing; null if the token has
 *     none
 * @param mail an address that the issuer says is verified; null without
 * @param roles as what
 * @param onboarding the only onboarding that the token lets the caller see; null: all
 * @param account the person's, at the issuer of the token
 * @param memberships the onboardings that the caller came into by invitations
 */
record Caller(
    String subject,
    String name,
    String mail,
    Set<Role> roles,
    String onboarding,
    String account,
    Set<String> memberships) {

  /** Fits no onboarding: what a customer sees whose token names none. */
  private static final String NONE = "";

  Caller {
    roles = Set.copyOf(roles);
    memberships = Set.copyOf(memberships);
  }

  /**
   * Reads the claims.
   *
   * @throws Refusal 401 if there is nobody
   */
  static Caller of(JsonNode claims) {
    String subject = claims.path("sub").asText("").strip();
    if (subject.isEmpty()) {
      throw Refusal.of(401, "caller.unknown", "The request carries no token with a `sub` claim.")
          .header("WWW-Authenticate", "Bearer");
    }
    Set<Role> roles = Role.of(ListClaim.of(claims.path("slipway_roles")));
    boolean staff = roles.contains(Role.MANAGER) || roles.contains(Role.ENGINEER);
    return new Caller(
        subject,
        name(claims.path("name").asText("")),
        mail(claims),
        roles,
        onboarding(claims.path("slipway_onboarding"), staff),
        Memberships.account(claims.path("iss").asText(""), subject),
        Set.of());
  }

  /** Whether a token says in which roles its person is: nobody is a member besides. */
  static boolean namesRoles(JsonNode claims) {
    return !ListClaim.of(claims.path("slipway_roles")).texts().isEmpty();
  }

  /** The same person as a customer who came into these onboardings by invitations. */
  Caller memberOf(Set<String> onboardings) {
    return onboardings.isEmpty()
        ? this
        : new Caller(subject, name, mail, Set.of(Role.CUSTOMER), NONE, account, onboardings);
  }

  /** The person as one who becomes a member. */
  Actor asMember() {
    return new Actor(person(), Role.CUSTOMER.claim());
  }

  /** Staff sees all only without the claim: one that names no single onboarding lets see none. */
  private static String onboarding(JsonNode claim, boolean staff) {
    if (claim.isMissingNode() || claim.isNull()) {
      return staff ? null : NONE;
    }
    List<String> named = ListClaim.of(claim).texts();
    return named.size() == 1 ? named.getFirst() : NONE;
  }

  /** Some issuers put the mail address in the name's place. */
  private static String name(String claimed) {
    String name = DisplayName.of(claimed);
    String shown =
        name.isEmpty() && SmtpMessage.isAddress(claimed.strip()) ? claimed.strip() : name;
    return shown.isEmpty() ? null : shown;
  }

  /** API Gateway makes texts of all claims, also of {@code true}. */
  private static String mail(JsonNode claims) {
    String mail = claims.path("email").asText("").strip();
    boolean verified = claims.path("email_verified").asText("").equals("true");
    return verified && SmtpMessage.isAddress(mail) ? mail : null;
  }

  /** The person's identity, by the claims that the issuer vouches for. */
  Identity identity() {
    return new Identity(subject, mail);
  }

  /** The person in the ledger: readable, and unique by the subject at its end. */
  String person() {
    return name == null ? subject : name + " (" + subject + ")";
  }

  /** Whether the ledger's {@code by} is this person, under whatever name. */
  boolean isPerson(String by) {
    return by.equals(subject) || by.endsWith(" (" + subject + ")");
  }

  /** The caller as one who acts, in the first of the roles that permitted it. */
  Actor actor() {
    return new Actor(
        person(),
        Arrays.stream(Role.values())
            .filter(roles::contains)
            .findFirst()
            .map(Role::claim)
            .orElse("none"));
  }

  boolean is(Role role) {
    return roles.contains(role);
  }

  /** Whether the caller may see an onboarding. */
  boolean sees(String id) {
    return onboarding == null || onboarding.equals(id) || memberships.contains(id);
  }

  /** The only onboardings that the caller may see; empty: all. */
  Optional<Set<String>> only() {
    if (onboarding == null) {
      return Optional.empty();
    }
    Set<String> own = new TreeSet<>(memberships);
    if (!onboarding.equals(NONE)) {
      own.add(onboarding);
    }
    return Optional.of(own);
  }

  /**
   * Whether the caller may give an element: of values the vendor's staff all, a customer those of
   * the customer's side; of credentials each side its own, for nobody of the staff needs to see a
   * customer's key.
   */
  boolean mayGive(Element element) {
    boolean staffGives =
        element.kind() == Element.Kind.VALUE && (is(Role.MANAGER) || is(Role.ENGINEER));
    return staffGives || speaksFor(element.party());
  }

  boolean speaksFor(Party party) {
    return roles.stream().anyMatch(role -> role.speaksFor(party));
  }
}
