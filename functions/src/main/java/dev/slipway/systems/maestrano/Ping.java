package dev.slipway.systems.maestrano;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Locale;

/**
 * The ping that each component answers to anybody: HTTP 200 with {@code ok} in the body, in any
 * case (maestrano/mno-deploy, ansible/tests/serverspecs). What comes from a load balancer without a
 * component behind it is none.
 *
 * @param answer whatever was answered
 */
public record Ping(HttpAnswer answer) {
  private static final int OK = 200;

  /**
   * Pings a component.
   *
   * @param system the component's name, such as {@code mnohub}
   * @param path such as {@code /ping}
   * @throws SystemTrouble when no complete answer came, or the certificate is not trusted
   */
  public static Ping of(HttpPort http, String system, String host, String path) {
    URI address = URI.create("https://" + host + path);
    return new Ping(
        http.send(
            HttpCall.get(system, "GET " + path, Destination.CUSTOMER, address, Redactor.none())));
  }

  /** Whether the component answers. */
  public boolean isOk() {
    return answer.status() == OK && answer.text().toLowerCase(Locale.ROOT).contains("ok");
  }
}
