package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionAccount.INFRASTRUCTURE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.aws.AwsAccess;
import dev.slipway.systems.aws.AwsSession;
import dev.slipway.systems.aws.Organizations;
import dev.slipway.systems.aws.Organizations.Account;
import dev.slipway.systems.aws.Organizations.Creation;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A new AWS account in the customer's organization. Its owner's e-mail address is its natural key:
 * an account that has it is adopted, a request that is under way is waited for. AWS makes accounts
 * in the background, so requests are numbered notes ({@code RESOURCE creation:<n>}), and one that
 * failed is told once before the next begins.
 */
final class AccountCreation {
  private static final String SYSTEM = "aws";
  private static final String RETRY = "; then retry.";
  private static final int LONGEST_NAME = 50;

  private final Work work;
  private final String environment;
  private final String email;
  private final AwsSession session;
  private final Organizations organizations;
  private String id;

  /**
   * @param session of the organization's management account
   */
  AccountCreation(Work work, String environment, AwsSession session) {
    this.work = work;
    this.environment = environment;
    this.email = work.element(INFRASTRUCTURE).path(environment).path("ownerEmail").asText();
    this.session = session;
    this.organizations = new Organizations(session);
  }

  /** The role by which the management account enters a new account. */
  static String role(JsonNode infrastructure, String account) {
    boolean governed = infrastructure.path("controlTower").asBoolean();
    return "arn:aws:iam::"
        + account
        + ":role/"
        + (governed ? "AWSControlTowerExecution" : "OrganizationAccountAccessRole");
  }

  /** The field of the owner's address. */
  String emailField() {
    return INFRASTRUCTURE + "." + environment + ".ownerEmail";
  }

  /** What a person enters in Control Tower's Account Factory. */
  String asAccountFactoryWantsIt() {
    return "Account name: " + name() + "\nE-mail address: " + email;
  }

  /** The account's id. */
  String account() {
    if (id == null) {
      look();
    }
    return id;
  }

  /** The id of the account, if this task has made it. */
  Optional<String> made() {
    return organizations.account(email).map(Account::id).filter(id -> isRequested());
  }

  /** When an account that this task has made was first seen to be there. */
  Optional<Instant> seenAt() {
    return work.rememberedAt(Note.Kind.RESOURCE, "account:" + account());
  }

  /** Makes the account, unless it is there or on its way. */
  Finding ensure() {
    Optional<Account> present = organizations.account(email);
    if (present.isPresent()) {
      return adopted(present.get());
    }
    int number = 1;
    Optional<JsonNode> last = Optional.empty();
    for (Optional<JsonNode> each = noted(number); each.isPresent(); each = noted(++number)) {
      last = each;
    }
    Optional<Creation> known =
        last.filter(this::isOfAddress)
            .map(note -> organizations.creation(note.path("id").asText()))
            .filter(creation -> !creation.state().equals("FAILED") || isNews(creation));
    return known.isPresent() ? state(known.get(), number - 1) : begin(number);
  }

  /** Looks at the account. */
  Finding look() {
    return adopted(
        organizations
            .account(email)
            .orElseThrow(
                () -> missing("The organization has no account with the owner's address.")));
  }

  private UnmetRequirement missing(String message) {
    return unmet("account-missing", message, "Make the account with this address" + RETRY);
  }

  private Finding begin(int number) {
    Creation begun =
        organizations
            .creationUnderWay(name())
            .orElseGet(
                () -> {
                  work.remember(
                      Note.Kind.INTENT,
                      "creation:" + number,
                      Json.tree(Map.of("email", NotedAddress.of(email))));
                  return organizations.create(
                      email, name(), Map.of("slipway", work.onboarding() + "/" + environment));
                });
    work.remember(
        Note.Kind.RESOURCE,
        "creation:" + number,
        Json.tree(Map.of("id", begun.id(), "email", NotedAddress.of(email))));
    return state(organizations.creation(begun.id()), number);
  }

  private Finding state(Creation creation, int number) {
    switch (creation.state()) {
      case "SUCCEEDED" -> {
        Optional<Account> account = organizations.byId(creation.account());
        if (account.isPresent()) {
          return adopted(account.get());
        }
        waitFor(number);
      }
      case "FAILED" -> {
        // AWS takes an address once: a second request may fail because of the first one's account.
        Optional<Account> own = organizations.account(email);
        if (own.isPresent()) {
          return adopted(own.get());
        }
        work.remember(Note.Kind.RESOURCE, "told:" + creation.id(), Json.tree(work.now()));
        throw failure(creation);
      }
      default -> waitFor(number);
    }
    throw new IllegalStateException("the wait has not come");
  }

  private boolean isNews(Creation failed) {
    return work.remembered(Note.Kind.RESOURCE, "told:" + failed.id()).isEmpty();
  }

  /** One minute at first, ten when it has taken longer than eight. */
  private void waitFor(int number) {
    Instant began =
        work.rememberedAt(Note.Kind.RESOURCE, "creation:" + number).orElseGet(work::now);
    long minutes = Duration.between(began, work.now()).toMinutes();
    int pause = minutes < 1 ? 1 : minutes < 3 ? 2 : minutes < 8 ? 5 : 10;
    work.waitUntil(
        work.now().plus(Duration.ofMinutes(pause)), "AWS is making the account " + name() + ".");
  }

  private Finding adopted(Account account) {
    if (account.id().equals(session.identity().account())) {
      throw unmet(
          "email-taken",
          "The address is that of the organization's management account itself.",
          "Give an address that no AWS account has" + RETRY);
    }
    if (account.status().startsWith("PENDING_") && !account.status().equals("PENDING_CLOSURE")) {
      work.waitUntil(work.now().plus(Duration.ofMinutes(1)), "AWS is activating the account.");
    }
    if (!account.status().equals("ACTIVE")) {
      throw unmet(
          "account-inactive",
          "The account "
              + AwsAccess.masked(account.id())
              + " with the owner's address is "
              + account.status()
              + ".",
          "Have AWS Support reopen it, or give another address" + RETRY);
    }
    id = account.id();
    if (isRequested()) {
      work.remember(Note.Kind.RESOURCE, "account:" + account.id(), Json.tree(work.now()));
    }
    return new Finding(
        "organizations:ListAccounts",
        organizations.against(),
        "account "
            + AwsAccess.masked(account.id())
            + ", ACTIVE, "
            + (isRequested() ? "made by this task" : "which had the owner's address before"));
  }

  /** AWS Organizations API Reference, CreateAccountStatus, FailureReason. */
  private RuntimeException failure(Creation creation) {
    return switch (creation.failure()) {
      case "EMAIL_ALREADY_EXISTS" ->
          unmet(
              "email-taken",
              "An AWS account outside of this organization has the owner's address already.",
              "Give an address that no AWS account has: AWS takes each once in the world" + RETRY);
      case "INVALID_EMAIL" ->
          unmet(
              "email-invalid",
              "AWS does not take the owner's address for an e-mail address.",
              "Give another address" + RETRY);
      case "ACCOUNT_LIMIT_EXCEEDED" ->
          ofOrganization(
              "account-limit",
              "The organization has as many accounts as it may have.",
              "Request a higher quota of accounts in Service Quotas, in the management account");
      case "MISSING_PAYMENT_INSTRUMENT", "INVALID_PAYMENT_INSTRUMENT" ->
          ofOrganization(
              "payment-missing",
              "The management account has no valid payment method.",
              "Enter one in the billing console of the management account");
      case "CONCURRENT_ACCOUNT_MODIFICATION", "INTERNAL_FAILURE" ->
          ofOrganization(
              "busy",
              "AWS could not make the account just then (" + creation.failure() + ").",
              "Wait some minutes");
      default ->
          ofOrganization(
              creation.failure().toLowerCase(Locale.ROOT).replace('_', '-'),
              "AWS did not make the account (" + creation.failure() + ").",
              "Mend it in the console of AWS Organizations, or ask AWS Support");
    };
  }

  private UnmetRequirement ofOrganization(String code, String message, String nextStep) {
    return new UnmetRequirement("aws." + code, SYSTEM, INFRASTRUCTURE, message, nextStep + RETRY);
  }

  private UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement("aws." + code, SYSTEM, emailField(), message, nextStep);
  }

  private Optional<JsonNode> noted(int number) {
    return work.remembered(Note.Kind.RESOURCE, "creation:" + number);
  }

  /** Whether an account with this address was asked for, even if AWS's answer was lost. */
  private boolean isRequested() {
    for (int number = 1; ; number++) {
      Optional<JsonNode> intent = work.remembered(Note.Kind.INTENT, "creation:" + number);
      if (intent.isEmpty() || isOfAddress(intent.get())) {
        return intent.isPresent();
      }
    }
  }

  private boolean isOfAddress(JsonNode note) {
    return note.path("email").asText().equals(NotedAddress.of(email));
  }

  /** AWS shows it in lists; of a long onboarding's id its end tells it apart. */
  private String name() {
    String name = work.onboarding() + "-" + environment;
    return name.substring(Math.max(0, name.length() - LONGEST_NAME));
  }
}
