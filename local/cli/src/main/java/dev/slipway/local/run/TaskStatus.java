package dev.slipway.local.run;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The status of one task, as the API shows it.
 *
 * @param key the task, with its instance
 * @param row the row of the guide; empty for a section's gate, which has none
 * @param outcome PLANNED, PENDING, WAITING, FAILED, DONE, NOT_APPLICABLE, SKIPPED or WAIVED
 * @param reason why it was skipped, waived or is not applicable; empty otherwise
 * @param party who is waited for; empty unless it waits
 * @param step the step that waits; empty unless a person's does
 * @param dependsOn the tasks waited for
 * @param instructions what the party has to do
 * @param looksAgainAt when a machine looks again by itself; null: never
 * @param problem why it failed, or why the last answer was not accepted; null otherwise
 * @param attempts how often it was performed
 * @param underWay whether it is being looked at, or is about to be
 */
public record TaskStatus(
    String key,
    String row,
    String title,
    String section,
    String outcome,
    String reason,
    String party,
    String step,
    List<String> dependsOn,
    String instructions,
    Instant looksAgainAt,
    Trouble problem,
    int attempts,
    boolean underWay) {

  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED", "WAIVED");

  /** The problem of a task, for the person whom it concerns. */
  public record Trouble(String code, String field, String message, String nextStep) {
    /** In one line. */
    @Override
    public String toString() {
      return message
          + (field.isEmpty() ? "" : " [" + field + "]")
          + (nextStep.isEmpty() ? "" : " Next: " + nextStep);
    }
  }

  /** Whether the state machine has nothing more to do for it. */
  public boolean isFinal() {
    return FINAL.contains(outcome);
  }

  /** Whether it is declared only. */
  public boolean isPlanned() {
    return outcome.equals("PLANNED");
  }

  /** Whether it was reached and is not final. */
  public boolean isOpen() {
    return outcome.equals("WAITING") || outcome.equals("FAILED");
  }

  /** The row and the title, as people call it. */
  public String label() {
    return row.isEmpty() ? key : row + " " + title;
  }
}
