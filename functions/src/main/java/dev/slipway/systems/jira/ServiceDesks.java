package dev.slipway.systems.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service desks of a site of Jira Service Management, their organizations and customers, by the
 * types that the library jira.js generates from the vendor's description. Pages are told by {@code
 * isLastPage}. Adding who is there already changes nothing.
 */
public final class ServiceDesks {
  private static final String BASE = "servicedeskapi/";
  private static final String PAGE = "50";

  private final JsonApi api;

  ServiceDesks(JsonApi api) {
    // Several of these operations are called experimental, and want to be told that it is known.
    this.api = api.with(call -> call.header("X-ExperimentalApi", "opt-in"));
  }

  /** The id of a project's desk. */
  public Optional<String> desk(String projectKey) {
    return id("service desks", "servicedesk", Map.of(), "projectKey", projectKey);
  }

  /** The id of an organization of the site. */
  public Optional<String> organization(String name) {
    return id("organizations", "organization", Map.of(), "name", name);
  }

  /** Whether a desk has an organization, whose members then see each other's requests. */
  public boolean hasOrganization(String desk, String name) {
    return id("the desk's organizations", of(desk) + "organization", Map.of(), "name", name)
        .isPresent();
  }

  /** Makes an organization; names are not unique. */
  public String createOrganization(String name) {
    return api.post("new organization", BASE + "organization", object().put("name", name))
        .json()
        .path("id")
        .asText();
  }

  /** Gives a desk an organization. */
  public void addOrganization(String desk, String organization) {
    api.ask(
        "the desk's organization",
        BASE + of(desk) + "organization",
        object().put("organizationId", Long.parseLong(organization)));
  }

  /** Removes an organization from the site; its members stay. */
  public void removeOrganization(String organization) {
    api.send(api.call("an organization", BASE + "organization/" + organization).method("DELETE"));
  }

  /** Makes a customer's account; HTTP 409 where the address has one. */
  public String createCustomer(String email, String name) {
    return api.post(
            "new customer",
            BASE + "customer?strictConflictStatusCode=true",
            object().put("email", email).put("displayName", name))
        .json()
        .path("accountId")
        .asText();
  }

  /** Lets an account open requests at a desk. */
  public void addCustomer(String desk, String account) {
    api.ask("the desk's customer", BASE + of(desk) + "customer", accounts(account));
  }

  /** Makes an account a member of an organization. */
  public void addMember(String organization, String account) {
    api.ask(
        "the organization's member",
        BASE + "organization/" + organization + "/user",
        accounts(account));
  }

  /** Whether an account is a member of an organization. */
  public boolean isMember(String organization, String account) {
    return id(
            "the organization's members",
            "organization/" + organization + "/user",
            Map.of(),
            "accountId",
            account)
        .isPresent();
  }

  /** Whether an account may open requests at a desk. */
  public boolean hasCustomer(String desk, String email, String account) {
    return id("customers", of(desk) + "customer", Map.of("query", email), "accountId", account)
        .isPresent();
  }

  /** Takes an account's right to open requests at a desk; the account stays. */
  public void removeCustomer(String desk, String account) {
    HttpCall call = api.call("the desk's customer", BASE + of(desk) + "customer");
    api.send(call.method("DELETE").json(accounts(account)));
  }

  private static String of(String desk) {
    return "servicedesk/" + desk + "/";
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode accounts(String account) {
    ObjectNode body = object();
    body.putArray("accountIds").add(account);
    return body;
  }

  private Optional<String> id(
      String asked, String path, Map<String, String> query, String field, String wanted) {
    return pages(asked, path, query).stream()
        .filter(each -> each.path(field).asText().equals(wanted))
        .map(each -> each.path("id").asText(each.path("accountId").asText()))
        .findFirst();
  }

  private List<JsonNode> pages(String asked, String path, Map<String, String> query) {
    List<JsonNode> found = new ArrayList<>();
    boolean isLast = false;
    while (!isLast) {
      Map<String, String> fields = new HashMap<>(query);
      fields.put("start", String.valueOf(found.size()));
      fields.put("limit", PAGE);
      HttpAnswer answer = api.get(asked, BASE + path, fields);
      JsonNode page = answer.json();
      if (!page.path("values").isArray()) {
        throw answer.trouble(Kind.NOT_UNDERSTOOD, "Jira's answer is no list of " + asked + ".");
      }
      page.path("values").forEach(found::add);
      isLast = page.path("isLastPage").asBoolean(true) || page.path("values").isEmpty();
    }
    return found;
  }
}
