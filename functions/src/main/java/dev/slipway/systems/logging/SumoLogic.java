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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  private final SumoSearch search;
  private final SumoCollectors collectors;
  private final SumoMonitors monitors;
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
    this(http, http, InstantSource.system(), deployment, accessId, accessKey);
  }

  private SumoLogic(
      HttpPort session,
      HttpPort http,
      InstantSource clock,
      String deployment,
      String accessId,
      String accessKey) {
    this.deployment = deployment;
    String host = deployment.equals("us1") ? "api" : "api." + deployment;
    this.api =
        new JsonApi(
                session,
                SYSTEM,
                Destination.VENDOR,
                URI.create("https://" + host + ".sumologic.com/api/"))
            .with(Authentication.basic(accessId, accessKey))
            .withErrors(SumoLogic::refuse);
    this.search = new SumoSearch(api, clock, new Polling(Sleeper.REAL, SYSTEM));
    this.collectors = new SumoCollectors(api, http, search);
    this.monitors = new SumoMonitors(api);
  }

  /** An account that is looked for in another deployment, if it is not in this one. */
  public static SumoLogic following(
      HttpPort http, InstantSource clock, String deployment, String accessId, String accessKey) {
    return new SumoLogic(
        new SumoSession(http, Sleeper.REAL), http, clock, deployment, accessId, accessKey);
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

  @Override
  public String endpointName(String environment) {
    return "the HTTP source %s of the collector %s"
        .formatted(SumoCollectors.source(environment), SumoCollectors.category(environment));
  }

  @Override
  public Optional<String> endpoint(String environment) {
    return collectors.endpoint(environment);
  }

  @Override
  public String makeEndpoint(String environment) {
    return collectors.make(environment);
  }

  @Override
  public void removeEndpoint(String environment) {
    collectors.remove(environment);
  }

  @Override
  public void send(String environment, String line) {
    collectors.send(environment, line);
  }

  @Override
  public boolean hasLine(String environment, String word) {
    return search.count(within(environment, List.of(), "\"" + word + "\"")) > 0;
  }

  @Override
  public Optional<String> collectorKey(String environment) {
    String label = "slipway-" + environment;
    return pages("v1/accessKeys")
        .filter(each -> each.path("label").asText().equals(label))
        .filter(each -> !each.path("disabled").asBoolean())
        .map(each -> "access key " + label)
        .findFirst();
  }

  @Override
  public List<Machine> machines(List<String> names) {
    return collectors.machines(names);
  }

  @Override
  public String within(String environment, List<String> machines, String query) {
    Stream<String> endpoint = Stream.of("_sourceCategory=" + SumoCollectors.category(environment));
    return Query.within(
        Stream.concat(endpoint, Query.machines("_sourceHost", machines)), " or ", query);
  }

  @Override
  public Alert kept(Alert alert) {
    return SumoMonitors.kept(alert);
  }

  @Override
  public Optional<Alert> alert(String name) {
    return monitors.alert(name);
  }

  @Override
  public void putAlert(Alert alert) {
    monitors.put(alert);
  }

  @Override
  public void removeAlert(String name) {
    monitors.remove(name);
  }

  @Override
  public boolean hasFired(String name) {
    return monitors.hasFired(name);
  }

  /** The members of a list, page by page. */
  private Stream<JsonNode> pages(String path) {
    List<JsonNode> all = new ArrayList<>();
    String next = "";
    do {
      Map<String, String> query =
          next.isEmpty() ? Map.of("limit", "100") : Map.of("limit", "100", "token", next);
      JsonNode page = api.get("list of " + path, path, query).json();
      page.path("data").forEach(all::add);
      next = page.path("next").asText();
    } while (!next.isEmpty());
    return all.stream();
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
