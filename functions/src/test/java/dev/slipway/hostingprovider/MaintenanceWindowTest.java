package dev.slipway.hostingprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.json.Json;
import dev.slipway.task.UnmetRequirement;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaintenanceWindowTest {
  private static final String ONCE =
      "{\"from\":\"2026-12-01T22:00:00Z\",\"to\":\"2026-12-02T02:00:00Z\"}";
  private static final String WEEKLY =
      """
      {"days":["SUNDAY","TUESDAY"],"at":"22:30","minutes":240,"zone":"Europe/Berlin"}\
      """;

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T00:00:00Z, 2026-12-01T22:00:00Z",
    "2026-12-01T22:00:00Z,",
    "2026-12-02T01:59:59Z,",
  })
  void opensOnce(Instant now, Instant opens) throws IOException {
    assertEquals(Optional.ofNullable(opens), window(ONCE).opensAt(now));
  }

  @Test
  void isOverForGood() {
    UnmetRequirement over =
        assertThrows(
            UnmetRequirement.class,
            () -> window(ONCE).opensAt(Instant.parse("2026-12-02T02:00:00Z")));

    assertEquals("maintenance-window.over", over.problem().code());
    assertEquals("maintenance-window", over.problem().field());
  }

  @ParameterizedTest
  @CsvSource({
    // A Wednesday; Sunday 22:30 in Berlin is 21:30 UTC in winter.
    "2026-11-25T10:00:00Z, 2026-11-29T21:30:00Z",
    "2026-11-29T21:29:59Z, 2026-11-29T21:30:00Z",
    "2026-11-29T21:30:00Z,",
    // Past midnight of the next day.
    "2026-11-30T01:29:59Z,",
    "2026-11-30T01:30:00Z, 2026-12-01T21:30:00Z",
    // Summer time begins on the night of the window: four hours all the same.
    "2026-03-29T20:29:00Z, 2026-03-29T20:30:00Z",
  })
  void opensEveryWeek(Instant now, Instant opens) throws IOException {
    assertEquals(Optional.ofNullable(opens), window(WEEKLY).opensAt(now));
  }

  @Test
  void namesTheElementThatCannotBeUnderstood() {
    UnmetRequirement unmet =
        assertThrows(
            UnmetRequirement.class,
            () -> window(WEEKLY.replace("Europe/Berlin", "Europe/Nowhere")).opensAt(Instant.EPOCH));

    assertEquals("maintenance-window", unmet.problem().field());
  }

  private static MaintenanceWindow window(String json) throws IOException {
    return new MaintenanceWindow(Json.MAPPER.readTree(json));
  }
}
