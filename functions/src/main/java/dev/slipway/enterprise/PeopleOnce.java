package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;
import java.util.stream.Stream;

/** Nobody is named twice among the people of an element. */
final class PeopleOnce implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    return lists(subject.value(), "").flatMap(people -> people.twice().stream()).toList();
  }

  /** The element itself, or its lists {@code people}, wherever they stand. */
  private static Stream<People> lists(JsonNode value, String pointer) {
    if (value.isArray()) {
      return Stream.of(new People(value, pointer));
    }
    return value.properties().stream()
        .filter(field -> field.getValue().isContainerNode())
        .filter(
            field ->
                field.getValue().isObject()
                    || List.of("people", "escalation").contains(field.getKey()))
        .flatMap(field -> lists(field.getValue(), pointer + "/" + field.getKey()));
  }
}
