package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** M17: people give the rights, and each administrator states the pages that they give. */
final class GrantPlatformRightsTest {
  private static final String ANNA =
      "{\"email\":\"Anna@a.example\",\"views\":[\"users\",\"organisations\",\"apiCredentials\"]}";
  private static final String OTTO = "{\"email\":\"otto@a.example\",\"views\":[\"users\"]}";

  private final GrantPlatformRights task =
      new GrantPlatformRights(FunctionContext.of(Map.of(), InstantSource.system()));
  private final Bench bench =
      new Bench("products.grant-platform-rights")
          .at("environment", "uat")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.a.example\"}}")
          .element(
              "platform-admins",
              """
              [{"name":"Anna","email":"anna@a.example"},
               {"name":"Otto","email":"otto@a.example","access":["users"]}]""");

  private void seen(String... people) {
    bench.answer("views", "{\"seen\":[%s]}".formatted(String.join(",", people)));
  }

  @Test
  void theVendorGivesTheRightsAndEachAdministratorStatesWhatTheySaw() {
    assertEquals(Party.VENDOR, waitsFor("grant", bench.attempt(task)).party());
    bench.answer("grant", "engineer", "{}");
    assertEquals(Party.CUSTOMER, waitsFor("views", bench.attempt(task)).party());

    seen(ANNA, OTTO);

    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("2 administrator(s)"), evidence);
    done(bench.verify(task));
  }

  @Test
  void whoIsMissingIsToldAndWhatWasStatedIsKept() {
    bench.answer("grant", "engineer", "{}");
    seen(ANNA);

    Outcome.Waiting asked = waitsFor("views", bench.attempt(task));
    assertEquals("platform-admins.not-seen", asked.problem().code());
    assertTrue(asked.problem().message().contains("otto@a.example: `users`"));
    assertFalse(asked.problem().message().contains("anna"));
    assertFalse(bench.notes().contains("anna@a.example"), bench::notes);

    seen(OTTO);
    done(bench.attempt(task));
  }

  @Test
  void aPageThatWasNotSeenIsNamed() {
    bench.answer("grant", "engineer", "{}");
    seen("{\"email\":\"anna@a.example\",\"views\":[\"users\"]}", OTTO);

    String said = waitsFor("views", bench.attempt(task)).problem().message();
    assertTrue(said.contains("anna@a.example: `organisations`, `apiCredentials`"), said);
  }
}
