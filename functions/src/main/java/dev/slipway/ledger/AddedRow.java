package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A row that was added to one onboarding. A person accomplishes it and states so; no machine takes
 * part in it.
 *
 * @param task as it is named, {@code <section>.added-<n>}
 * @param version counts the writes
 * @param row as people call it, such as A1
 * @param section to which it belongs
 * @param instructions exactly what to do
 * @param party who does it
 * @param due how long the party has, from when it was added
 * @param mandatory whether the sign-off and what comes after the section wait for it
 * @param fileNeeded whether a file has to be handed over as evidence
 * @param by who added it
 * @param reason why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddedRow(
    String task,
    long version,
    String row,
    String section,
    String title,
    String instructions,
    Party party,
    Duration due,
    boolean mandatory,
    boolean fileNeeded,
    String by,
    Instant at,
    String reason) {
  private static final String MARK = ".added-";

  /** The name of a section's row of a number. */
  public static String name(String section, int number) {
    return section + MARK + number;
  }

  static List<AddedRow> inOrder(List<AddedRow> rows) {
    return rows.stream()
        .sorted(Comparator.comparing(AddedRow::at).thenComparing(AddedRow::task))
        .toList();
  }

  /** Whether a task is an added row: people's statements are all there is to it. */
  public static boolean is(TaskKey key) {
    return key.task().contains(MARK);
  }

  /** The task. */
  public TaskKey key() {
    return new TaskKey(task, "");
  }
}
