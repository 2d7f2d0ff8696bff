package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 | 2026-11-21T12:00:30Z",
        "0 | 2026-11-21T12:00:00Z",
        "1795262460 | 2026-11-21T12:01:00Z",
        "1795262460000 | 2026-11-21T12:01:00Z",
        "Sat, 21 Nov 2026 12:02:00 GMT | 2026-11-21T12:02:00Z",
        "2026-11-21T12:03:00Z | 2026-11-21T12:03:00Z",
        "Fri, 20 Nov 2026 12:02:00 GMT | 2026-11-21T12:00:00Z",
        "99999999 | 2026-11-22T12:00:00Z",
        "99999999999999999999999999999 | 2026-11-22T12:00:00Z",
        "1.5 | 2026-11-21T12:00:01Z",
        "-5 | 2026-11-21T12:00:00Z",
        "-99999999999999999999 | 2026-11-21T12:00:00Z",
        "Saturday, 21-Nov-26 12:04:00 GMT | 2026-11-21T12:04:00Z",
        "Sunday, 06-Nov-94 08:49:37 GMT | 2026-11-21T12:00:00Z",
        "Saturday, 21-Nov-76 12:00:00 GMT | 2026-11-22T12:00:00Z",
        "Monday, 21-Nov-77 12:00:00 GMT | 2026-11-21T12:00:00Z",
        "'Sat Nov 21 12:05:00 2026' | 2026-11-21T12:05:00Z",
        "'Sun Nov  6 08:49:37 1994' | 2026-11-21T12:00:00Z",
        "'Sun Nov 22 09:00:00 2026' | 2026-11-22T09:00:00Z",
        "Tue, 01 Jan 2999 00:00:00 GMT | 2026-11-22T12:00:00Z"
      })
  void readsEveryFormInUse(String value, Instant moment) {
    assertEquals(Optional.of(moment), RetryAfter.parse(value, NOW));
  }

  @ParameterizedTest
  @CsvSource({"soon", "1e3", "--5", "''", "Sat Nov 21 2026", "21-Nov-26 12:04:00 GMT"})
  void ignoresWhatItCannotRead(String value) {
    assertEquals(Optional.empty(), RetryAfter.parse(value, NOW));
  }

  @Test
  void prefersTheHeaderMadeForItAndFallsBackToTheReset() {
    assertEquals(
        Optional.of(NOW.plusSeconds(5)),
        RetryAfter.of(answer(429, Map.of("retry-after", "5", "x-ratelimit-reset", "9"))));
    assertEquals(
        Optional.of(NOW.plusSeconds(60)),
        RetryAfter.of(answer(429, Map.of("x-retry-after", "1795262460"))));
    assertEquals(
        Optional.of(NOW.plusSeconds(9)),
        RetryAfter.of(answer(429, Map.of("x-ratelimit-reset", "9"))));
  }

  @Test
  void aResetHeaderOnAnOrdinaryAnswerMeansNothing() {
    assertEquals(Optional.empty(), RetryAfter.of(answer(200, Map.of("retry-after", "5"))));
    assertEquals(Optional.empty(), RetryAfter.of(answer(503, Map.of("x-ratelimit-reset", "9"))));
  }

  private static HttpAnswer answer(int status, Map<String, String> headers) {
    HttpCall call =
        HttpCall.get("x", "y", Destination.CUSTOMER, URI.create("https://x/"), Redactor.none());
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new HttpAnswer(call, status, lists, Bytes.NONE, NOW);
  }
}
