package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for a REST API: a route for each operation, a login in front of all, and records in
 * the world. A request without a route is answered with HTTP 404; faults come from the listener.
 *
 * <pre>{@code
 * public final class Crm extends RestStandIn {
 *   public Crm(World world) {
 *     super(world, "crm", Site.https("api.crm.example", "203.0.113.90"));
 *     Records users = new Records(world, "crm", "users", "email");
 *     on("GET /v2/users", call -> ok(users.where("email", call.parameter("email"))));
 *     on("POST /v2/users", call -> created(users.add(call.json())));
 *     on("GET /v2/users/{id}", call -> found(users.byId(call.path("id"))));
 *   }
 *
 *   @Override
 *   public ObjectNode defaults() {
 *     ObjectNode part = Json.object();
 *     part.putObject("auth").put("token", "crm-token-0001");
 *     return part;
 *   }
 * }
 * }</pre>
 *
 * <p>The login is the member {@code auth} of the system's part: {@code user} and {@code password}
 * for HTTP Basic authentication, {@code token} for a bearer token; without it every caller is let
 * in.
 */
public abstract class RestStandIn implements HttpStandIn {

  /** Does what one route is for. */
  @FunctionalInterface
  protected interface Handler {

    /**
     * The answer to a request.
     *
     * @throws Refusal to answer an error, and to undo the change of the world it is thrown in
     */
    HttpAnswer answer(RestCall call);
  }

  /** {@code parameter} is empty, or a name and a value such as {@code action=AddUser}. */
  private record Route(String name, Pattern pattern, String parameter, Handler handler) {

    boolean isFor(HttpCall call) {
      String[] wanted = parameter.split("=", 2);
      return parameter.isEmpty() || wanted[1].equals(call.parameters().get(wanted[0]));
    }
  }

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private final World world;
  private final String system;
  private final List<Site> sites;
  private final List<Route> routes = new ArrayList<>();

  /** A stand-in without routes. */
  protected RestStandIn(World world, String system, Site... sites) {
    this.world = world;
    this.system = system;
    this.sites = List.of(sites);
  }

  /**
   * Adds a route; of several that take a request the first is meant.
   *
   * @param route method and template, such as {@code PATCH /v2/users/{id}}; with a host in front of
   *     the path ({@code GET auth.example/token}) for this host only; with a parameter behind it
   *     ({@code POST /api.php?action=AddUser}) for what has this field in its query or form
   */
  protected final void on(String route, Handler handler) {
    on(route, route, handler);
  }

  /** As above, counted and matched with faults by another name, such as {@code AddUser}. */
  protected final void on(String name, String route, Handler handler) {
    String[] words = route.split("[ ?]", 3);
    String anyHost = words[1].startsWith("/") ? "[^/]*" : "";
    String template =
        NAME.matcher(Pattern.quote(words[1]))
            .replaceAll(found -> "\\\\E(?<" + found.group(1) + ">[^/]+)\\\\Q");
    Pattern pattern = Pattern.compile(words[0] + " " + anyHost + template);
    routes.add(new Route(name, pattern, words.length > 2 ? words[2] : "", handler));
  }

  /** The subject of a request, for counting and for matching faults: the names of its path. */
  protected String key(RestCall call) {
    return String.join("/", call.path().values());
  }

  /** The answer to a request without the right login. */
  protected HttpAnswer unauthorized() {
    return Refusal.of(401, "unauthorized").answer();
  }

  /** The answer to a request that no route takes. */
  protected HttpAnswer notFound() {
    return Refusal.of(404, "not found").answer();
  }

  /** HTTP 200 with a body. */
  protected static HttpAnswer ok(JsonNode body) {
    return HttpAnswer.json(200, body);
  }

  /** HTTP 201 with the new record, or 409 if there is one with its natural key. */
  protected static HttpAnswer created(Optional<? extends JsonNode> record) {
    return record
        .map(added -> HttpAnswer.json(201, added))
        .orElseGet(() -> Refusal.of(409, "already exists").answer());
  }

  /** HTTP 200 with a record, or what a request gets that no route takes. */
  protected final HttpAnswer found(Optional<? extends JsonNode> record) {
    return record.map(RestStandIn::ok).orElseGet(this::notFound);
  }

  @Override
  public final String system() {
    return system;
  }

  @Override
  public final List<Site> sites() {
    return sites;
  }

  @Override
  public final Operation operation(HttpCall call) {
    for (Route route : routes) {
      Optional<RestCall> taken = taken(route, call);
      if (taken.isPresent()) {
        return new Operation(route.name(), key(taken.get()));
      }
    }
    return Operation.of(call.method() + " " + call.path());
  }

  @Override
  public final HttpAnswer answer(HttpCall call) {
    if (!welcomes(call)) {
      return unauthorized();
    }
    for (Route route : routes) {
      Optional<RestCall> taken = taken(route, call);
      if (taken.isPresent()) {
        try {
          return route.handler().answer(taken.get());
        } catch (Refusal refusal) {
          return refusal.answer();
        }
      }
    }
    return notFound();
  }

  private boolean welcomes(HttpCall call) {
    JsonNode login = world.read(system, part -> part.path("auth").<JsonNode>deepCopy());
    if (login.has("token")) {
      String bearer = "Bearer " + login.path("token").asText();
      return call.header("authorization").filter(bearer::equals).isPresent();
    }
    return !login.has("user")
        || call.basic()
            .filter(given -> given.user().equals(login.path("user").asText()))
            .filter(given -> given.password().equals(login.path("password").asText()))
            .isPresent();
  }

  private static Optional<RestCall> taken(Route route, HttpCall call) {
    Matcher matcher = route.pattern().matcher(call.method() + " " + call.host() + call.path());
    return matcher.matches() && route.isFor(call)
        ? Optional.of(new RestCall(call, names(matcher)))
        : Optional.empty();
  }

  private static Map<String, String> names(MatchResult match) {
    Map<String, String> values = new LinkedHashMap<>();
    match.namedGroups().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(name -> values.put(name.getKey(), decoded(match.group(name.getValue()))));
    return values;
  }

  /** A plus sign is itself in a path. */
  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
