package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan names whatever is missing, by the name under which it is given, and who gives it. */
class PlanTextTest {
  private static List<String> plan(ObjectNode elements, Set<String> credentials) {
    return PlanText.lines(
        Json.tree(
            new Planner(
                    new Checklists().newest("hosting-provider"),
                    new PlanInput(elements, credentials, Map.of()))
                .plan()));
  }

  @Test
  void namesWhatIsMissingSectionBySection() {
    List<String> lines = plan(JsonNodeFactory.instance.objectNode(), Set.of());
    assertTrue(
        lines
            .getFirst()
            .matches("\\d+ by machine, \\d+ by people, .*; \\d+ missing: .+ and \\d+ more"),
        lines::getFirst);
    int first = lines.indexOf("Missing before technical-configuration can start:");
    int last = lines.indexOf("Missing before go-live can start:");
    assertTrue(first > 0 && last > first, lines::toString);
    List<String> technical = lines.subList(first, last);
    assertTrue(technical.contains("  the customer gives the element platform: Platform"));
    assertTrue(technical.contains("  the customer gives the credential smtp: Mail server account"));
    assertTrue(
        lines
            .subList(last, lines.size())
            .contains("  the vendor gives the element onboarding-manager: Onboarding manager"));
    assertTrue(lines.contains("         depends on what is missing: activities"), lines::toString);
    assertTrue(lines.contains("         after V00"), lines::toString);
    assertFalse(String.join("", lines).contains("planned"), lines::toString);
  }

  @Test
  void leavesOutWhatWasNotChosen() {
    ObjectNode elements = JsonNodeFactory.instance.objectNode();
    assertTrue(String.join("", plan(elements, Set.of())).contains("single-sign-on"));
    elements.putObject("activities").put("externalIps", true);
    assertFalse(String.join("", plan(elements, Set.of())).contains("single-sign-on"));
  }

  @Test
  void leavesOutWhatIsThere() {
    ObjectNode elements = JsonNodeFactory.instance.objectNode();
    elements.putObject("platform");
    List<String> lines = plan(elements, Set.of("platform"));
    assertFalse(lines.contains("  the customer gives the element platform: Platform"));
    assertFalse(
        lines.contains("  the customer gives the credential platform: Platform administrator"));
    assertTrue(lines.contains("  the customer gives the element mail-server: Mail server"));
  }
}
