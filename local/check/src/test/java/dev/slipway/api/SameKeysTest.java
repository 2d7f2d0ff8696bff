package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.credentials.Grade;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Onboarding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of the same app for UAT and Production, where each has to have an app of its own. */
class SameKeysTest {
  private static final String CHECKLIST =
      """
      name: keys
      version: "1"
      title: Keys
      dimensions:
        environment: {keys: '["uat", "production"]'}
      promotion: {axis: environment, from: uat, to: production}
      sections:
        - id: one
          title: One
          elements:
            - {id: app, row: R01, title: App, kind: credential, per: environment, apart: [clientId],
               schema: {type: object}}
          tasks: []
      """;

  private final ApiWorld world =
      new ApiWorld(new Checklists(List.of(ChecklistSource.parse(CHECKLIST))));
  private final String id;

  SameKeysTest() {
    Actor ann = new Actor("ann", "engineer");
    Onboarding created =
        world.context().onboardings().create("key", "print", "Customer", "keys", "1", ann);
    id = created.id();
    world.grading("app", Grade.VALID);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private JsonNode store(String environment, String client) {
    Answer stored =
        world.store(
            id,
            "app@" + environment,
            "{\"clientId\": \"%s\", \"clientSecret\": \"s3cret-%s\"}"
                .formatted(client, environment));
    assertEquals(200, stored.status(), stored.text());
    return stored.body().path("findings");
  }

  private List<String> told() {
    return new ElementRows(
            world.context().checklists().get("keys", "1"), world.context().elements().intake(id))
        .all()
        .flatMap(row -> row.findings().stream())
        .map(ElementFinding::message)
        .toList();
  }

  @Test
  void areToldWithBothFieldsWhicheverIsGivenLast() {
    for (List<String> order : List.of(List.of("uat", "production"), List.of("production", "uat"))) {
      store("uat", "app-of-uat");
      store("production", "app-of-production");
      assertEquals(List.of(), told());

      store(order.getFirst(), "app-1");
      JsonNode found = store(order.getLast(), "app-1");

      String message = found.path(0).path("message").asText();
      assertTrue(message.contains("`credential:app@uat`"), message);
      assertTrue(message.contains("`credential:app@production`"), message);
      assertEquals("WARNING", found.path(0).path("weight").asText());
      assertEquals(2, told().size(), "at each row");
    }
  }

  @Test
  void holdNothingUpAndStandNowhere() {
    store("uat", "marker-4711");
    store("production", "marker-4711");

    assertTrue(
        new ElementRows(
                world.context().checklists().get("keys", "1"),
                world.context().elements().intake(id))
            .all()
            .allMatch(row -> row.state() == ElementRow.State.DONE));
    assertFalse(world.tableText().contains("marker-4711"));
  }

  @Test
  void areNotToldOnceTheyAreApartOrOfAValueThatDoesNotCount() {
    store("uat", "app-1");
    store("production", "app-1");
    store("production", "app-2");
    assertEquals(List.of(), told());

    world.grading("app", Grade.INVALID_CREDENTIALS);
    assertEquals(0, store("production", "app-1").size());
    assertEquals(List.of(), told().stream().filter(each -> each.contains("same")).toList());
  }
}
