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
 * @param body what is put; null otherwise
 * @param index attributes of the sparse indexes
 * @param expiresAt when the item may be deleted; null: never
 */
record Write(
    String partition,
    String sort,
    Kind kind,
    long expectedVersion,
    JsonNode body,
    Map<String, String> index,
    Instant expiresAt) {

  /** The kind of write. */
  enum Kind {
    PUT,
    REMOVAL,
    /** Nothing: the version is only checked. */
    CHECK,
    /** Its version is raised, whichever it is, unless its onboarding is signed off. */
    MOVE
  }

  static Write put(String partition, String sort, long expectedVersion, JsonNode body) {
    return new Write(partition, sort, Kind.PUT, expectedVersion, body, Map.of(), null);
  }

  static Write removal(String partition, String sort, long expectedVersion) {
    return new Write(partition, sort, Kind.REMOVAL, expectedVersion, null, Map.of(), null);
  }

  static Write check(String partition, String sort, long expectedVersion) {
    return new Write(partition, sort, Kind.CHECK, expectedVersion, null, Map.of(), null);
  }

  static Write move(String partition, String sort) {
    return new Write(partition, sort, Kind.MOVE, 0, null, Map.of(), null);
  }

  Write indexed(Map<String, String> attributes) {
    return new Write(partition, sort, kind, expectedVersion, body, attributes, expiresAt);
  }

  Write expiring(Instant at) {
    return new Write(partition, sort, kind, expectedVersion, body, index, at);
  }
}
