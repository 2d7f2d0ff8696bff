package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A customer's own Splunk Enterprise, by the REST API on its management port: forms in, JSON out,
 * lists whole only with {@code count=0}. Requests and answers are those of the vendor's manual and
 * of its Terraform provider; unverified against a server.
 */
public final class SplunkEnterprise implements LogSystem {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "splunk";

  private static final String USERS = "services/authentication/users";
  private static final String JSON = "?output_mode=json";
  private static final Map<Role, String> ROLES = Map.of(Role.ADMIN, "admin", Role.USER, "user");

  private final JsonApi api;

  /**
   * @param host with its port, if that is not 8089
   */
  public SplunkEnterprise(HttpPort http, String host, Authentication login) {
    this.api =
        new JsonApi(
                http,
                SYSTEM,
                Destination.CUSTOMER,
                URI.create("https://" + host + (host.contains(":") ? "/" : ":8089/")))
            .with(login);
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String against() {
    return api.against();
  }

  @Override
  public String account() {
    return "user " + user();
  }

  /** The name of the user whom it takes the caller for. */
  public String user() {
    HttpAnswer answer = api.get("current user", "services/authentication/current-context" + JSON);
    JsonNode user = answer.json().at("/entry/0/content/username");
    if (!user.isTextual()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Splunk's answer names no user.");
    }
    return user.asText();
  }

  @Override
  public boolean tellsSignIns() {
    return false;
  }

  @Override
  public Optional<User> user(Person person) {
    String role = ROLES.get(person.role());
    return api.get("users", USERS + JSON + "&count=0")
        .json()
        .path("entry")
        .valueStream()
        .filter(each -> isOf(person, each))
        .findFirst()
        .map(
            found ->
                new User(
                    found.path("name").asText(),
                    !found.at("/content/locked-out").asBoolean(),
                    found
                        .at("/content/roles")
                        .valueStream()
                        .map(JsonNode::asText)
                        .anyMatch(role::equals),
                    Optional.empty()));
  }

  private static boolean isOf(Person person, JsonNode entry) {
    return entry.path("name").asText().equalsIgnoreCase(person.email())
        || entry.at("/content/email").asText().equalsIgnoreCase(person.email());
  }

  @Override
  public String invite(Person person) {
    String password = SplunkPassword.any();
    return api.redacting(password)
        .post(
            "new user",
            USERS + JSON,
            Map.of(
                "name", person.email(),
                "password", password,
                "roles", ROLES.get(person.role()),
                "email", person.email(),
                "realname", person.name(),
                "force-change-pass", "1"))
        .json()
        .at("/entry/0/name")
        .asText();
  }

  @Override
  public void removeUser(String id) {
    api.send(
        api.call("user", USERS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + JSON)
            .method("DELETE"));
  }
}
