package dev.slipway.systems.prometheus;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Optional;

/** What the clients of Prometheus and Alertmanager have in common: address, login, statuses. */
final class ApiCalls {

  static final String SYSTEM = "monitoring";

  private final HttpPort http;
  private final String base;
  private final Optional<BasicLogin> login;
  private final Redactor redactor;

  ApiCalls(HttpPort http, URI base, Optional<BasicLogin> login) {
    this.http = http;
    String text = base.toString();
    this.base = text.endsWith("/") ? text : text + "/";
    this.login = login;
    this.redactor = login.map(l -> Redactor.of(l.password())).orElseGet(Redactor::none);
  }

  HttpCall get(String asked, String path) {
    HttpCall call =
        HttpCall.get(SYSTEM, asked, Destination.CUSTOMER, URI.create(base + path), redactor);
    return login.map(l -> call.basic(l.user(), l.password())).orElse(call);
  }

  HttpAnswer send(HttpCall call) {
    HttpAnswer answer = http.send(call);
    if (answer.status() == 401) {
      throw answer.trouble(
          SystemTrouble.Kind.AUTHENTICATION_FAILED,
          login.isPresent()
              ? call.against() + " does not accept this user and password (HTTP 401)."
              : call.against() + " wants a user and password (HTTP 401); store them.");
    }
    return answer.orTrouble();
  }

  String against() {
    return URI.create(base).getScheme() + "://" + URI.create(base).getAuthority();
  }
}
