package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * A step that a person takes when Slipway asks for it.
 *
 * @param task the task's key
 * @param step the step's id
 * @param as the person's role
 * @param statement what the person says; null: nothing, for the person's acts speak for themselves
 * @param values further facts that the step asks for; null without
 * @param acts what the person does before saying so
 * @param after how long the person lets it wait
 * @param early whether the person says so before being asked
 * @param line where the profile says it
 */
public record PersonsStep(
    String task,
    String step,
    Role as,
    String statement,
    JsonNode values,
    List<ProfileAction> acts,
    Duration after,
    boolean early,
    int line) {
  public PersonsStep {
    acts = List.copyOf(acts);
  }
}
