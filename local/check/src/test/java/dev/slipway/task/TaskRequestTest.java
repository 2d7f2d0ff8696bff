package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskRequestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-01T09:30:00.250Z",
        "2026-12-01T09:30:00.250+0000",
        "2026-12-01T10:30:00.250000+01:00"
      })
  void readsTheTimeInEachFormOfIso8601(String entered) throws IOException {
    assertEquals(Instant.parse("2026-12-01T09:30:00.250Z"), read(entered).entered());
  }

  @Test
  void refusesATimeWithoutAZone() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> read("2026-12-01T09:30:00.250"));
    assertEquals("entered: must be a time in ISO 8601", refused.getMessage());
  }

  private static TaskRequest read(String entered) throws IOException {
    String payload =
        """
        {"onboardingId": "a-b", "run": 1, "task": "a.b", "entered": "%s", "retry": 0, "taskToken": "t"}
        """
            .formatted(entered);
    return TaskRequest.read(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)));
  }
}
