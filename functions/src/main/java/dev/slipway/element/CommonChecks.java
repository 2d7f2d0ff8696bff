package dev.slipway.element;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.ElementFinding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** The checks that any checklist may name. */
public final class CommonChecks implements CheckProvider {
  @Override
  public List<ElementCheck> checks() {
    return List.of(
        new FieldCheck(
            "KnownTimeZone",
            Set.of("zone"),
            zone -> ZoneId.getAvailableZoneIds().contains(zone),
            "time-zone.unknown",
            "The IANA database has no such time zone.",
            "Give one such as Europe/Berlin, or UTC."),
        new EndsLater());
  }

  /** Of two instants {@code from} and {@code to} the second is later; without them all is well. */
  private static final class EndsLater implements ElementCheck {
    @Override
    public List<ElementFinding> check(CheckSubject subject) {
      JsonNode value = subject.value();
      boolean isWrong =
          value.has("from")
              && value.has("to")
              && !Instant.parse(value.get("from").asText())
                  .isBefore(Instant.parse(value.get("to").asText()));
      return isWrong
          ? List.of(
              ElementFinding.error(
                  "window.ends-early",
                  "/to",
                  "It ends before it begins.",
                  "Give an end later than `from`."))
          : List.of();
    }
  }
}
