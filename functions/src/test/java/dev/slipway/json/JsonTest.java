package dev.slipway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonTest {
  private static final String MARKED = "\uFEFF{\"a\":1}";

  @Test
  void aByteOrderMarkIsReadOver() throws Exception {
    byte[] bytes = MARKED.getBytes(StandardCharsets.UTF_8);
    assertEquals(1, Json.MAPPER.readTree(MARKED).path("a").asInt());
    assertEquals(1, Json.MAPPER.readTree(new StringReader(MARKED)).path("a").asInt());
    assertEquals(1, Json.MAPPER.readTree(bytes).path("a").asInt());
    assertEquals(1, Json.MAPPER.readTree(new ByteArrayInputStream(bytes)).path("a").asInt());
    assertEquals(1, Json.MAPPER.reader().readTree(MARKED).path("a").asInt());
  }

  @Test
  void aMarkElsewhereIsNone() throws Exception {
    assertThrows(
        JsonProcessingException.class, () -> Json.MAPPER.readTree("\uFEFF\uFEFF{\"a\":1}"));
    assertThrows(JsonProcessingException.class, () -> Json.MAPPER.readTree("{\uFEFF\"a\":1}"));
    assertEquals("\uFEFFx", Json.MAPPER.readTree("\"\uFEFFx\"").asText());
    assertTrue(Json.MAPPER.readTree("").isMissingNode());
    assertTrue(Json.MAPPER.readTree("\uFEFF").isMissingNode());
  }
}
