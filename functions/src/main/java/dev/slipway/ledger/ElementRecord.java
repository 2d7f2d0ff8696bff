package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A value that a person gave for one element of the checklist.
 *
 * @param id the checklist's id of the element
 * @param instance what it was given for, such as a tenant; empty when it is given once
 * @param version counts the writes
 */
public record ElementRecord(
    String id,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String instance,
    long version,
    JsonNode value,
    String by,
    Instant at) {
  public ElementRecord {
    instance = instance == null ? "" : instance;
  }

  /** Of an element that is given once. */
  public ElementRecord(String id, long version, JsonNode value, String by, Instant at) {
    this(id, "", version, value, by, at);
  }

  /** {@code tenants}, or {@code tenant-look@acme}. */
  public String name() {
    return name(id, instance);
  }

  /** The name of an element's or a credential's instance; the id alone where it is given once. */
  public static String name(String id, String instance) {
    return instance.isEmpty() ? id : id + "@" + instance;
  }

  /** Puts a value among all values: below its id, and there below its instance if it has one. */
  public static void put(ObjectNode values, String id, String instance, JsonNode value) {
    if (instance.isEmpty()) {
      values.set(id, value);
    } else {
      values.withObjectProperty(id).set(instance, value);
    }
  }
}
