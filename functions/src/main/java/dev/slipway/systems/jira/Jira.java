package dev.slipway.systems.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
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
}
