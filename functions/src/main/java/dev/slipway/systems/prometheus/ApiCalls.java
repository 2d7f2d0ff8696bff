package dev.slipway.systems.prometheus;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
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
    return succeeded(http.send(call));
  }

  /** As above, for an answer of any size. */
  HttpAnswer send(HttpCall call, HttpPort.BodyReader reader) {
    return succeeded(http.send(call, reader));
  }

  private HttpAnswer succeeded(HttpAnswer answer) {
    if (answer.status() != 401) {
      return answer.orTrouble();
    }
    String host = answer.call().against();
    throw answer.loginTrouble(
        login.isPresent()
            ? host + " does not accept this user and password"
            : host + " wants a user and password; store them");
  }

  String against() {
    return URI.create(base).getScheme() + "://" + URI.create(base).getAuthority();
  }
}
