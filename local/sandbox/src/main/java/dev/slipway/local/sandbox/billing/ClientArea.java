package dev.slipway.local.sandbox.billing;

import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.RestCall;
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

  private final World world;

  ClientArea(World world) {
    this.world = world;
  }

  HttpAnswer singleSignOn(RestCall call) {
    Optional<String> whose = BillingAccounts.redeem(world, call.parameter("token"));
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

  HttpAnswer area(RestCall call) {
    Matcher cookie = SESSION.matcher(call.http().header("cookie").orElse(""));
    String session = cookie.find() ? cookie.group(1) : "";
    String login = world.read(Whmcs.SYSTEM, part -> part.path("sessions").path(session).asText(""));
    return login.isEmpty()
        ? redirect("/login.php")
        : page(200, "Welcome, " + login + ". <a>Log out</a>");
  }

  HttpAnswer login(RestCall call) {
    return page(
        200,
        "<form><input name=\"username\" value=\""
            + call.parameter("username")
            + "\"><input type=\"password\" name=\"password\"></form>");
  }

  static HttpAnswer page(int status, String body) {
    return HttpAnswer.of(
        status, "text/html; charset=utf-8", "<html><body>" + body + "</body></html>");
  }

  private static HttpAnswer redirect(String location) {
    return HttpAnswer.empty(302).with("Location", location);
  }
}
