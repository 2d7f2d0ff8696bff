package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.UnusedPassword;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A customer's own Splunk Enterprise, by the REST API on its management port: forms in, JSON out,
 * lists whole only with {@code count=0}. Requests and answers are those of the vendor's manual and
 * of its Terraform provider; unverified against a server.
 */
public final class SplunkEnterprise extends Splunk {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "splunk";

  private static final String USERS = "services/authentication/users";
  private static final String TOKENS = "data/inputs/http";
  private static final String OF_APP = "servicesNS/nobody/splunk_httpinput/" + TOKENS;
  private static final Map<Role, String> ROLES = Map.of(Role.ADMIN, "admin", Role.USER, "user");

  /**
   * A server.
   *
   * @param host with its port, if that is not 8089; its HTTP Event Collector is on port 8088
   */
  public SplunkEnterprise(HttpPort http, String host, Authentication login) {
    super(
        new JsonApi(
                http,
                SYSTEM,
                Destination.CUSTOMER,
                URI.create("https://" + host + (host.contains(":") ? "/" : ":8089/")))
            .with(login),
        new JsonApi(
            http,
            SYSTEM,
            Destination.CUSTOMER,
            URI.create("https://" + host.split(":", 2)[0] + ":8088/")));
  }

  @Override
  public String against() {
    return rest().against();
  }

  @Override
  public String account() {
    return "user " + user();
  }

  /** The name of the user whom it takes the caller for. */
  public String user() {
    HttpAnswer answer =
        rest().get("current user", "services/authentication/current-context" + JSON);
    JsonNode user = answer.json().at("/entry/0/content/username");
    if (!user.isTextual()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Splunk's answer names no user.");
    }
    return user.asText();
  }

  @Override
  public Optional<User> user(Person person) {
    String role = ROLES.get(person.role());
    return entries(rest().get("users", USERS + WHOLE))
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
    String password = UnusedPassword.make();
    return rest()
        .redacting(password)
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
    rest().send(rest().call("user", USERS + "/" + JsonApi.segment(id) + JSON).method("DELETE"));
  }

  @Override
  Optional<String> token(String environment) {
    return entry(environment).map(found -> found.at("/content/token").asText());
  }

  @Override
  public String makeEndpoint(String environment) {
    String name = source(environment);
    Unquoted.of(
        () ->
            rest()
                .post(
                    "new token of the HTTP Event Collector",
                    OF_APP + JSON,
                    Map.of("name", name, "source", name, "disabled", "0", "useACK", "0"))
                .json());
    return name;
  }

  @Override
  public void removeEndpoint(String environment) {
    entry(environment)
        .map(found -> OF_APP + "/" + JsonApi.segment(found.path("name").asText()) + JSON)
        .ifPresent(
            path ->
                rest()
                    .send(rest().call("token of the HTTP Event Collector", path).method("DELETE")));
  }

  /** It is kept as {@code http://slipway-uat}. */
  private Optional<JsonNode> entry(String environment) {
    String name = source(environment);
    return Unquoted.of(
        () ->
            entries(rest().get("tokens of the HTTP Event Collector", "services/" + TOKENS + WHOLE))
                .filter(each -> each.path("name").asText().replace("http://", "").equals(name))
                .findFirst());
  }
}
