package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Sleeper;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sumo Logic's API. An account lives in one deployment; another one answers HTTP 301, and its
 * {@code Location} names the right one. Requests and answers are those of the vendor's OpenAPI
 * description and of its pages; unverified against an account.
 */
public final class SumoLogic implements LogSystem {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "sumo-logic";

  private static final Map<Role, String> ROLES =
      Map.of(Role.ADMIN, "Administrator", Role.USER, "Analyst");

  private final JsonApi api;
  private final String deployment;
  private final Map<Role, String> roleIds = new EnumMap<>(Role.class);

  /**
   * The account's plan.
   *
   * @param against the host that answered
   * @param plan {@code Free}, {@code Trial} or {@code Paid}
   * @param daysLeft until the plan expires, if it does
   */
  public record Plan(String against, String plan, Optional<Integer> daysLeft) {}

  /**
   * One deployment; that an account lives in another one is a trouble of kind {@code WRONG_PLACE}.
   *
   * @param deployment such as {@code eu}; {@code us1} is the first one, which has no name of its
   *     own
   */
  public SumoLogic(HttpPort http, String deployment, String accessId, String accessKey) {
    this.deployment = deployment;
    String host = deployment.equals("us1") ? "api" : "api." + deployment;
    this.api =
        new JsonApi(
                http,
                SYSTEM,
                Destination.VENDOR,
                URI.create("https://" + host + ".sumologic.com/api/"))
            .with(Authentication.basic(accessId, accessKey))
            .withErrors(SumoLogic::refuse);
  }

  /** An account that is looked for in another deployment, if it is not in this one. */
  public static SumoLogic following(
      HttpPort http, String deployment, String accessId, String accessKey) {
    return new SumoLogic(new SumoSession(http, Sleeper.REAL), deployment, accessId, accessKey);
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
    Plan plan = plan();
    String trial =
        plan.plan().equals("Trial")
            ? ": a trial"
                + plan.daysLeft().map(days -> ", which ends in " + days + " days").orElse("")
            : "";
    String elsewhere =
        plan.against().equals(against())
            ? ""
            : "; found at %s, not in the deployment %s of the element"
                .formatted(plan.against(), deployment);
    return "plan " + plan.plan() + trial + elsewhere;
  }

  /** The account's plan. */
  public Plan plan() {
    HttpAnswer answer = api.get("account status", "v1/account/status");
    JsonNode status = answer.json();
    if (!status.hasNonNull("planType") || !status.hasNonNull("applicationUse")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Sumo Logic's answer is no account status.");
    }
    return new Plan(
        answer.call().against(),
        status.path("planType").asText(),
        Optional.of(status.path("planExpirationDays"))
            .filter(JsonNode::isInt)
            .map(JsonNode::asInt));
  }

  @Override
  public boolean tellsSignIns() {
    return true;
  }

  @Override
  public Optional<User> user(Person person) {
    HttpAnswer answer = api.get("users by mail", "v1/users", Map.of("email", person.email()));
    String role = roleId(person.role());
    return answer
        .json()
        .path("data")
        .valueStream()
        .filter(each -> each.path("email").asText().equalsIgnoreCase(person.email()))
        .findFirst()
        .map(
            found ->
                new User(
                    found.path("id").asText(),
                    found.path("isActive").asBoolean() && !found.path("isLocked").asBoolean(),
                    found
                        .path("roleIds")
                        .valueStream()
                        .anyMatch(each -> each.asText().equals(role)),
                    Optional.of(found.path("lastLoginTimestamp"))
                        .filter(JsonNode::isTextual)
                        .map(at -> time(answer, at.asText()))));
  }

  @Override
  public String invite(Person person) {
    String[] names = person.name().strip().split("\\s+", 2);
    ObjectNode body =
        object()
            .put("firstName", names[0])
            .put("lastName", names.length > 1 ? names[1] : "")
            .put("email", person.email());
    body.putArray("roleIds").add(roleId(person.role()));
    return api.post("new user", "v1/users", body).json().path("id").asText();
  }

  @Override
  public void removeUser(String id) {
    api.send(api.call("user", "v1/users/" + id).method("DELETE"));
  }

  private String roleId(Role role) {
    return roleIds.computeIfAbsent(
        role,
        wanted -> {
          String name = ROLES.get(wanted);
          HttpAnswer answer = api.get("roles by name", "v1/roles", Map.of("name", name));
          return answer
              .json()
              .path("data")
              .valueStream()
              .filter(each -> each.path("name").asText().equals(name))
              .map(each -> each.path("id").asText())
              .findFirst()
              .orElseThrow(
                  () ->
                      answer.trouble(
                          Kind.NOT_FOUND, "The account has no role named " + name + "."));
        });
  }

  private static Instant time(HttpAnswer answer, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Sumo Logic tells a time in another form.");
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Another deployment; or an error in one of the two forms: {@code {"status", "id", "code",
   * "message"}} of collectors and searches, {@code {"id", "errors": [{"code", "message"}]}} of the
   * rest.
   */
  private static void refuse(HttpAnswer answer) {
    if (answer.status() == 301) {
      SumoSession.deployment(answer)
          .ifPresent(
              found -> {
                throw answer.trouble(
                    Kind.WRONG_PLACE,
                    "The account is in another deployment of Sumo Logic: set logging.deployment to "
                        + found
                        + ".");
              });
    }
    if (answer.status() == 400 || answer.status() == 409 || answer.status() == 422) {
      String said = said(answer);
      if (!said.isEmpty()) {
        throw answer.trouble(
            Kind.REJECTED,
            "Sumo Logic did not accept " + answer.call().asked() + ": " + said + ".");
      }
    }
  }

  private static String said(HttpAnswer answer) {
    try {
      JsonNode body = answer.json();
      return body.at("/errors/0/message").asText(body.path("message").asText());
    } catch (SystemTrouble notJson) {
      return "";
    }
  }
}
