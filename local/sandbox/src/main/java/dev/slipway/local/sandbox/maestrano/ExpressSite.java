package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant's frontend (maestrano/mno-enterprise 3.x, 4.0, 5.0): its public pages, and what its
 * administrator does by a session with {@code X-XSRF-TOKEN}. A change of the settings in the hub is
 * seen only after a restart.
 *
 * <p>The world's {@code maestrano.expresses.<environment>.<tenant>}: {@code version} of
 * mno-enterprise, {@code hub} (a host; empty: the environment's own), {@code settings} (of series
 * 3), {@code served} (the settings of the last restart), {@code colours}, {@code images} (name to
 * Base64), {@code theme}, {@code own} (the frontend's own environment: {@code impac}, {@code
 * google_tag_container}, of series 3 also {@code app_id} of Intercom), {@code admin} with {@code
 * email}, {@code password} and {@code admin_role}. The misbehaviours, as the sources have them:
 *
 * <ul>
 *   <li>{@code /mnoe/version} spells {@code mno-enteprise-version}; {@code "spelledRight": true}
 *       mends it
 *   <li>the health check fails while the tenant's catalogue is empty; {@code "unhealthy"} names
 *       another check that fails
 *   <li>{@code "restarts": false}: a restart is a success, and changes nothing
 *   <li>the endpoints for domain and certificates say success, and do nothing
 * </ul>
 *
 * <p>The acts {@code build-express} ({@code host}, and any of {@code version}, {@code colours},
 * {@code images}), {@code restart-express} ({@code host}) and {@code set-in-express} ({@code host},
 * {@code own}) are what the vendor's engineers do.
 */
final class ExpressSite extends RestStandIn {
  private static final String TOKEN = "XSRF-TOKEN";
  private static final JsonMapper SHORT =
      JsonMapper.builder().disable(JsonWriteFeature.QUOTE_FIELD_NAMES).build();
  private static final Pattern TRUTH = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|true|false");

  /** One call to one frontend, within one change of the world. */
  private record Visit(ObjectNode part, Place place, ObjectNode site, RestCall call) {
    ObjectNode hub() {
      return part.withObjectProperty("hubs").withObjectProperty(place.environment());
    }

    Optional<ObjectNode> tenant() {
      return hub()
          .path("tenants")
          .valueStream()
          .filter(each -> each.path("name").asText().equals(place.tenant()))
          .map(ObjectNode.class::cast)
          .findFirst();
    }

    boolean isOld() {
      return site.path("version").asText().startsWith("3.");
    }
  }

  private final World world;
  private final InstantSource clock;

  ExpressSite(World world, InstantSource clock) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    this.clock = clock;
    visit("GET /mnoe/ping", at -> ok(Json.object().put("status", "Ok")));
    visit("GET /mnoe/version", ExpressSite::version);
    visit("GET /mnoe/health_check/full", ExpressSite::health);
    visit("GET /mnoe/config.json", ExpressSite::configuredAt);
    visit("GET /mnoe/config.js", at -> at.isOld() ? notFound() : script(at));
    visit("GET /assets/mno_enterprise/config.js", at -> at.isOld() ? script(at) : notFound());
    visit("GET /", at -> HttpAnswer.empty(302).with("Location", "/dashboard/"));
    visit("GET /dashboard/", at -> page("<link rel=\"icon\" href=\"images/favicon.png\">"));
    visit("GET /dashboard/styles/app.css", ExpressSite::styles);
    visit("GET /dashboard/images/main-logo.png", at -> image(at, "logo"));
    visit("GET /dashboard/images/favicon.png", at -> image(at, "favicon"));
    visit("GET /dashboard/images/login.png", at -> image(at, "loginBackground"));
    visit("GET /mnoe/auth/users/sign_in", at -> withToken(at, page("<form></form>")));
    visit("POST /mnoe/auth/users/sign_in", this::signIn);
    admin("GET users/count", at -> ok(Json.object().put("count", 1)));
    admin("POST theme/save", ExpressSite::saveTheme);
    admin("POST theme/reset", ExpressSite::resetTheme);
    admin("PUT theme/logo", ExpressSite::changeLogo);
    admin("PATCH tenant", this::changeTenant);
    admin("GET tenant/restart_status", at -> ok(Json.object().put("status", "success")));
    admin("PATCH tenant/domain", at -> ok(Json.object()));
    admin("POST tenant/ssl_certificates", at -> ok(Json.object()));
  }

  @FunctionalInterface
  private interface VisitHandler {
    HttpAnswer answer(Visit at);
  }

  private void visit(String route, VisitHandler handler) {
    on(route, call -> within(call.http().host(), call, (part, at) -> handler.answer(at)));
  }

  private void admin(String route, VisitHandler handler) {
    String[] words = route.split(" ", 2);
    visit(
        words[0] + " /mnoe/jpi/v1/admin/" + words[1],
        at -> {
          requireAdmin(at);
          if (at.isOld() && words[1].startsWith("tenant")) {
            return notFound();
          }
          return handler.answer(at);
        });
  }

  private <T> T within(String host, RestCall call, BiFunction<ObjectNode, Visit, T> work) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          Place place = Place.of(part, host);
          ObjectNode site =
              part.withObjectProperty("expresses")
                  .withObjectProperty(place.environment())
                  .withObjectProperty(place.tenant());
          return work.apply(part, new Visit(part, place, site, call));
        });
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    for (String environment : Maestrano.DOMAINS.keySet()) {
      for (String tenant : Maestrano.TENANTS) {
        ObjectNode site =
            part.withObjectProperty("expresses")
                .withObjectProperty(environment)
                .putObject(tenant)
                .put("version", "4.0.3")
                .put("hub", "");
        site.putObject("admin")
            .put("email", "admin@customer.example")
            .put("password", "Admini5ter-the-tenant")
            .put("admin_role", "admin");
      }
    }
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "build-express", this::build,
        "restart-express", this::restart,
        "set-in-express", this::set);
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host();
  }

  private JsonNode build(JsonNode details) {
    return act(
        details,
        at -> {
          for (String each : new String[] {"version", "colours", "images"}) {
            if (details.has(each)) {
              at.site().set(each, details.get(each).deepCopy());
            }
          }
          at.part().withObjectProperty("hosts").withObjectProperty(host(details)).remove("down");
          at.site().remove("theme");
          serve(at);
        });
  }

  private JsonNode restart(JsonNode details) {
    return act(details, ExpressSite::serve);
  }

  private JsonNode set(JsonNode details) {
    return act(details, at -> Json.merge(at.site().withObjectProperty("own"), details.path("own")));
  }

  private JsonNode act(JsonNode details, Consumer<Visit> work) {
    try {
      return within(
          host(details),
          null,
          (part, at) -> {
            work.accept(at);
            return at.site().path("served").deepCopy();
          });
    } catch (Refusal refusal) {
      throw new IllegalArgumentException("no frontend has the host \"" + host(details) + "\"");
    }
  }

  private static String host(JsonNode details) {
    return details.path("host").asText();
  }

  // --- what anybody sees

  private static HttpAnswer version(Visit at) {
    String hub = at.site().path("hub").asText();
    String spelled =
        at.site().path("spelledRight").asBoolean()
            ? "mno-enterprise-version"
            : "mno-enteprise-version";
    return ok(
        Json.object()
            .put("app-version", "20261101-1a2b3c4")
            .put(spelled, at.site().path("version").asText())
            .put("env", at.place().environment())
            .put(
                "mno-api-host",
                "https://"
                    + (hub.isEmpty()
                        ? "hub." + Maestrano.DOMAINS.get(at.place().environment())
                        : hub)));
  }

  private static HttpAnswer health(Visit at) {
    boolean hasApp =
        at.hub()
            .path("apps")
            .valueStream()
            .anyMatch(app -> Json.strings(app.path("tenants")).contains(at.place().tenant()));
    String broken = at.site().path("unhealthy").asText(hasApp ? "" : "MNO-HUB");
    return broken.isEmpty()
        ? HttpAnswer.text(200, "success")
        : HttpAnswer.text(500, "health_check failed: " + broken);
  }

  private static HttpAnswer configuredAt(Visit at) {
    JsonNode timestamp = at.site().path("served").path("config_timestamp");
    return at.isOld()
        ? HttpAnswer.text(404, "Not Found")
        : HttpAnswer.of(
            200, "application/json", timestamp.isMissingNode() ? "null" : timestamp.asText());
  }

  /** As Uglifier leaves it: names without quotes, {@code !0} and {@code !1}. */
  private static HttpAnswer script(Visit at) {
    JsonNode served = at.site().path("served");
    StringBuilder text = new StringBuilder("angular.module(\"mnoEnterprise.configuration\",[])");
    if (at.isOld()) {
      constant(text, "MARKETPLACE_CONFIG", served.path("marketplace"));
      constant(text, "PRICING_CONFIG", served.path("pricing"));
      constant(text, "PAYMENT_CONFIG", served.path("payment"));
      constant(text, "DOCK_CONFIG", served.path("dock"));
      constant(text, "DEVISE_CONFIG", served.path("devise"));
    } else {
      constant(text, "DASHBOARD_CONFIG", served.path("dashboard"));
      constant(text, "I18N_CONFIG", served.path("system").path("i18n"));
    }
    constant(text, "ADMIN_PANEL_CONFIG", served.path("admin_panel"));
    JsonNode own = at.site().path("own");
    if (own.has("impac")) {
      constant(text, "IMPAC_CONFIG", own.path("impac"));
    }
    JsonNode intercom = at.isOld() ? own : served.path("system").path("intercom");
    text.append(".constant(\"INTERCOM_ID\",")
        .append(intercom.path("app_id").isTextual() ? intercom.path("app_id") : "null")
        .append(')');
    text.append(".constant(\"GOOGLE_TAG_CONTAINER_ID\",")
        .append(own.has("google_tag_container") ? own.get("google_tag_container") : "null")
        .append(')');
    return HttpAnswer.of(200, "text/javascript; charset=utf-8", text.append(";").toString());
  }

  private static void constant(StringBuilder text, String name, JsonNode value) {
    JsonNode object = value.isObject() ? value : Json.object();
    String shortened;
    try {
      shortened = SHORT.writeValueAsString(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.append(".constant(\"")
        .append(name)
        .append("\",")
        .append(
            TRUTH
                .matcher(shortened)
                .replaceAll(
                    found ->
                        switch (found.group()) {
                          case "true" -> "!0";
                          case "false" -> "!1";
                          default -> Matcher.quoteReplacement(found.group());
                        }))
        .append(')');
  }

  private static HttpAnswer page(String body) {
    return HttpAnswer.of(
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html><head>"
            + "<link rel=\"stylesheet\" href=\"/dashboard/styles/app.css\"></head><body>"
            + body
            + "</body></html>");
  }

  private static HttpAnswer styles(Visit at) {
    StringBuilder text = new StringBuilder(".login{background:url(../images/login.png)}");
    for (String place : new String[] {"colours", "theme"}) {
      at.site()
          .path(place)
          .properties()
          .forEach(each -> text.append(".c{color:").append(each.getValue().asText()).append('}'));
    }
    return HttpAnswer.of(200, "text/css", text.toString());
  }

  private static HttpAnswer image(Visit at, String name) {
    String base64 = at.site().path("images").path(name).asText();
    return base64.isEmpty()
        ? HttpAnswer.text(404, "Not Found")
        : new HttpAnswer(
            200,
            Map.of("Content-Type", "image/png"),
            Base64.getDecoder().decode(base64),
            RecordedCall.OK);
  }

  // --- what its administrator does

  /** The token of a session is the session's own name, with a character that a cookie encodes. */
  private static HttpAnswer withToken(Visit at, HttpAnswer answer) {
    int number = at.site().path("sessions").size() + 1;
    String session = "s" + number;
    at.site().withObjectProperty("sessions").putObject(session);
    // RestStandIn's answers have one value for each header: the session rides in the token's
    // cookie.
    return answer.with("Set-Cookie", TOKEN + "=" + session + "%3D%3D; path=/; secure");
  }

  private HttpAnswer signIn(Visit at) {
    requireToken(at);
    JsonNode user = at.call().json().path("user");
    JsonNode admin = at.site().path("admin");
    if (!user.path("email").equals(admin.path("email"))
        || !user.path("password").equals(admin.path("password"))) {
      return HttpAnswer.json(401, Json.object().put("error", "Invalid email or password."));
    }
    String session = session(at).orElseThrow();
    at.site()
        .withObjectProperty("sessions")
        .withObjectProperty(session)
        .put("email", user.path("email").asText());
    return HttpAnswer.json(201, Json.object().put("email", user.path("email").asText()));
  }

  private static Optional<String> session(Visit at) {
    return at.call()
        .http()
        .header("cookie")
        .flatMap(
            line ->
                Arrays.stream(line.split(";\\s*", -1))
                    .filter(each -> each.startsWith(TOKEN + "="))
                    .map(each -> each.substring(TOKEN.length() + 1).replace("%3D", ""))
                    .findFirst())
        .filter(at.site().path("sessions")::has);
  }

  private static void requireToken(Visit at) {
    String token = at.call().http().header("x-xsrf-token").orElse("");
    if (session(at).map(name -> name + "==").filter(token::equals).isEmpty()) {
      throw new Refusal(
          HttpAnswer.of(422, "application/json", ")]}',\n\"CSRF token error, please try again\""));
    }
  }

  private static void requireAdmin(Visit at) {
    JsonNode signedIn = at.site().path("sessions").path(session(at).orElse("")).path("email");
    if (!signedIn.isTextual() || at.site().path("admin").path("admin_role").asText().isEmpty()) {
      throw new Refusal(HttpAnswer.empty(401));
    }
    if (!at.call().http().method().equals("GET") && !at.call().http().path().contains("/theme/")) {
      requireToken(at);
    }
  }

  private static HttpAnswer saveTheme(Visit at) {
    JsonNode body = at.call().json();
    if (body.path("publish").asBoolean()) {
      at.site().set("theme", body.path("theme").path("branding").deepCopy());
    }
    return HttpAnswer.json(201, Json.object().put("status", "Ok"));
  }

  private static HttpAnswer resetTheme(Visit at) {
    if (at.call().json().path("default").asBoolean()) {
      at.site().remove("theme");
    }
    return ok(Json.object().put("status", "Ok"));
  }

  private static HttpAnswer changeLogo(Visit at) {
    String body = new String(at.call().http().body(), StandardCharsets.ISO_8859_1);
    int begin = body.indexOf("\r\n\r\n") + 4;
    byte[] logo =
        body.substring(begin, body.lastIndexOf("\r\n--")).getBytes(StandardCharsets.ISO_8859_1);
    at.site().withObjectProperty("images").put("logo", Base64.getEncoder().encodeToString(logo));
    return HttpAnswer.json(201, Json.object().put("status", "Ok"));
  }

  /** Its configuration goes to the hub with the time, as a whole, and the frontend restarts. */
  private HttpAnswer changeTenant(Visit at) {
    JsonNode given = at.call().json().path("tenant").path("frontend_config");
    ObjectNode config = given instanceof ObjectNode object ? object.deepCopy() : Json.object();
    config.put("config_timestamp", clock.instant().getEpochSecond());
    at.tenant().ifPresent(tenant -> tenant.set("frontend_config", config));
    if (at.site().path("restarts").asBoolean(true)) {
      serve(at);
    }
    return ok(Json.object());
  }

  /** From now on it serves the settings that there are now. */
  private static void serve(Visit at) {
    JsonNode now =
        at.isOld()
            ? at.site().path("settings")
            : at.tenant()
                .<JsonNode>map(tenant -> tenant.path("frontend_config"))
                .orElse(Json.object());
    at.site().set("served", now.isObject() ? now.deepCopy() : Json.object());
  }
}
