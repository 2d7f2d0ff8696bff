package dev.slipway.local.asl.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One event, as {@code GetExecutionHistory} answers it.
 *
 * @param id 1, 2, 3… without a gap
 * @param previousId the event of the same branch before this one; 0 for the first
 * @param timestamp when it happened
 * @param type what happened
 * @param details the object that the API calls {@link HistoryEventType#detailsField()}, null if the
 *     type has none
 */
public record HistoryEvent(
    long id, long previousId, Instant timestamp, HistoryEventType type, ObjectNode details) {

  /** The API's form; the timestamp in seconds since the epoch, with milliseconds. */
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("timestamp", timestamp.toEpochMilli() / 1000.0);
    json.put("type", type.apiName());
    json.put("id", id);
    json.put("previousEventId", previousId);
    if (details != null) {
      json.set(type.detailsField(), details);
    }
    return json;
  }
}
