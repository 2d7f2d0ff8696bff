package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A probe that a task asks for, to run inside a customer's network.
 *
 * @param id unique; sorts by time
 * @param version counts the writes
 * @param key the task that asks
 * @param step the step that waits for it
 * @param parameters of the probe, without secrets
 * @param hash the fingerprint of the parameters
 * @param state where it stands
 * @param generation the request to look, at which the task asked
 * @param askedAt when
 * @param expiresAt until when a result is taken
 * @param result of the probe; null before it ran
 * @param progress of a job that is at work; null before the first word of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeRecord(
    String id,
    long version,
    TaskKey key,
    String step,
    JsonNode parameters,
    String hash,
    State state,
    long generation,
    Instant askedAt,
    Instant expiresAt,
    Result result,
    Progress progress) {

  /** The state of a probe. */
  public enum State {
    /** Nobody has looked yet. */
    PENDING,
    /** A runner has looked. */
    ANSWERED,
    /** The task asks for another probe now. */
    WITHDRAWN
  }

  /**
   * A result as it came: with the signed text and the signature anybody can check later who saw
   * what.
   *
   * @param runner the runner's id
   * @param runnerName what people call it
   * @param receivedAt when it came
   * @param body the very text of the body, whose hash is in {@code signed}
   * @param signed the text that was signed
   * @param signature in base 64
   */
  public record Result(
      String runner,
      String runnerName,
      Instant receivedAt,
      String body,
      String signed,
      String signature) {}

  /**
   * How far a job has come.
   *
   * @param at when the runner said so
   * @param runnerName what people call it
   * @param table or collection in work
   * @param rows of the job until then
   * @param bytes of these
   */
  public record Progress(Instant at, String runnerName, String table, long rows, long bytes) {}

  /** With word of how far it has come. */
  public ProbeRecord at(Progress reached) {
    return new ProbeRecord(
        id,
        version,
        key,
        step,
        parameters,
        hash,
        state,
        generation,
        askedAt,
        expiresAt,
        result,
        reached);
  }

  /** With a result. */
  public ProbeRecord answered(Result seen) {
    return new ProbeRecord(
        id,
        version,
        key,
        step,
        parameters,
        hash,
        State.ANSWERED,
        generation,
        askedAt,
        expiresAt,
        seen,
        progress);
  }

  /** No result is taken any more. */
  public ProbeRecord withdrawn() {
    return new ProbeRecord(
        id,
        version,
        key,
        step,
        parameters,
        hash,
        State.WITHDRAWN,
        generation,
        askedAt,
        expiresAt,
        result,
        progress);
  }

  /** Whether it is the probe of a task's step. */
  public boolean isOf(TaskKey task, String taskStep) {
    return key.equals(task) && step.equals(taskStep);
  }
}
