package dev.slipway.systems.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site of Jira Cloud, with a person's e-mail address and API token, by the vendor's description
 * of its platform API v3. A token with scopes is reported to be refused at the site's own host.
 *
 * <pre>{@code
 * Jira jira = new Jira(http, "vendor.atlassian.net", email, token);
 * jira.mayAdminister(Optional.of("CUST"));
 * }</pre>
 */
public final class Jira {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "jira";

  private static final String EVERYWHERE = "ADMINISTER";
  private static final String PROJECT = "ADMINISTER_PROJECTS";
  private static final String TEMPLATE =
      "com.atlassian.servicedesk:simplified-external-service-desk";

  private final JsonApi api;

  /** Speaks with this person's token at this site. */
  public Jira(HttpPort http, String site, String email, String apiToken) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.CUSTOMER, URI.create("https://" + site + "/rest/"))
            .with(Authentication.basic(email, apiToken))
            .with(call -> call.header("Accept", "application/json"));
  }

  /** Scheme and host. */
  public String against() {
    return api.against();
  }

  /**
   * The account id of the token's owner.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} when the account is deactivated
   */
  public String myself() {
    HttpAnswer answer = api.get("myself", "api/3/myself");
    JsonNode me = answer.json();
    if (!me.hasNonNull("accountId")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Jira's answer names no account.");
    }
    if (!me.path("active").asBoolean(true)) {
      throw answer.trouble(Kind.NOT_PERMITTED, "The account of the token is deactivated.");
    }
    return me.path("accountId").asText();
  }

  /**
   * Whether the token's owner may administer a project, or Jira as a whole.
   *
   * @param project its key; empty for what making a project needs
   * @throws SystemTrouble of kind {@code NOT_FOUND} where there is no such project, or the owner
   *     may not see it
   */
  public boolean mayAdminister(Optional<String> project) {
    String wanted = project.isPresent() ? PROJECT : EVERYWHERE;
    HttpAnswer answer =
        api.get(
            "permissions",
            "api/3/mypermissions",
            project
                .map(key -> Map.of("permissions", wanted, "projectKey", key))
                .orElse(Map.of("permissions", wanted)));
    JsonNode permission = answer.json().path("permissions").path(wanted);
    if (!permission.path("havePermission").isBoolean()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Jira's answer tells no permission.");
    }
    return permission.path("havePermission").asBoolean();
  }

  /**
   * A project.
   *
   * @param lead the account id of who leads it
   */
  public record Project(String key, String name, String lead) {}

  /** A project by its key; empty also where the token's owner may not see it. */
  public Optional<Project> project(String key) {
    return api.find("project", "api/3/project/" + key)
        .map(HttpAnswer::json)
        .map(
            each ->
                new Project(
                    each.path("key").asText(),
                    each.path("name").asText(),
                    each.path("lead").path("accountId").asText()));
  }

  /**
   * Makes a project of a service desk for customers from outside.
   *
   * @throws SystemTrouble of kind {@code REJECTED} whose answer names {@code projectKey} when the
   *     key is taken, also by a project that the token's owner may not see
   */
  public Project createProject(Project project) {
    ObjectNode body = settings(project);
    body.put("key", project.key())
        .put("projectTypeKey", "service_desk")
        .put("projectTemplateKey", TEMPLATE)
        .put("assigneeType", "UNASSIGNED");
    api.post("new project", "api/3/project", body);
    return project;
  }

  /** Gives a project this name and this lead. */
  public void updateProject(Project project) {
    api.send(
        api.call("project's settings", "api/3/project/" + project.key())
            .method("PUT")
            .json(settings(project)));
  }

  private static ObjectNode settings(Project project) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", project.name())
        .put("leadAccountId", project.lead());
  }

  /** The account id of a person of the site; an address may be hidden, then the only hit counts. */
  public Optional<String> accountId(String email) {
    JsonNode found =
        api.get("users by address", "api/3/user/search", Map.of("query", email)).json();
    return found
        .valueStream()
        .filter(
            each ->
                each.path("emailAddress").asText("").equalsIgnoreCase(email)
                    || (found.size() == 1 && !each.hasNonNull("emailAddress")))
        .map(each -> each.path("accountId").asText())
        .findFirst();
  }

  /** The names of those who have a role in a project; empty where there is no such role. */
  public List<String> inRole(String project, String role) {
    JsonNode roles = api.get("roles", "api/3/project/" + project + "/role").json();
    String address = roles.path(role).asText("");
    if (address.isEmpty()) {
      return List.of();
    }
    String id = address.substring(address.lastIndexOf('/') + 1);
    return api.get("who has the role", "api/3/project/" + project + "/role/" + id)
        .json()
        .path("actors")
        .valueStream()
        .map(each -> each.path("displayName").asText())
        .toList();
  }

  /** The site's service desks and their customers. */
  public ServiceDesks desks() {
    return new ServiceDesks(api);
  }
}
