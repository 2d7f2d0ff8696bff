package dev.slipway.systems.prometheus;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Optional;

/** The API of a Prometheus or an Alertmanager: both log in by the same {@code web.yml}. */
final class MonitoringApi {

  static final String SYSTEM = "monitoring";

  private MonitoringApi() {}

  static JsonApi of(HttpPort http, URI base, Optional<BasicLogin> login) {
    String refused =
        login.isPresent()
            ? " does not accept this user and password"
            : " wants a user and password; store them";
    return new JsonApi(http, SYSTEM, Destination.CUSTOMER, base)
        .with(
            login
                .map(given -> Authentication.basic(given.user(), given.password()))
                .orElseGet(Authentication::none))
        .withErrors(answer -> turnedAway(answer, refused));
  }

  private static void turnedAway(HttpAnswer answer, String refused) {
    if (answer.status() == 401) {
      throw answer.loginTrouble(answer.call().against() + refused);
    }
  }
}
