package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Rules;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one acceptance of UAT that Production waits for, if the customer wants it. */
final class AcceptUatTest {
  private static final String ACCEPTED = "{\"accepted\":true}";

  private final AcceptUat task =
      new AcceptUat(FunctionContext.of(Map.of(), InstantSource.system()));
  private final Bench bench =
      new Bench("products.accept-uat")
          .element("uat-acceptance", "{\"wanted\":true}")
          .element("release", "{\"mnohub\":{\"version\":\"4.2.1\"}}")
          .element(
              "tenants",
              "{\"uat\":{\"count\":1,\"list\":[{\"name\":\"acme\"}]},\"production\":{\"count\":1}}")
          .element("applications", "{\"items\":[{\"nid\":\"xero\"}]}");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                     | DOES_NOT_HOLD",
        "{\"uat-acceptance\":{\"wanted\":false}} | DOES_NOT_HOLD",
        "{\"uat-acceptance\":{\"wanted\":true}}  | HOLDS",
      })
  void holdsProductionUpOnlyWhereItIsWanted(String elements, Condition.Answer answer)
      throws JsonProcessingException {
    Checklist checklist = new Checklists().newest("enterprise-environment");
    assertEquals(
        answer,
        new Rules(checklist, Json.MAPPER.readTree(elements))
            .evaluate(checklist.task("products.accept-uat").orElseThrow().condition(), Map.of()));
  }

  @Test
  void isTheCustomersWord() {
    Outcome.Waiting asked = waitsFor("accept", bench.attempt(task));
    assertEquals(Party.CUSTOMER, asked.party());

    bench.by("anna").answer("accept", ACCEPTED);
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("UAT accepted by anna, 2026-11-24"), evidence);
  }

  @Test
  void aRefusalIsMendedByTheVendorAndAskedAnew() {
    bench.answer("accept", "{\"accepted\":false,\"reason\":\"The mails are in French.\"}");
    Outcome.Waiting mending = waitsFor("mend", bench.attempt(task));
    assertEquals(Party.VENDOR, mending.party());
    assertTrue(mending.instructions().contains("The mails are in French."), mending::instructions);

    bench.answer("mend", "engineer", "{}");
    Outcome.Waiting again = waitsFor("accept", bench.attempt(task));
    assertEquals("uat.mended", again.problem().code());

    bench.answer("accept", "{\"accepted\":false,\"reason\":\"Now they are in Dutch.\"}");
    assertTrue(waitsFor("mend", bench.attempt(task)).instructions().contains("Dutch"));
    bench.answer("mend", "engineer", "{}").attempt(task);
    bench.answer("accept", ACCEPTED);
    done(bench.attempt(task));
  }

  @Test
  void aWordWithoutYesOrNoIsNone() {
    bench.answer("accept");
    assertEquals("uat.not-accepted", waitsFor("accept", bench.attempt(task)).problem().code());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "release      | {\"mnohub\":{\"version\":\"4.3.0\"}}        | true",
        "applications | {\"items\":[]}                              | true",
        "tenants      | {\"uat\":{\"count\":0},\"production\":{\"count\":1}} | true",
        // A tenant more in Production is nothing that was seen in UAT.
        "tenants      | {\"uat\":{\"count\":1,\"list\":[{\"name\":\"acme\"}]},\"production\":{\"count\":2}} | false",
      })
  void holdsForWhatTheCustomerSaw(String element, String changed, boolean isAskedAnew) {
    bench.answer("accept", ACCEPTED).attempt(task);
    bench.element(element, changed);
    Outcome outcome = bench.attempt(task);
    if (isAskedAnew) {
      assertEquals("statement.outdated", waitsFor("accept", outcome).problem().code());
    } else {
      done(outcome);
    }
  }
}
