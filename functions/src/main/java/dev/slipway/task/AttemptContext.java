package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.Grade;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.systems.net.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The context in which one attempt at a task runs: its clock, its memory, and its systems. */
interface AttemptContext {

  /** The time. */
  Instant now();

  /** One version of a credential, by its {@link dev.slipway.ledger.CredentialRecord#name}. */
  JsonNode credential(String name, String version);

  /**
   * Keeps a credential that the task makes for itself, unless it is there; answers its version.
   *
   * @param system as the checklist calls it
   * @param instance what it is for; empty if there is one only
   */
  String ownCredential(String system, String instance, Supplier<JsonNode> make);

  /** The content of a file that was handed over, by its SHA-256 in hex; empty if there is none. */
  Optional<Bytes> file(String sha256);

  /** Keeps a value under a name, unless one is kept already; answers the note that is kept. */
  Note remember(Note.Kind kind, String name, JsonNode value);

  /** The note under a name, if there is one. */
  Optional<Note> remembered(Note.Kind kind, String name);

  /**
   * Takes a name that one attempt at a time may hold, whichever task's; answers whether it is free.
   *
   * @param until when it is free again, if it is not given back
   */
  boolean hold(String name, Instant until);

  /** Gives a name back that {@link #hold} gave. */
  void release(String name);

  /** The attempts made at the task so far, first one first. */
  List<Attempt> attempts();

  /** Asks for a probe from inside the customer's network; its record has a result once it ran. */
  ProbeRecord probe(String step, JsonNode parameters);

  /** Whether every third party is a stand-in. */
  boolean standIns();

  /** Whether what is done is only looked at a second time, as before going live. */
  boolean isSecondLook();

  /**
   * The surroundings of an attempt in a function.
   *
   * @param record the task under its claim
   */
  static AttemptContext of(FunctionContext context, String onboarding, TaskRecord record) {
    record NoteName(Note.Kind kind, String name) {}

    return new AttemptContext() {
      private Map<NoteName, Note> memory;

      @Override
      public Instant now() {
        return context.clock().instant();
      }

      @Override
      public JsonNode credential(String name, String version) {
        return context.credentialStore().get(onboarding, name, version);
      }

      @Override
      public String ownCredential(String system, String instance, Supplier<JsonNode> make) {
        String name = ElementRecord.name(system, instance);
        Optional<CredentialRecord> known = context.elements().credential(onboarding, name);
        if (known.isPresent()) {
          return known.get().validVersionId();
        }
        String version = context.credentialStore().keepFirst(onboarding, name, make);
        Actor task = Actor.system(record.key().task());
        context
            .elements()
            .save(
                onboarding,
                new CredentialRecord(
                    system,
                    instance,
                    1,
                    Grade.VALID,
                    "The task made it, and reads it alone.",
                    version,
                    version,
                    null,
                    task.name(),
                    now()),
                0,
                task);
        return version;
      }

      @Override
      public Optional<Bytes> file(String sha256) {
        return context.filesOf(onboarding).apply(sha256);
      }

      @Override
      public Note remember(Note.Kind kind, String name, JsonNode value) {
        return memory()
            .computeIfAbsent(
                new NoteName(kind, name),
                absent ->
                    context
                        .notes()
                        .remember(onboarding, new Note(record.key(), kind, name, value, now())));
      }

      @Override
      public Optional<Note> remembered(Note.Kind kind, String name) {
        return Optional.ofNullable(memory().get(new NoteName(kind, name)));
      }

      /** Read once: while the claim is its own, no other attempt writes to it. */
      private Map<NoteName, Note> memory() {
        if (memory == null) {
          memory = new HashMap<>();
          context
              .notes()
              .of(onboarding, record.key())
              .forEach(note -> memory.put(new NoteName(note.kind(), note.name()), note));
        }
        return memory;
      }

      @Override
      public boolean hold(String name, Instant until) {
        return context.keys().hold("alone/" + onboarding + "/" + name, until);
      }

      @Override
      public void release(String name) {
        context.keys().release("alone/" + onboarding + "/" + name);
      }

      @Override
      public List<Attempt> attempts() {
        return context.tasks().attempts(onboarding, record.key());
      }

      @Override
      public ProbeRecord probe(String step, JsonNode parameters) {
        return context
            .probes()
            .ask(
                onboarding,
                record.key(),
                step,
                parameters,
                record.performAgain() ? record.claim().generation() : record.verifyGeneration(),
                record.claim().generation());
      }

      @Override
      public boolean standIns() {
        return context.standIns();
      }

      @Override
      public boolean isSecondLook() {
        return record.verifyAgain();
      }
    };
  }
}
