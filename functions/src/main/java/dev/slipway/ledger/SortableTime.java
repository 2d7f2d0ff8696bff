package dev.slipway.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as text that sorts as time does; {@code Instant.toString} leaves out a fraction of zero.
 */
final class SortableTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SortableTime() {}

  static String of(Instant time) {
    return FORMAT.format(time);
  }
}
