package dev.slipway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Requirement;
import java.util.List;
import java.util.Set;

/** What is needed before a section starts, and what of it is missing. */
public final class Intake {
  private Intake() {}

  /**
   * The section's mandatory elements that are not there.
   *
   * @param elements those given so far, element id to value
   * @param validCredentials the systems with a valid credential
   */
  public static List<Element> missing(
      Checklist.Section section, JsonNode elements, Set<String> validCredentials) {
    return section.elements().stream()
        .filter(element -> element.requirement() == Requirement.MANDATORY)
        .filter(element -> applies(element, elements))
        .filter(
            element ->
                switch (element.kind()) {
                  case VALUE -> !elements.hasNonNull(element.id());
                  case CREDENTIAL -> !validCredentials.contains(element.id());
                })
        .toList();
  }

  private static boolean applies(Element element, JsonNode elements) {
    return element.condition() == null
        || new Condition(element.condition()).evaluate(elements) == Condition.Answer.HOLDS;
  }
}
