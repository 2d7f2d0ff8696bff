package dev.slipway.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import dev.slipway.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemasTest {
  private final Schemas schemas = new Schemas();

  @ParameterizedTest
  @CsvSource({
    "email, anna@example.test, true",
    "email, 'anna@example.test\n', false",
    "email, anna@localhost, false",
    "hostname, smtp.example.test, true",
    "hostname, 'smtp.example.test\n', false",
    "hostname, -smtp.example.test, false",
    "hostname, smtp..example.test, false",
    "ipv4, 203.0.113.10, true",
    "ipv4, 203.0.113.256, false",
    "ipv4, 203.0.113.010, false",
    "ipv4, '203.0.113.10\n', false",
    "uuid, 123e4567-e89b-12d3-a456-426614174000, true",
    "uuid, '123e4567-e89b-12d3-a456-426614174000\n', false",
    "json-pointer, /a~1b/0, true",
    "json-pointer, /a~2, false",
    "regex, '^a$', true",
    "regex, '(', false",
    "date-time, 2026-02-29T10:00:00Z, false",
    "date-time, '2026-02-28T10:00:00Z\n', false",
    "date, '2026-02-28\n', false",
    "time, '10:00:00Z\n', false",
    "duration, 'P1D\n', false",
    "ipv6, '2001:db8::1\n', false",
    "uri, 'https://example.test/\n', false",
  })
  void formatsHoldTheWholeText(String format, String text, boolean valid) {
    JsonNode schema = Json.MAPPER.createObjectNode().put("format", format);
    assertEquals(valid, schemas.of(schema).validate(text(text)).isEmpty());
  }

  @Test
  void patternsOfEveryKeywordAreEcma262s() throws Exception {
    JsonNode schema =
        Json.MAPPER.readTree(
            """
            {"propertyNames": {"pattern": "^[a-z]+$"},
             "patternProperties": {"^x$": {"type": "integer"}},
             "additionalProperties": {"pattern": "^\\\\S+$"}}
            """);
    JsonNode value = Json.MAPPER.readTree("{\"x\\n\": 1, \"y\": \"a\\u00a0b\", \"x\": 1}");
    List<String> keywords =
        schemas.of(schema).validate(value).stream()
            .map(ValidationMessage::getType)
            .sorted()
            .toList();
    assertEquals(List.of("pattern", "propertyNames"), keywords);
  }

  private static JsonNode text(String text) {
    return Json.MAPPER.getNodeFactory().textNode(text);
  }
}
