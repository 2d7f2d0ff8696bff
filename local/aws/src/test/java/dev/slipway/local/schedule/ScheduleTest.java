package dev.slipway.local.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.template.EventPattern;
import dev.slipway.local.template.Rate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate(5 minutes)          | 2026-11-21T10:00:30Z | 2026-11-21T10:05:30Z
          rate(1 day)              | 2026-11-21T10:00:00Z | 2026-11-22T10:00:00Z
          """)
  void firesNext(String expression, Instant now, Instant next) {
    assertEquals(next, Rate.parse(expression).after(now, now));
  }

  @Test
  void refusesWhatIsNoRate() {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse("rate(0 minutes)"));
    assertThrows(IllegalArgumentException.class, () -> Rate.parse("every day"));
  }

  @Test
  void matchesRecordsAsEventSourcesDo() throws Exception {
    var item = json("{\"source\": \"a\", \"detail\": {\"n\": 5, \"tags\": [\"x\", \"y\"]}}");
    assertTrue(matches("{\"source\": [\"a\", \"b\"], \"detail\": {\"tags\": [\"y\"]}}", item));
    assertTrue(matches("{\"detail\": {\"n\": [5.0]}}", item));
    assertTrue(matches("{\"detail\": {\"absent\": [{\"exists\": false}]}}", item));
    assertTrue(matches("{\"source\": [{\"exists\": true}]}", item));
    assertFalse(matches("{\"source\": [\"b\"]}", item));
    assertFalse(matches("{\"detail\": {\"absent\": [\"a\"]}}", item));
  }

  private static boolean matches(String pattern, JsonNode item) throws Exception {
    return new EventPattern(json(pattern)).matches(item);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
