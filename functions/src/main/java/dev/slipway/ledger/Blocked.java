package dev.slipway.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import java.time.Instant;

/**
 * A person who cannot go on with what a task asks, until that is settled. One person is blocked
 * once at each step; the item expires when it is settled.
 *
 * @param key the task
 * @param step the step asked for; empty for what the task asks without naming a step
 * @param version counts the writes
 * @param note the id of the {@link PersonNote} that says so
 * @param by who
 * @param identity the same, as the identity provider vouches for it
 * @param at since when
 * @param text what holds them up
 */
public record Blocked(
    TaskKey key,
    String step,
    long version,
    String note,
    String by,
    Identity identity,
    Instant at,
    String text) {
  /** Sorts beside the tasks, so that one request reads both. */
  static final String PREFIX = "STUCK#";

  /** Whether it is about what a task asks. */
  public boolean isOf(TaskKey asking, String asked) {
    return key.equals(asking) && step.equals(asked);
  }

  String sort() {
    return sort(key, step, identity);
  }

  /** The task of a sort key without its prefix. */
  static TaskKey task(TaskKey sort) {
    return TaskKey.parse(sort.toString().split("#", 2)[0]);
  }

  /** The subject is hashed: it may hold any character, and a key any length. */
  static String sort(TaskKey key, String step, Identity identity) {
    String who = Json.hash(JsonNodeFactory.instance.textNode(identity.subject()));
    return PREFIX + key + "#" + step + "#" + who.substring(0, 32);
  }
}
