package dev.slipway.systems.sidekiq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import org.junit.jupiter.api.Test;

/** How the page of jobs is read; {@code SidekiqIT} asks the real one. */
class SidekiqWebTest {
  private static final String STATS = "GET connector.customer.example/sidekiq/stats";

  private final ScriptedHttp http = new ScriptedHttp();
  private final SidekiqWeb jobs = new SidekiqWeb(http, "connector", "connector.customer.example");

  private Kind trouble() {
    return assertThrows(SystemTrouble.class, () -> jobs.stats("jobs", "secret").processes()).kind();
  }

  @Test
  void theStateOfTheQueuesIsRead() {
    http.on(
        STATS,
        Response.json(
            "{\"sidekiq\":{\"processed\":7,\"processes\":2,\"enqueued\":3,\"retries\":1,\"dead\":4}}"));

    assertEquals(new SidekiqWeb.Stats(2, 3, 1, 4), jobs.stats("jobs", "secret"));
  }

  @Test
  void aWrongLoginAndAnotherPageAreTold() {
    http.on(STATS, Response.status(401));
    assertEquals(Kind.AUTHENTICATION_FAILED, trouble());

    http.on(STATS, Response.json("{\"ok\":true}"));
    assertEquals(Kind.NOT_UNDERSTOOD, trouble());
  }
}
