package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an attempt at a task takes from the place it runs in. */
interface Surroundings {

  /** The time. */
  Instant now();

  /** The way out to third parties. */
  Egress egress();

  /** One version of a credential. */
  JsonNode secret(String onboarding, String system, String version);

  /** What a file holds that was handed over. */
  Optional<Bytes> file(String onboarding, String sha256);

  /** Keeps a note, unless there is one already; answers the one kept. */
  Note remember(String onboarding, Note note);

  /** A note, if there is one. */
  Optional<Note> remembered(String onboarding, TaskKey key, Note.Kind kind, String name);

  /** The attempts made at a task so far, first one first. */
  default List<Attempt> attempts(String onboarding, TaskKey key) {
    return List.of();
  }

  /** Has something looked at from inside the customer's network; answers what is known of it. */
  ProbeRecord probe(String onboarding, TaskKey key, String step, JsonNode parameters);

  /** Whether every third party is a stand-in. */
  boolean standIns();

  /**
   * Those of a function.
   *
   * @param record the task under its claim
   */
  static Surroundings of(FunctionContext context, TaskRecord record) {
    return new Surroundings() {
      @Override
      public Instant now() {
        return context.clock().instant();
      }

      @Override
      public Egress egress() {
        return context.egress();
      }

      @Override
      public JsonNode secret(String onboarding, String system, String version) {
        return context.credentialStore().get(onboarding, system, version);
      }

      @Override
      public Optional<Bytes> file(String onboarding, String sha256) {
        return context.ledger().files().content(onboarding, sha256).map(Bytes::of);
      }

      @Override
      public Note remember(String onboarding, Note note) {
        return context.ledger().remember(onboarding, note);
      }

      @Override
      public Optional<Note> remembered(
          String onboarding, TaskKey key, Note.Kind kind, String name) {
        return context.ledger().note(onboarding, key, kind, name);
      }

      @Override
      public List<Attempt> attempts(String onboarding, TaskKey key) {
        return context.ledger().attempts(onboarding, key);
      }

      @Override
      public ProbeRecord probe(String onboarding, TaskKey key, String step, JsonNode parameters) {
        return context
            .ledger()
            .probes()
            .ask(
                onboarding,
                key,
                step,
                parameters,
                record.performAgain() ? record.claim().generation() : record.verifyGeneration(),
                record.claim().generation());
      }

      @Override
      public boolean standIns() {
        return context.standIns();
      }
    };
  }
}
