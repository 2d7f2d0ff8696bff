package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.UnusedPassword;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Splunk Cloud: its Admin Config Service for users and tokens, the REST API of its search heads for
 * the rest, once the stack lets Slipway's address in there. A stack carries out one change at a
 * time: while it does, it answers HTTP 424 to the next, which is told as {@code RATE_LIMITED}.
 * Requests and answers are those of the vendor's manual and of the client that its Terraform
 * provider generates from the vendor's description; unverified against a stack.
 */
public final class SplunkCloud extends Splunk {
  private static final URI SERVICE = URI.create("https://admin.splunk.com/");
  private static final String TOKENS = "inputs/http-event-collectors";
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Map<Role, String> ROLES = Map.of(Role.ADMIN, "sc_admin", Role.USER, "user");

  private final JsonApi api;
  private final String stack;

  /**
   * A stack.
   *
   * @param stack its name, such as {@code acme}
   * @param token of a user who may administer it
   */
  public SplunkCloud(HttpPort http, String stack, String token) {
    super(
        new JsonApi(
                http,
                SplunkEnterprise.SYSTEM,
                Destination.VENDOR,
                URI.create("https://" + stack + ".splunkcloud.com:8089/"))
            .with(Authentication.bearer(token)),
        new JsonApi(
            http,
            SplunkEnterprise.SYSTEM,
            Destination.VENDOR,
            URI.create("https://http-inputs-" + stack + ".splunkcloud.com/")));
    this.stack = stack;
    this.api =
        new JsonApi(
                http,
                SplunkEnterprise.SYSTEM,
                Destination.VENDOR,
                SERVICE.resolve(stack + "/adminconfig/v2/"))
            .with(Authentication.bearer(token))
            .withErrors(SplunkCloud::refuseBusy);
  }

  @Override
  public String against() {
    return api.against();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SystemTrouble of kind {@code NOT_FOUND} for a trial, which has no Admin Config Service
   */
  @Override
  public String account() {
    HttpAnswer answer =
        api.find("stack status", "status")
            .orElseThrow(
                () ->
                    new SystemTrouble(
                        SplunkEnterprise.SYSTEM,
                        Kind.NOT_FOUND,
                        "The Admin Config Service knows no stack %s. A trial stack has none: have"
                                .formatted(stack)
                            + " Splunk make it a paid one.",
                        "stack status",
                        api.against(),
                        "HTTP 404"));
    if (!answer.json().path("infrastructure").isObject()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Splunk Cloud's answer is no status of a stack.");
    }
    return "stack " + stack;
  }

  @Override
  public Optional<User> user(Person person) {
    String role = ROLES.get(person.role());
    return api.find("user", "users/" + JsonApi.segment(person.email()))
        .map(HttpAnswer::json)
        .map(
            found ->
                new User(
                    found.path("name").asText(),
                    !found.path("lockedOut").asBoolean(),
                    found.path("roles").valueStream().map(JsonNode::asText).anyMatch(role::equals),
                    Optional.empty()));
  }

  @Override
  public String invite(Person person) {
    String password = UnusedPassword.make();
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", person.email())
            .put("password", password)
            .put("email", person.email())
            .put("fullName", person.name())
            .put("createRole", false)
            .put("forceChangePass", true);
    body.putArray("roles").add(ROLES.get(person.role()));
    return api.redacting(password).post("new user", "users", body).json().path("name").asText();
  }

  @Override
  public void removeUser(String id) {
    api.send(api.call("user", "users/" + JsonApi.segment(id)).method("DELETE"));
  }

  @Override
  Optional<String> token(String environment) {
    return Unquoted.of(
        () ->
            api.find("token of the HTTP Event Collector", TOKENS + "/" + source(environment))
                .map(answer -> answer.json().at("/http-event-collector/token").asText()));
  }

  /** One that is being made already is answered as made. */
  @Override
  public String makeEndpoint(String environment) {
    String name = source(environment);
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("defaultSource", name)
            .put("disabled", false)
            .put("useAck", false);
    try {
      api.post("new token of the HTTP Event Collector", TOKENS, body);
    } catch (SystemTrouble trouble) {
      if (!trouble.answered().startsWith("HTTP 409")) {
        throw trouble;
      }
    }
    return name;
  }

  @Override
  public void removeEndpoint(String environment) {
    if (endpoint(environment).isPresent()) {
      api.send(
          api.call("token of the HTTP Event Collector", TOKENS + "/" + source(environment))
              .method("DELETE"));
    }
  }

  private static void refuseBusy(HttpAnswer answer) {
    if (answer.status() == 424) {
      throw new SystemTrouble(
          SplunkEnterprise.SYSTEM,
          Kind.RATE_LIMITED,
          "Splunk Cloud is carrying out another change of the stack (HTTP 424).",
          answer.call().asked(),
          answer.call().against(),
          answer.forTheRecord(),
          answer.at().plus(PAUSE),
          null);
    }
  }
}
