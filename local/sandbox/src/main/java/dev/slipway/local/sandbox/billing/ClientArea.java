package dev.slipway.local.sandbox.billing;

import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.World;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The customers' portal: a link of the platform logs in once, sets a cookie and leads to where
 * {@code whmcs.landing} says; without a cookie there is a login page, which shows the name that the
 * parameter {@code username} gives.
 */
final class ClientArea {

  private static final Pattern SESSION = Pattern.compile("WHMCSsession=([a-z0-9]+)");
  private static final String HTML = "text/html; charset=utf-8";

  private final World world;

  ClientArea(World world) {
    this.world = world;
  }

  HttpAnswer answer(HttpCall call) {
    return switch (call.path()) {
      case "/sso.php" -> singleSignOn(call);
      case "/clientarea.php" -> area(call);
      case "/login.php" -> login(call.parameters().getOrDefault("username", ""));
      default -> HttpAnswer.of(404, HTML, "<html><body>Not found</body></html>");
    };
  }

  private HttpAnswer singleSignOn(HttpCall call) {
    Optional<String> whose =
        BillingAccounts.redeem(world, call.parameters().getOrDefault("token", ""));
    if (whose.isEmpty()) {
      return redirect("/login.php");
    }
    String session = UUID.randomUUID().toString().replace("-", "");
    String landing =
        world.change(
            Whmcs.SYSTEM,
            part -> {
              part.withObjectProperty("sessions").put(session, whose.get());
              return part.path("landing").asText();
            });
    return redirect(landing)
        .with("Set-Cookie", "WHMCSsession=" + session + "; Path=/; Secure; HttpOnly");
  }

  private HttpAnswer area(HttpCall call) {
    Matcher cookie = SESSION.matcher(call.header("cookie").orElse(""));
    String session = cookie.find() ? cookie.group(1) : "";
    String login = world.read(Whmcs.SYSTEM, part -> part.path("sessions").path(session).asText(""));
    return login.isEmpty()
        ? redirect("/login.php")
        : HttpAnswer.of(
            200, HTML, "<html><body>Welcome, " + login + ". <a>Log out</a></body></html>");
  }

  private static HttpAnswer login(String name) {
    return HttpAnswer.of(
        200,
        HTML,
        "<html><body><form><input name=\"username\" value=\""
            + name
            + "\"><input type=\"password\" name=\"password\"></form></body></html>");
  }

  private static HttpAnswer redirect(String location) {
    return HttpAnswer.empty(302).with("Location", location);
  }
}
