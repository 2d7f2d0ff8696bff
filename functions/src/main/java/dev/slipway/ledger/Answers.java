package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/** Answers: what people said of a task's step; {@code SK = ANSWER#<task>#<step>}. */
public final class Answers {
  static final String PREFIX = "ANSWER#";

  private final Items items;

  /** In the table. */
  public Answers(Items items) {
    this.items = items;
  }

  /** The answer to a step. */
  public Optional<Answer> find(String onboarding, TaskKey key, String step) {
    return items.get(Partition.of(onboarding), key(key, step), Answer.class);
  }

  /** All that was said. */
  public List<Answer> of(String onboarding) {
    return items.list(Partition.of(onboarding), PREFIX, Answer.class);
  }

  /** All that was said of a task's steps. */
  public List<Answer> of(String onboarding, TaskKey key) {
    return items.list(Partition.of(onboarding), key(key, ""), Answer.class);
  }

  static String key(TaskKey key, String step) {
    return PREFIX + key + "#" + step;
  }

  /** Writes what was said over a version; 0: nobody has said it yet. */
  static Write write(String onboarding, Answer answer, long expectedVersion) {
    return Write.put(
        Partition.of(onboarding),
        key(answer.key(), answer.step()),
        expectedVersion,
        Json.tree(answer));
  }
}
