package dev.slipway.enterprise.applications;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** There are facts of each application, and of no other. */
public final class FactsComplete implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    Set<String> named = new TreeSet<>();
    subject
        .elements()
        .path("applications")
        .path("items")
        .forEach(item -> named.add(item.path("nid").asText()));
    List<ElementFinding> findings = new ArrayList<>();
    if (!subject.elements().has("applications")) {
      return findings;
    }
    for (String nid : named) {
      if (!subject.value().has(nid)) {
        findings.add(
            ElementFinding.error(
                "facts.missing",
                "",
                "There are no facts of the application `%s`.".formatted(nid),
                "Add it; what is not known yet is `unknown`."));
      }
    }
    subject
        .value()
        .properties()
        .forEach(
            facts -> {
              if (!named.contains(facts.getKey())) {
                findings.add(
                    ElementFinding.warning(
                        "facts.unasked",
                        "/" + Pointers.escape(facts.getKey()),
                        "No application of this id is asked for.",
                        "Correct the id, or leave it out."));
              }
            });
    return findings;
  }
}
