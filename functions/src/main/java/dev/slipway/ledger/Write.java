package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * One conditional write, by itself or in a transaction.
 *
 * @param partition the partition key
 * @param sort the sort key
 * @param expectedVersion the version that must be there; 0: the item must not exist
 * @param body what is written; null: nothing, the version is only checked
 * @param index attributes of the sparse indexes
 * @param expiresAt when the item may be deleted; null: never
 * @param removes whether the item is removed
 */
record Write(
    String partition,
    String sort,
    long expectedVersion,
    JsonNode body,
    Map<String, String> index,
    Instant expiresAt,
    boolean removes) {

  Write(
      String partition,
      String sort,
      long expectedVersion,
      JsonNode body,
      Map<String, String> index,
      Instant expiresAt) {
    this(partition, sort, expectedVersion, body, index, expiresAt, false);
  }

  static Write put(String partition, String sort, long expectedVersion, JsonNode body) {
    return new Write(partition, sort, expectedVersion, body, Map.of(), null);
  }

  static Write removal(String partition, String sort, long expectedVersion) {
    return new Write(partition, sort, expectedVersion, null, Map.of(), null, true);
  }

  Write indexed(Map<String, String> attributes) {
    return new Write(partition, sort, expectedVersion, body, attributes, expiresAt);
  }

  Write expiring(Instant at) {
    return new Write(partition, sort, expectedVersion, body, index, at);
  }
}
