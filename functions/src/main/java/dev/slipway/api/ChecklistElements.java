package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import java.util.Optional;

/**
 * The elements and credentials that a checklist asks for. A credential may bear the same name as an
 * element: its system's.
 */
record ChecklistElements(Checklist checklist) {
  Optional<Element> element(String id) {
    return find(Element.Kind.VALUE, id);
  }

  Optional<Element> credential(String system) {
    return find(Element.Kind.CREDENTIAL, system);
  }

  private Optional<Element> find(Element.Kind kind, String id) {
    return checklist
        .elements()
        .filter(element -> element.kind() == kind && element.id().equals(id))
        .findFirst();
  }
}
