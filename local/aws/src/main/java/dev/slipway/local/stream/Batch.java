package dev.slipway.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Records of one shard, in their order.
 *
 * @param records as DynamoDB Streams answers them; never empty
 */
record Batch(String streamArn, String shardId, List<JsonNode> records) {

  Batch(String streamArn, String shardId, List<JsonNode> records) {
    this.streamArn = streamArn;
    this.shardId = shardId;
    this.records = List.copyOf(records);
  }

  int size() {
    return records.size();
  }

  Batch part(int from, int to) {
    return new Batch(streamArn, shardId, records.subList(from, to));
  }

  String sequenceNumber(int index) {
    return records.get(index).path("dynamodb").path("SequenceNumber").asText();
  }

  /** The index of the record with that number, or -1. */
  int indexOf(String sequenceNumber) {
    for (int i = 0; i < records.size(); i++) {
      if (sequenceNumber(i).equals(sequenceNumber)) {
        return i;
      }
    }
    return -1;
  }

  /** When the record came to be, in seconds since the epoch. */
  double created(int index) {
    return records.get(index).path("dynamodb").path("ApproximateCreationDateTime").asDouble();
  }

  /** The event that the function receives. */
  ObjectNode event() {
    var event = JsonNodeFactory.instance.objectNode();
    var array = event.putArray("Records");
    for (var item : records) {
      array.add(lambdaRecord(item, streamArn));
    }
    return event;
  }

  /** Lambda differs from the stream's own API in two places. */
  static ObjectNode lambdaRecord(JsonNode item, String streamArn) {
    ObjectNode copy = item.deepCopy();
    copy.put("eventSourceARN", streamArn);
    if (item.path("userIdentity").isObject()) {
      var identity = copy.putObject("userIdentity");
      identity.put("principalId", item.at("/userIdentity/PrincipalId").asText());
      identity.put("type", item.at("/userIdentity/Type").asText());
    }
    return copy;
  }
}
