package dev.slipway.local.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
          cron(0/15 * * * ? *)     | 2026-11-21T10:00:00Z | 2026-11-21T10:15:00Z
          cron(0 8 ? * MON-FRI *)  | 2026-11-20T08:00:00Z | 2026-11-23T08:00:00Z
          cron(30 6 1 * ? *)       | 2026-11-21T10:00:00Z | 2026-12-01T06:30:00Z
          cron(0 0 L * ? *)        | 2026-02-01T00:00:00Z | 2026-02-28T00:00:00Z
          cron(0 0 15W * ? *)      | 2026-11-01T00:00:00Z | 2026-11-16T00:00:00Z
          cron(0 9 ? * 2#1 *)      | 2026-11-03T00:00:00Z | 2026-12-07T09:00:00Z
          cron(0 9 ? * 6L 2027)    | 2026-11-03T00:00:00Z | 2027-01-29T09:00:00Z
          """)
  void firesNext(String expression, Instant now, Instant next) {
    assertEquals(next, ScheduleExpression.parse(expression).after(now));
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThrows(IllegalArgumentException.class, () -> ScheduleExpression.parse("rate(0 minutes)"));
    assertThrows(
        IllegalArgumentException.class, () -> ScheduleExpression.parse("cron(0 8 * * * *)"));
    assertThrows(IllegalArgumentException.class, () -> ScheduleExpression.parse("every day"));
  }

  @Test
  void matchesEventsAsEventBridgeDoes() throws Exception {
    var event = json("{\"source\": \"a\", \"detail\": {\"n\": 5, \"tags\": [\"x\", \"y\"]}}");
    assertTrue(matches("{\"source\": [\"a\", \"b\"], \"detail\": {\"tags\": [\"y\"]}}", event));
    assertTrue(matches("{\"detail\": {\"n\": [{\"numeric\": [\">\", 4, \"<=\", 5]}]}}", event));
    assertTrue(matches("{\"detail\": {\"absent\": [{\"exists\": false}]}}", event));
    assertTrue(matches("{\"$or\": [{\"source\": [\"z\"]}, {\"source\": [\"a\"]}]}", event));
    assertFalse(matches("{\"source\": [{\"anything-but\": [\"a\"]}]}", event));
    assertFalse(matches("{\"source\": [{\"prefix\": \"b\"}]}", event));
    assertFalse(matches("{\"detail\": {\"absent\": [\"a\"]}}", event));
  }

  private static boolean matches(String pattern, JsonNode event) throws Exception {
    return new EventPattern(json(pattern)).matches(event);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
