package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Work;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The memory of what a task made on Nex!, so that it removes nothing that was there before: {@code
 * INTENT <what>} before the first is made, {@code RESOURCE <what>:<id>} behind each.
 */
final class MadeOnNex {
  /** After these it was not made, and a person makes it with nex-cli. */
  static final Set<Kind> REFUSED = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final Work work;
  private final String what;

  /**
   * @param what such as {@code app}; the task makes one of each
   */
  MadeOnNex(Work work, String what) {
    this.work = work;
    this.what = what;
  }

  /**
   * Makes one.
   *
   * @param create makes it and answers its id
   */
  void make(Supplier<String> create) {
    work.remember(Note.Kind.INTENT, what, now());
    String id;
    try {
      id = create.get();
    } catch (SystemTrouble trouble) {
      if (REFUSED.contains(trouble.kind())) {
        work.remember(Note.Kind.RESOURCE, what + "-refused", now());
      }
      throw trouble;
    }
    work.remember(Note.Kind.RESOURCE, what + "-first", Json.tree(id));
    work.remember(Note.Kind.RESOURCE, what + ":" + id, now());
  }

  /** Whether this task made the one of an id, even if it died before it could note that. */
  boolean isOwn(String id) {
    if (work.remembered(Note.Kind.RESOURCE, what + ":" + id).isPresent()) {
      return true;
    }
    boolean isAsked = work.remembered(Note.Kind.INTENT, what).isPresent();
    boolean isRefused = work.remembered(Note.Kind.RESOURCE, what + "-refused").isPresent();
    return isAsked
        && !isRefused
        && work.remember(Note.Kind.RESOURCE, what + "-first", Json.tree(id)).asText().equals(id);
  }

  private JsonNode now() {
    return Json.tree(work.now());
  }
}
