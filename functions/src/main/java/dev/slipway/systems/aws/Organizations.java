package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * AWS Organizations of a management account (AWS Organizations API Reference). Accounts are found
 * by their e-mail address, which AWS takes once in the world, whatever its case.
 *
 * <pre>{@code
 * Organizations organizations = new Organizations(session);
 * organizations.account("aws-uat@customer.example")
 *     .orElseGet(() -> organizations.create("aws-uat@customer.example", "acme-uat", tags));
 * }</pre>
 */
public final class Organizations {

  static final String REGION = "us-east-1";

  private final AwsJson api;

  public Organizations(AwsSession session) {
    this.api = session.json(AwsJson.Service.ORGANIZATIONS, REGION);
  }

  /**
   * An account.
   *
   * @param status its {@code State}, or where AWS does not tell that yet its {@code Status}: such
   *     as {@code ACTIVE}, {@code PENDING_ACTIVATION}, {@code SUSPENDED}
   */
  public record Account(String id, String email, String name, String status) {
    private static Account of(JsonNode found) {
      return new Account(
          found.path("Id").asText(""),
          found.path("Email").asText(""),
          found.path("Name").asText(""),
          found.path("State").asText(found.path("Status").asText("")));
    }
  }

  /**
   * A request to create an account.
   *
   * @param state {@code IN_PROGRESS}, {@code SUCCEEDED} or {@code FAILED}
   * @param account the new account's id, once it succeeded
   * @param failure why it failed, such as {@code EMAIL_ALREADY_EXISTS}
   */
  public record Creation(String id, String name, String state, String account, String failure) {
    private static Creation of(JsonNode found) {
      return new Creation(
          found.path("Id").asText(""),
          found.path("AccountName").asText(""),
          found.path("State").asText(""),
          found.path("AccountId").asText(""),
          found.path("FailureReason").asText(""));
    }
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /** The account with this e-mail address. */
  public Optional<Account> account(String email) {
    return api.list("ListAccounts", input(), "Accounts").stream()
        .map(Account::of)
        .filter(each -> each.email().equalsIgnoreCase(email))
        .findFirst();
  }

  /** The account of this id. */
  public Optional<Account> byId(String id) {
    return api.find("DescribeAccount", input().put("AccountId", id))
        .map(found -> Account.of(found.path("Account")));
  }

  /** A request to create an account of this name that is not finished. */
  public Optional<Creation> creationUnderWay(String name) {
    ObjectNode input = input();
    input.putArray("States").add("IN_PROGRESS");
    return api.list("ListCreateAccountStatus", input, "CreateAccountStatuses").stream()
        .map(Creation::of)
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  /** How a request stands. */
  public Creation creation(String id) {
    ObjectNode input = input().put("CreateAccountRequestId", id);
    return Creation.of(api.read("DescribeCreateAccountStatus", input).path("CreateAccountStatus"));
  }

  /**
   * Requests a new account, whose role {@code OrganizationAccountAccessRole} trusts the management
   * account. AWS makes it in the background.
   */
  public Creation create(String email, String name, Map<String, String> tags) {
    ObjectNode input =
        input()
            .put("Email", email)
            .put("AccountName", name)
            .put("RoleName", "OrganizationAccountAccessRole")
            .put("IamUserAccessToBilling", "ALLOW");
    tags.forEach(
        (key, value) ->
            input.withArrayProperty("Tags").addObject().put("Key", key).put("Value", value));
    return Creation.of(api.change("CreateAccount", input).path("CreateAccountStatus"));
  }

  private static ObjectNode input() {
    return JsonNodeFactory.instance.objectNode();
  }
}
