package dev.slipway.element;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A check of single texts, each by itself, such as that a time zone exists.
 *
 * @param name as checklists refer to it
 * @param fields the names of the fields that have such a text, or a list of them, wherever in the
 *     value
 * @param holds of a text that is right
 * @param code of the error
 * @param message of the error; it quotes nothing of the value
 * @param nextStep of the error
 */
public record FieldCheck(
    String name,
    Set<String> fields,
    Predicate<String> holds,
    String code,
    String message,
    String nextStep)
    implements ElementCheck {

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<ElementFinding> found = new ArrayList<>();
    look("", "", subject.value(), found);
    return found;
  }

  private void look(String field, String pointer, JsonNode at, List<ElementFinding> found) {
    for (int i = 0; at.isArray() && i < at.size(); i++) {
      look(field, pointer + "/" + i, at.get(i), found);
    }
    at.properties()
        .forEach(
            each ->
                look(
                    each.getKey(),
                    pointer + "/" + Pointers.escape(each.getKey()),
                    each.getValue(),
                    found));
    if (at.isTextual() && fields.contains(field) && !holds.test(at.textValue())) {
      found.add(ElementFinding.error(code, pointer, message, nextStep));
    }
  }
}
