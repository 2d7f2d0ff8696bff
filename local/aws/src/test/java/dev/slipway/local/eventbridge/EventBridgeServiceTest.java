package dev.slipway.local.eventbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBridgeServiceTest {
  private static final Caller CALLER = new Caller("", "operator");
  private final EventBridgeService service =
      new EventBridgeService(Stack.local("sample", Map.of()));

  @Test
  void takesEventsAndSaysWhichAreMalformed() throws Exception {
    var request =
        new ObjectMapper()
            .readTree(
                """
                {"Entries": [
                  {"Source": "a", "DetailType": "b", "Detail": "{}", "EventBusName": "own"},
                  {"Source": "a", "DetailType": "b", "Detail": "[]"},
                  {"Source": "a", "Detail": "{}"}]}
                """);
    var bus = "arn:aws:events:us-east-1:000000000000:event-bus/";
    assertEquals(
        List.of(bus + "own", bus + "default"),
        service.needs("PutEvents", request).stream().map(Access::resource).toList());
    var answer = service.perform("PutEvents", request, CALLER);
    assertEquals(2, answer.path("FailedEntryCount").asInt());
    assertTrue(answer.at("/Entries/0").hasNonNull("EventId"));
    assertEquals("MalformedDetail", answer.at("/Entries/1/ErrorCode").asText());
    assertEquals("InvalidArgument", answer.at("/Entries/2/ErrorCode").asText());
    var refusal =
        assertThrows(AwsException.class, () -> service.perform("PutRule", request, CALLER));
    assertEquals("not available locally: PutRule", refusal.getMessage());
  }
}
