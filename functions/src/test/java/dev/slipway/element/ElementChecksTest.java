package dev.slipway.element;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The build carries no checklist that refers to a check which nobody has. */
class ElementChecksTest {
  @Test
  void eachNameThatAChecklistRefersToIsThere() {
    ElementChecks all = ElementChecks.all(FunctionContext.of(Map.of(), Clock.systemUTC()));
    Checklists checklists = new Checklists();
    for (String name : checklists.names()) {
      assertEquals(List.of(), all.unknown(checklists.newest(name)), name);
    }
  }
}
