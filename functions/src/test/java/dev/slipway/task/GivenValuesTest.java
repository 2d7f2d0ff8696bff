package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.json.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GivenValuesTest {
  @Test
  void tellsAPersonWhatWasGiven() throws IOException {
    GivenValues given =
        new GivenValues(
            Json.MAPPER.readTree(
                """
                {"uploader": {"host": "u.hoster.example", "port": 2049},
                 "ranges": [{"from": "203.0.113.1", "regions": ["eu1", "eu2"]}],
                 "receivers": ["a", "b"]}
                """));

    assertEquals(
        """
        Given at intake:
        uploader.host: u.hoster.example
        uploader.port: 2049
        ranges[0]: from 203.0.113.1, regions eu1 eu2
        receivers: a b""",
        given.lines(List.of("uploader", "ranges", "receivers", "not-given")));
    assertEquals("uploader.port: 2049", given.lines(List.of("uploader.port")).split("\n")[1]);
    assertEquals("", given.lines(List.of("not-given.field")));
  }
}
