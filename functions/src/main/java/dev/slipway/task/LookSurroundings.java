package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.net.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The surroundings of a look after go-live: all can be read, and nothing is kept or asked for. */
record LookSurroundings(AttemptContext task, TaskKey key) implements AttemptContext {
  @Override
  public Instant now() {
    return task.now();
  }

  @Override
  public JsonNode credential(String name, String version) {
    return task.credential(name, version);
  }

  @Override
  public String ownCredential(String system, String instance, Supplier<JsonNode> make) {
    throw new UnmetRequirement(
        "credential.gone",
        system,
        "credential:" + system,
        "The value that the task made for itself is gone.",
        "Restore the secret in Secrets Manager.");
  }

  @Override
  public Optional<Bytes> file(String sha256) {
    return task.file(sha256);
  }

  @Override
  public Note remember(Note.Kind kind, String name, JsonNode value) {
    return task.remembered(kind, name).orElseGet(() -> new Note(key, kind, name, value, now()));
  }

  @Override
  public Optional<Note> remembered(Note.Kind kind, String name) {
    return task.remembered(kind, name);
  }

  /** Only what changes something needs to be alone. */
  @Override
  public boolean hold(String name, Instant until) {
    throw new IllegalStateException("a look changes nothing: " + name);
  }

  @Override
  public void release(String name) {
    // Nothing was held.
  }

  @Override
  public List<Attempt> attempts() {
    return task.attempts();
  }

  /** No runner may be there any more: a look waits for none. */
  @Override
  public ProbeRecord probe(String step, JsonNode parameters) {
    return new ProbeRecord(
        "", 0, key, step, parameters, "", ProbeRecord.State.WITHDRAWN, 0, now(), now(), null, null);
  }

  @Override
  public boolean standIns() {
    return task.standIns();
  }

  @Override
  public boolean isSecondLook() {
    return true;
  }
}
