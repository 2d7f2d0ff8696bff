package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host of several addresses is reached when one of them is. */
class EgressAddressesTest {

  private final FakeDns dns =
      new FakeDns()
          .with("several.example", "A", "127.0.0.1")
          .with("several.example", "A", "127.0.0.2")
          .with("several.example", "A", "127.0.0.3")
          .with("several.example", "AAAA", "::1");
  private final Egress egress = new Loopback().dns(dns.port()).build();

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void theOtherAddressesAreTriedInTheirOrder() throws IOException {
    Loopback.assumeAddress("127.0.0.3");
    try (FakeTcp third = new FakeTcp("127.0.0.3", 0, socket -> socket.getInputStream().read());
        Socket socket = egress.open("tcp", "TCP connection", "several.example", third.port())) {
      assertEquals("127.0.0.3", socket.getInetAddress().getHostAddress());
    }
  }

  @Test
  void whatEachAddressSaidIsTold() throws IOException {
    Loopback.assumeAddress("127.0.0.3");
    int port;
    try (FakeTcp gone = new FakeTcp("127.0.0.3", 0, socket -> socket.getInputStream().read())) {
      port = gone.port();
    }
    SystemTrouble trouble =
        assertThrows(
            SystemTrouble.class,
            () -> egress.open("tcp", "TCP connection", "several.example", port));
    assertEquals(SystemTrouble.Kind.NOT_CONNECTED, trouble.kind());
    for (String address : new String[] {"127.0.0.1", "127.0.0.2", "127.0.0.3", "0:0:0:0:0:0:0:1"}) {
      assertTrue(trouble.getMessage().contains(address + " ("), trouble.getMessage());
    }
  }

  @Test
  void oneAddressInsideRefusesThemAll() {
    Egress strict = new Loopback().strict().dns(dns.port()).build();
    assertEquals(
        SystemTrouble.Kind.ADDRESS_REFUSED,
        assertThrows(
                SystemTrouble.class,
                () -> strict.open("tcp", "TCP connection", "several.example", 1))
            .kind());
  }
}
