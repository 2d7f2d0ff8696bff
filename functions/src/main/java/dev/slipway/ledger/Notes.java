package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Notes: what a task remembers from one attempt to the next; {@code SK =
 * NOTE#<task>#<kind>#<name>}.
 */
public final class Notes {
  private final Items items;

  /** In the table. */
  public Notes(Items items) {
    this.items = items;
  }

  /** Remembers the value under its name, unless one is remembered already: answers the one kept. */
  public Note remember(String onboarding, Note note) {
    String sort = key(note.key(), note.kind(), note.name());
    try {
      items.write(List.of(Write.put(Partition.of(onboarding), sort, 0, Json.tree(note))));
      return note;
    } catch (LostRaceException e) {
      // It was remembered before, and no note goes: that value counts.
      return find(onboarding, note.key(), note.kind(), note.name()).orElseThrow();
    }
  }

  /** The note under a name. */
  public Optional<Note> find(String onboarding, TaskKey key, Note.Kind kind, String name) {
    return items.get(Partition.of(onboarding), key(key, kind, name), Note.class);
  }

  /** All that a task remembers. */
  public List<Note> of(String onboarding, TaskKey key) {
    return items.list(Partition.of(onboarding), "NOTE#" + key + "#", Note.class);
  }

  private static String key(TaskKey key, Note.Kind kind, String name) {
    return "NOTE#" + key + "#" + kind + "#" + name;
  }
}
