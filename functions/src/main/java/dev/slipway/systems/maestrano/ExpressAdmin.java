package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A tenant's frontend, as its administrator uses it: a session by cookies, and with each change the
 * token of the cookie {@code XSRF-TOKEN} in {@code X-XSRF-TOKEN} (maestrano/mno-enterprise 4.0,
 * angular_csrf.rb, theme_controller.rb, tenants_controller.rb).
 *
 * <pre>{@code
 * ExpressAdmin admin = ExpressAdmin.signIn(http, "acme.uat.customer.example", email, password);
 * admin.publishTheme(Map.of("@bg-main-color", "#1b4f72"));
 * }</pre>
 *
 * <p>{@code GET admin/tenant} is never asked: it shows the mail server's password and the token of
 * Intercom.
 */
public final class ExpressAdmin {
  /** The name of the credential, and of the system in troubles. */
  public static final String SYSTEM = "express-admin";

  private static final String TOKEN = "XSRF-TOKEN";
  private static final String BOUNDARY = "slipway-logo-0d5b2f7e";
  private static final int UNPROCESSABLE = 422;

  private final HttpPort http;
  private final String host;
  private final Redactor redactor;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  private ExpressAdmin(HttpPort http, String host, Redactor redactor) {
    this.http = http;
    this.host = host;
    this.redactor = redactor;
  }

  /**
   * Signs in.
   *
   * @throws SystemTrouble of kind {@code AUTHENTICATION_FAILED} when the login is turned away
   */
  public static ExpressAdmin signIn(HttpPort http, String host, String email, String password) {
    ExpressAdmin admin = new ExpressAdmin(http, host, Redactor.of(password));
    admin.send(admin.call("the first token", "GET", "auth/users/sign_in")).orTrouble();
    ObjectNode login = JsonNodeFactory.instance.objectNode();
    login.putObject("user").put("email", email).put("password", password);
    HttpAnswer answer = admin.send(admin.call("sign-in", "POST", "auth/users/sign_in").json(login));
    if (answer.status() == UNPROCESSABLE) {
      throw answer.trouble(
          Kind.OUT_OF_ORDER, admin.against() + " did not take its own token for the sign-in.");
    }
    if (!answer.orTrouble().json().isObject()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, admin.against() + " signs in with no user.");
    }
    return admin;
  }

  /** Scheme and host. */
  public String against() {
    return "https://" + host;
  }

  /**
   * How many users the tenant has, which only an administrator is told.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} for whoever is none
   */
  public int users() {
    HttpAnswer answer = permitted(send(call("number of users", "GET", "jpi/v1/admin/users/count")));
    JsonNode count = answer.json().path("count");
    if (!count.isInt()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, against() + " answers no number of users.");
    }
    return count.intValue();
  }

  /**
   * Publishes colours, which builds the frontend anew.
   *
   * @param branding the theme's variables, such as {@code @bg-main-color}, to their values
   */
  public void publishTheme(Map<String, String> branding) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("publish", true);
    ObjectNode theme = body.putObject("theme").putObject("branding");
    branding.forEach(theme::put);
    permitted(send(call("the theme", "POST", "jpi/v1/admin/theme/save").json(body)));
  }

  /** Publishes the theme that the frontend was built with. */
  public void resetTheme() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("default", true);
    permitted(send(call("the theme's reset", "POST", "jpi/v1/admin/theme/reset").json(body)));
  }

  /** Puts a logo in the place of the present one. */
  public void changeLogo(Bytes logo) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--"
                + BOUNDARY
                + "\r\n"
                + "Content-Disposition: form-data; name=\"logo\"; filename=\"main-logo.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(logo.toArray());
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    permitted(
        send(
            call("the logo", "PUT", "jpi/v1/admin/theme/logo")
                .body("multipart/form-data; boundary=" + BOUNDARY, Bytes.of(body.toByteArray()))));
  }

  /**
   * Has the frontend restarted with its configuration. It says success whether it does or not; what
   * a visitor gets tells.
   *
   * @param configuration all that the hub has, since it goes there as the whole
   */
  public void restart(JsonNode configuration) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("tenant").set("frontend_config", configuration);
    permitted(send(call("the restart", "PATCH", "jpi/v1/admin/tenant").json(body)));
  }

  /** An empty 401 to somebody who has signed in: the session may not do this. */
  private static HttpAnswer permitted(HttpAnswer answer) {
    if (answer.status() == 401) {
      throw answer.trouble(
          Kind.NOT_PERMITTED,
          answer.call().against() + " does not permit " + answer.call().asked() + " (HTTP 401).");
    }
    return answer.orTrouble();
  }

  private HttpCall call(String asked, String method, String path) {
    return HttpCall.get(
            SYSTEM, asked, Destination.CUSTOMER, URI.create(against() + "/mnoe/" + path), redactor)
        .method(method)
        .header("Accept", "application/json");
  }

  private HttpAnswer send(HttpCall call) {
    HttpCall withSession = call;
    if (!cookies.isEmpty()) {
      withSession =
          call.header(
                  "Cookie",
                  cookies.entrySet().stream()
                      .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                      .collect(Collectors.joining("; ")))
              .redacting(cookies.values().toArray(String[]::new));
    }
    if (cookies.containsKey(TOKEN)) {
      String token = URLDecoder.decode(cookies.get(TOKEN), StandardCharsets.UTF_8);
      withSession = withSession.header("X-XSRF-TOKEN", token).redacting(token);
    }
    HttpAnswer answer = http.send(withSession);
    for (String line : answer.headers().getOrDefault("set-cookie", List.of())) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      if (pair.length == 2) {
        cookies.put(pair[0].strip(), pair[1].strip());
      }
    }
    return answer;
  }
}
