package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pages that each administrator has seen with the own login, as people state it: {@code
 * {"seen": [{"email": "anna@customer.example", "views": ["users", "organisations"]}]}}. A statement
 * may name some of the administrators; what earlier ones said is kept, by the hash of the address.
 */
public final class SeenViews {
  private final Work work;
  private final String element;
  private final Map<String, Set<String>> wanted;

  /**
   * @param element names the administrators
   * @param wanted an administrator's address to the pages that are to be seen, in their order
   */
  public SeenViews(Work work, String element, Map<String, Set<String>> wanted) {
    this.work = work;
    this.element = element;
    this.wanted = wanted;
  }

  /**
   * Holds the statements so far against the pages that each administrator has to see.
   *
   * @throws UnmetRequirement that names who has not seen which page
   */
  public Finding stated(Answer statement) {
    List<String> missing = new ArrayList<>();
    wanted.forEach(
        (email, views) -> {
          Set<String> unseen = new LinkedHashSet<>(views);
          unseen.removeAll(seen(email, statement));
          if (!unseen.isEmpty()) {
            missing.add(email + ": `" + String.join("`, `", unseen) + "`");
          }
        });
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          element + ".not-seen",
          "slipway",
          element,
          "Not seen yet, as far as was stated: " + String.join("; ", missing) + ".",
          "Have them sign in and open these pages, and say who saw which; give the"
              + " rights that are missing first.");
    }
    return new Finding(
            "statements of the administrators",
            element,
            "%d administrator(s), each saw what is theirs: %s"
                .formatted(
                    wanted.size(),
                    String.join(
                        ", ", wanted.values().stream().flatMap(Set::stream).distinct().toList())))
        .saidIn(statement);
  }

  private Set<String> seen(String email, Answer statement) {
    Set<String> seen = new LinkedHashSet<>();
    for (JsonNode each : statement.value("seen")) {
      if (each.path("email").asText().equalsIgnoreCase(email)) {
        each.path("views").forEach(view -> seen.add(view.asText()));
      }
    }
    // One note for each view: what was seen once stays seen.
    for (String view : wanted.get(email)) {
      String note = "seen:" + NotedAddress.of(email) + ":" + view;
      if (seen.contains(view)) {
        work.remember(Note.Kind.RESOURCE, note, Json.tree(statement.at()));
      } else if (work.remembered(Note.Kind.RESOURCE, note).isPresent()) {
        seen.add(view);
      }
    }
    return seen;
  }
}
