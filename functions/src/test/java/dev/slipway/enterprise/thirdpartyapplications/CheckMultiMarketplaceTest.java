package dev.slipway.enterprise.thirdpartyapplications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** M31: the vendor says whether an application serves several marketplaces, and looks. */
class CheckMultiMarketplaceTest {
  private static final String LINK = "\"link\":\"https://developers.maestrano.com/apps/ranqx\"";

  private final CheckMultiMarketplace task =
      new CheckMultiMarketplace(FunctionContext.of(Map.of(), InstantSource.system()));
  private final Bench bench =
      new Bench("third-party-applications.check-multi-marketplace").at("application", "ranqx");

  private Bench facts(String facts) {
    return bench.element("application-facts", facts);
  }

  @Test
  void whatIsNotKnownIsAskedOfTheVendor() {
    assertTrue(
        waitsFor(null, facts("{\"managed\":\"no\",\"multiMarketplace\":\"unknown\"}").attempt(task))
            .instructions()
            .contains("whether it serves several marketplaces"));
  }

  @Test
  void oneThatServesNoOtherIsFoundAndItsProviderIsAsked() {
    facts("{\"managed\":\"no\",\"multiMarketplace\":\"no\"}");
    waitsFor("look", bench.attempt(task));

    String evidence = done(bench.answer("look").attempt(task));

    assertTrue(evidence.contains("its provider is asked to migrate it"), evidence);
  }

  @Test
  void oneThatServesSeveralIsShownOnItsPage() {
    facts("{\"managed\":\"yes\",\"multiMarketplace\":\"yes\"}");
    assertEquals(
        "statement.no-link", waitsFor("look", bench.answer("look").attempt(task)).problem().code());

    String evidence = done(bench.answer("look", "{" + LINK + "}").attempt(task));

    assertTrue(evidence.contains("serves several marketplaces"), evidence);
  }

  @Test
  void whatIsSeenOtherwiseIsTold() {
    facts("{\"managed\":\"yes\",\"multiMarketplace\":\"yes\"}");

    var problem =
        waitsFor(
                "look",
                bench.answer("look", "{\"multiMarketplace\":\"no\"," + LINK + "}").attempt(task))
            .problem();

    assertEquals("application.other-than-declared", problem.code());
    assertEquals("application-facts.ranqx.multiMarketplace", problem.field());
  }

  @Test
  void afterItsMigrationItIsLookedAtAgain() {
    facts("{\"managed\":\"no\",\"multiMarketplace\":\"no\"}");
    done(bench.answer("look").attempt(task));

    facts("{\"managed\":\"yes\",\"multiMarketplace\":\"no\",\"migratedOn\":\"2026-12-20\"}");
    waitsFor("look", bench.attempt(task));
    String evidence = done(bench.answer("look", "{" + LINK + "}").attempt(task));

    assertTrue(evidence.contains("migrated on 2026-12-20"), evidence);
  }
}
