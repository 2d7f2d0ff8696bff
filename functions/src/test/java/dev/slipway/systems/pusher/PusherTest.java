package dev.slipway.systems.pusher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests as Pusher's own reference signs them, and its answers. */
class PusherTest {
  private final ScriptedHttp http = new ScriptedHttp();
  private final Pusher pusher =
      new Pusher(
          http,
          InstantSource.fixed(Instant.ofEpochSecond(1353088179)),
          Pusher.address("mt1"),
          new Pusher.App("3", "278d425bdf160c739803", "7ad3773142a6692b25b8"));

  /** The worked example of pusher.com/docs/channels/library_auth_reference/rest-api. */
  @Test
  void theWorkedExampleOfTheReferenceIsSignedAlike() {
    http.on("POST api-mt1.pusher.com/apps/3/events", Response.json("{}"));

    pusher.trigger("project-3", "foo", Map.of("some", "data"));

    assertEquals(
        "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}",
        http.calls().getFirst().body().text());
    assertEquals(
        "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&body_md5=ec365a775a4cd0599faeb73354201b6f"
            + "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
        http.calls().getFirst().uri().getRawQuery());
  }

  @Test
  void aClockThatIsWrongIsNoWrongKey() {
    http.on(
        "GET api-mt1.pusher.com/apps/3/channels",
        new Response(401, Map.of(), "Timestamp expired: Given timestamp not within 600s"));

    assertEquals(Kind.REJECTED, assertThrows(SystemTrouble.class, pusher::channels).kind());
  }
}
