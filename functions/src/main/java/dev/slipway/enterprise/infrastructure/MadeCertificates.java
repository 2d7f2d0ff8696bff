package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that a task made in AWS Certificate Manager, as numbered notes of their ARNs.
 */
final class MadeCertificates {
  private MadeCertificates() {}

  /** Notes one. */
  static void note(Work work, String arn) {
    List<JsonNode> known = of(work);
    if (known.stream().noneMatch(each -> each.asText().equals(arn))) {
      work.remember(Note.Kind.RESOURCE, "certificate:" + (known.size() + 1), Json.tree(arn));
    }
  }

  /** Those that were noted. */
  static List<JsonNode> of(Work work) {
    List<JsonNode> all = new ArrayList<>();
    for (int number = 1; ; number++) {
      Optional<JsonNode> noted = work.remembered(Note.Kind.RESOURCE, "certificate:" + number);
      if (noted.isEmpty()) {
        return all;
      }
      all.add(noted.get());
    }
  }
}
