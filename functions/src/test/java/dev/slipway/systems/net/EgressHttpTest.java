package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EgressHttpTest {

  private static final String SECRET = "MARKER-secret-1";

  @Test
  void anAnswerComesBackWhole() {
    try (FakeHttp server = FakeHttp.always(Response.json("{\"a\":1}").with("X-Y", "z"))) {
      HttpAnswer answer = Loopback.egress().send(get(server.uri("/x")));
      assertEquals(1, answer.orTrouble().json().path("a").asInt());
      assertEquals("z", answer.header("x-y").orElseThrow());
      assertEquals(SECRET, server.requests().getFirst().header("api-key"));
    }
  }

  @Test
  void aReadIsRepeatedTwiceWhenTheServerIsOutOfOrder() {
    AtomicInteger count = new AtomicInteger();
    Loopback loopback = new Loopback();
    try (FakeHttp server =
        new FakeHttp(
            request -> count.incrementAndGet() < 3 ? Response.status(503) : Response.json("{}"))) {
      assertEquals(200, loopback.build().send(get(server.uri("/"))).status());
      assertEquals(3, count.get());
      assertEquals(2, loopback.pauses().size());
      assertTrue(loopback.pauses().stream().allMatch(pause -> pause.toMillis() <= 400));
    }
  }

  @Test
  void aReadGivesUpAfterThreeAttempts() {
    try (FakeHttp server = FakeHttp.always(Response.status(502))) {
      HttpAnswer answer = Loopback.egress().send(get(server.uri("/")));
      assertEquals(Kind.OUT_OF_ORDER, answer.statusTrouble().kind());
      assertEquals(3, server.requests().size());
    }
  }

  @Test
  void aWriteIsSentOnce() {
    try (FakeHttp server = FakeHttp.always(Response.status(503))) {
      Loopback.egress().send(get(server.uri("/")).method("POST"));
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void aShortLimitIsWaitedForAndALongOneIsReported() {
    AtomicInteger count = new AtomicInteger();
    Loopback loopback = new Loopback();
    try (FakeHttp server =
        new FakeHttp(
            request ->
                count.incrementAndGet() == 1
                    ? Response.status(429).with("Retry-After", "1")
                    : Response.status(429).with("Retry-After", "120"))) {
      HttpAnswer answer = loopback.build().send(get(server.uri("/")));
      assertEquals(2, count.get());
      assertEquals(1, loopback.pauses().size());
      SystemTrouble trouble = answer.statusTrouble();
      assertEquals(Kind.RATE_LIMITED, trouble.kind());
      assertEquals(answer.at().plusSeconds(120), trouble.retryAt().orElseThrow());
    }
  }

  @Test
  void aRedirectIsReportedAndNeverFollowed() {
    try (FakeHttp elsewhere = FakeHttp.always(Response.json("{}"));
        FakeHttp server =
            FakeHttp.always(
                Response.status(302)
                    .with("Location", "http://localhost:" + elsewhere.port() + "/?k=" + SECRET))) {
      HttpAnswer answer = Loopback.egress().send(get(server.uri("/")));
      SystemTrouble trouble = assertThrows(SystemTrouble.class, answer::orTrouble);
      assertEquals(Kind.WRONG_PLACE, trouble.kind());
      assertTrue(trouble.getMessage().contains("localhost"));
      assertFalse(trouble.getMessage().contains(SECRET));
      assertTrue(elsewhere.requests().isEmpty());
    }
  }

  @Test
  void htmlAndEmptyAndOtherTextAreToldApart() {
    assertTrue(jsonTrouble("<!DOCTYPE html><html>login</html>").getMessage().contains("HTML"));
    assertTrue(jsonTrouble("").getMessage().contains("an empty answer"));
    assertTrue(jsonTrouble("{\"cut").getMessage().contains("not JSON"));
    assertTrue(jsonTrouble("\"text\"").getMessage().contains("other than a JSON object"));
  }

  @Test
  void silenceIsATimeOut() throws IOException {
    try (FakeTcp server = FakeTcp.silent()) {
      SystemTrouble trouble = trouble(new Loopback().impatient().build(), server.port());
      assertEquals(Kind.TIMED_OUT, trouble.kind());
      assertTrue(trouble.getMessage().contains("did not"));
    }
  }

  @Test
  void aBodyThatNeverEndsIsATimeOut() throws IOException {
    try (FakeTcp server =
        new FakeTcp(
            socket -> {
              say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
              socket.getInputStream().readAllBytes();
            })) {
      SystemTrouble trouble = trouble(new Loopback().impatient().build(), server.port());
      assertEquals(Kind.TIMED_OUT, trouble.kind());
    }
  }

  @Test
  void aResetIsACutConnection() throws IOException {
    try (FakeTcp server = FakeTcp.resetting()) {
      Loopback loopback = new Loopback();
      assertEquals(Kind.CUT_OFF, trouble(loopback.build(), server.port()).kind());
      assertEquals(2, loopback.pauses().size());
    }
  }

  @Test
  void aCloseWithoutAnAnswerIsACutConnection() throws IOException {
    try (FakeTcp server = new FakeTcp(socket -> socket.getInputStream().read())) {
      assertEquals(Kind.CUT_OFF, trouble(Loopback.egress(), server.port()).kind());
    }
  }

  @Test
  void anotherProtocolIsNotUnderstood() throws IOException {
    try (FakeTcp server = new FakeTcp(socket -> say(socket, "220 mail ESMTP\r\n\r\n"))) {
      assertEquals(Kind.NOT_UNDERSTOOD, trouble(Loopback.egress(), server.port()).kind());
    }
  }

  @Test
  void aTooLargeAnswerIsNotRead() {
    try (FakeHttp server = FakeHttp.always(Response.json("x".repeat(1_100_000)))) {
      SystemTrouble trouble = trouble(Loopback.egress(), server.port());
      assertEquals(Kind.NOT_UNDERSTOOD, trouble.kind());
    }
  }

  @Test
  void aClosedPortIsTriedAgainAndReported() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Loopback loopback = new Loopback();
    assertEquals(Kind.NOT_CONNECTED, trouble(loopback.build(), port).kind());
    assertEquals(2, loopback.pauses().size());
  }

  @Test
  void aCustomersHostMayNotPointInside() {
    try (FakeHttp server = FakeHttp.always(Response.json("{}"))) {
      SystemTrouble trouble = trouble(new Loopback().strict().build(), server.port());
      assertEquals(Kind.ADDRESS_REFUSED, trouble.kind());
      assertTrue(server.requests().isEmpty());
    }
  }

  @Test
  void plainHttpIsRefusedOutsideAllowedNetworks() {
    SystemTrouble trouble =
        assertThrows(
            SystemTrouble.class,
            () -> new Loopback().strict().build().send(get(URI.create("http://203.0.113.9/api"))));
    assertEquals(Kind.ADDRESS_REFUSED, trouble.kind());
    assertTrue(trouble.getMessage().contains("unencrypted"));
  }

  @Test
  void anAddressWithAUserOrAnotherSchemeIsRefused() {
    for (String address : new String[] {"https://u:p@x.example/", "ftp://x.example/", "/x"}) {
      assertEquals(
          Kind.INPUT,
          assertThrows(SystemTrouble.class, () -> Loopback.egress().send(get(URI.create(address))))
              .kind());
    }
  }

  @Test
  void aVendorsHostMustBeTheVendors() {
    for (String address :
        new String[] {"https://evil-docker.com/", "https://docker.com.evil.example/"}) {
      HttpCall call =
          HttpCall.get("docker", "x", Destination.VENDOR, URI.create(address), Redactor.none());
      assertEquals(
          Kind.ADDRESS_REFUSED,
          assertThrows(SystemTrouble.class, () -> Loopback.egress().send(call)).kind());
    }
  }

  @Test
  void noMessageHoldsASecret() {
    try (FakeHttp server = FakeHttp.always(Response.json("your key " + SECRET).as(400))) {
      SystemTrouble trouble =
          Loopback.egress()
              .send(get(server.uri("/?key=" + SECRET)).form(Map.of("password", SECRET)))
              .statusTrouble();
      String all = trouble + trouble.answered() + trouble.asked() + trouble.against();
      assertFalse(all.contains(SECRET));
      assertTrue(trouble.answered().contains(Redactor.MASK));
    }
  }

  @Test
  void aKeyWithALineBreakIsNamedWithoutBeingQuoted() {
    HttpCall call = get(URI.create("http://127.0.0.1:1/")).header("X-Key", SECRET + "\n");
    SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> Loopback.egress().send(call));
    assertEquals(Kind.INPUT, trouble.kind());
    assertFalse((trouble + String.valueOf(trouble.getCause())).contains(SECRET));
  }

  private static SystemTrouble jsonTrouble(String body) {
    try (FakeHttp server = FakeHttp.always(new Response(200, Map.of(), body))) {
      HttpAnswer answer = Loopback.egress().send(get(server.uri("/")));
      SystemTrouble trouble = assertThrows(SystemTrouble.class, answer::json);
      assertEquals(Kind.NOT_UNDERSTOOD, trouble.kind());
      return trouble;
    }
  }

  private static SystemTrouble trouble(Egress egress, int port) {
    return assertThrows(
        SystemTrouble.class, () -> egress.send(get(URI.create("http://127.0.0.1:" + port + "/"))));
  }

  private static HttpCall get(URI uri) {
    return HttpCall.get("test", "a thing", Destination.CUSTOMER, uri, Redactor.of(SECRET))
        .header("Api-Key", SECRET);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
