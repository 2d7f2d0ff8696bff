package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a row that was final is open again is told by the newest event that can be the reason. */
class WhyBackTest {
  private static final String COMMITTED =
      "{'by': 'wake', 'what': 'task.committed', 'subject': 'one.first', 'detail': 'WAITING'}";

  private static Optional<String> why(String... newestFirst) throws JsonProcessingException {
    String events = "{'events': [" + String.join(", ", newestFirst) + "]}";
    return new WhyBack(Json.MAPPER.readTree(events.replace('\'', '"'))).of("one.first");
  }

  @Test
  void tellsWhoAskedForItAndWhy() throws JsonProcessingException {
    assertEquals(
        Optional.of("then Mara: retry requested one.first - the port was wrong"),
        why(
            COMMITTED,
            "{'by': 'Mo', 'what': 'task.retry-requested', 'subject': 'one.second', 'why': 'x'}",
            "{'by': 'Mara', 'what': 'task.retry-requested', 'subject': 'one.first',"
                + " 'why': 'the port was wrong'}"));
  }

  @Test
  void tellsWhatWasChanged() throws JsonProcessingException {
    assertEquals(
        Optional.of("then Carla: saved mail-server"),
        why(
            COMMITTED,
            "{'by': 'Carla', 'what': 'element.saved', 'subject': 'zone', 'detail': 'looked at again: one.second'}",
            "{'by': 'Carla', 'what': 'element.saved', 'subject': 'mail-server',"
                + " 'detail': 'looked at again: one.first, one.third'}"));
  }

  @Test
  void saysNothingThatTheTrailDoesNotSay() throws JsonProcessingException {
    assertEquals(
        Optional.empty(),
        why(
            COMMITTED,
            "{'by': 'wake', 'what': 'task.dependencies-final', 'subject': 'one.first'}"));
  }
}
