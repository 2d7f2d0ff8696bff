package dev.slipway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenNamesTest {
  private static final SeenNames SEEN =
      new SeenNames(
          Map.of(
              "app.b.example", List.of("lb.b.example", "10.0.0.7"),
              "db.b.example", List.of("10.0.0.9"),
              "lb.b.example", List.of("10.0.0.7"),
              "old.b.example", List.of("10.0.0.7"),
              "none.b.example", List.of()));

  private static ProbeResult result(Map<String, String> facts) {
    return new ProbeResult("01JPROBE", "hash", Instant.EPOCH, facts, null);
  }

  @Test
  void aNameLeadsToItsTargetByAnAliasOrTheSameAddress() {
    assertTrue(SEEN.leads("app.b.example", "LB.b.example"));
    assertTrue(SEEN.leads("old.b.example", "lb.b.example"), "the same address");
    assertTrue(SEEN.leads("db.b.example", "10.0.0.9"));
    assertFalse(SEEN.leads("db.b.example", "lb.b.example"));
    assertFalse(SEEN.leads("none.b.example", "lb.b.example"));
    assertFalse(SEEN.leads("never.asked.example", "lb.b.example"));
    assertEquals("lb.b.example → 10.0.0.7", SEEN.seen("app.b.example"));
    assertEquals("no such name", SEEN.seen("none.b.example"));
  }

  @Test
  void asManyNamesAsAProbeTakesFitIntoAResult() {
    Map<String, List<String>> ends = new LinkedHashMap<>();
    for (int i = 0; i < Probe.DnsLookup.MOST; i++) {
      ends.put("host-" + i + ".b.example", List.of("lb.b.example", "10.0.0." + i));
    }
    SeenNames all = new SeenNames(ends);

    ProbeResult read = ProbeResult.read(Json.tree(result(all.facts())));

    assertEquals(all, SeenNames.of(read));
  }
}
