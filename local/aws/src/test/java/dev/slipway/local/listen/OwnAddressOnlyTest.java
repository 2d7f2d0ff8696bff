package dev.slipway.local.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnAddressOnlyTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private void start(String bound) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new OwnAddressOnly(
            InetAddress.ofLiteral(bound),
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(204);
                callback.succeeded();
                return true;
              }
            }));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "host.docker.internal"})
  void answersUnderItsOwnNames(String host) throws Exception {
    start("127.0.0.1");
    assertEquals(204, status(host, ""));
    assertEquals(204, status(host + ":" + connector.getLocalPort(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "127.0.0.2",
        "10.1.2.3",
        "[::1]",
        "0.0.0.0"
      })
  void refusesEveryOtherHost(String host) throws Exception {
    start("127.0.0.1");
    assertEquals(421, status(host, ""));
    assertEquals(421, status(host + ":" + connector.getLocalPort(), ""));
  }

  @Test
  void aWildcardStandsForTheAddressesOfThisMachine() throws Exception {
    start("0.0.0.0");
    assertEquals(204, status("127.0.0.1", ""));
    assertEquals(421, status("192.0.2.1", ""));
    assertEquals(421, status("rebound.example", ""));
  }

  @Test
  void refusesPagesOfAnotherOrigin() throws Exception {
    start("127.0.0.1");
    String own = "127.0.0.1:" + connector.getLocalPort();
    assertEquals(204, status(own, "Origin: http://" + own + "\r\n"));
    assertEquals(403, status(own, "Origin: http://page.example\r\n"));
    assertEquals(403, status(own, "Origin: null\r\n"));
    assertEquals(403, status(own, "Origin: http://127.0.0.1:1\r\n"));
    assertEquals(403, status(own, "Sec-Fetch-Site: cross-site\r\n"));
    assertEquals(204, status(own, "Sec-Fetch-Site: same-origin\r\n"));
  }

  /** A caller that still writes its body, or uses the connection again, is told as well. */
  @Test
  void aRefusalReachesACallerWithABody() throws Exception {
    start("127.0.0.1");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> refused =
            http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort()))
                    .header("Origin", "http://page.example")
                    .POST(BodyPublishers.ofString("x".repeat(100_000)))
                    .build(),
                BodyHandlers.ofString());
        assertEquals(403, refused.statusCode());
        assertEquals("close", refused.headers().firstValue("Connection").orElse(""));
      }
    }
  }

  private int status(String host, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), connector.getLocalPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nContent-Length: 0\r\nConnection: close\r\n"
                      + headers
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }
}
