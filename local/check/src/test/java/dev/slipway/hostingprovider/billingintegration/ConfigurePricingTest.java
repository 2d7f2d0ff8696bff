package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V12 against the stand-in of the platform. */
final class ConfigurePricingTest {
  private static final String PRICING =
      """
      {"resources":{"storage":{"tariffs":["Disk"]},"memory":{"tariffs":["Dyn"]},
        "cpu":{"tariffs":["Dyn"]},"traffic":{"free":true},"publicIps":{"free":true},
        "licences":{"free":true}},
       "tariffs":[{"name":"Dyn","type":"dynamic-cloudlets",
          "tiers":[{"from":"0","price":"0.006"},{"from":"8","price":"0.0045"}]},
        {"name":"Disk","type":"disk","tiers":[{"from":"0","price":"0.0002"}]}],
       "models":[{"name":"Standard","tariffs":["Dyn","Disk"]}],
       "groups":[{"name":"trial","type":"trial","models":[{"region":"eu1","model":"Standard"}]}],
       "sample":{"model":"Standard","dynamicCloudlets":10,"diskGb":20,"hours":720,
        "expected":"43.92"}}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConfigurePricing task = new ConfigurePricing(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("billing-integration.configure-pricing")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("currency", "{\"code\":\"EUR\"}")
          .element("pricing", PRICING)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN));

  @Test
  void addsAssignsAndRecomputes() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(2, control.count("platform", "billing.pricing.AddTariff"));
    assertEquals(1, control.count("platform", "billing.pricing.AddPricing"));
    assertEquals(1, control.count("platform", "billing.groupquota.SetPricingModels"));
    JsonNode platform = control.world().path("platform");
    assertEquals(
        platform.at("/pricing/0/id").asText(), platform.at("/groups/trial/models/eu1").asText());
    assertEquals(1, platform.at("/groups/trial/models").size());
    assertTrue(evidence.contains("the sample costs 43.92 EUR, as it is meant to"), evidence);
    done(bench.verify(task));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "billing.pricing.AddTariff",
        "billing.pricing.AddPricing",
        "billing.groupquota.SetPricingModels"
      })
  void addsNothingTwiceWhenTheAnswerIsLost(String method) {
    SANDBOX.loseAnswerOf("platform", method);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertEquals(2, control.world().at("/platform/tariffs").size());
    assertEquals(1, control.world().at("/platform/pricing").size());
  }

  @Test
  void neverChangesAPriceThatIsThere() {
    done(bench.attempt(task));
    bench.element("pricing", PRICING.replace("0.0002", "0.0003").replace("43.92", "45.36"));

    failed("pricing.tariff-differs", "platform", "pricing.tariffs", bench.attempt(task));
    assertEquals(2, control.count("platform", "billing.pricing.AddTariff"));
  }

  @Test
  void isAPersonsWithoutPermission() {
    SANDBOX.deny(
        PLATFORM_TOKEN,
        "billing.pricing.AddTariff",
        "billing.pricing.AddPricing",
        "billing.groupquota.SetPricingModels");
    waitsFor("create-tariffs", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor("create-tariffs", bench.answer("create-tariffs").attempt(task));
    assertEquals("pricing.no-tariff", again.problem().code());
  }

  @Test
  void aPersonsWordStandsWhereNothingMayBeRead() {
    SANDBOX.deny(
        PLATFORM_TOKEN,
        "billing.pricing.GetTariffsInner",
        "billing.pricing.GetPricing",
        "billing.groupquota.GetGroups",
        "billing.groupquota.GetPricingModels");
    for (String step : List.of("create-tariffs", "create-models", "assign-models")) {
      waitsFor(step, bench.attempt(task));
      bench.answer(step);
    }

    assertTrue(done(bench.attempt(task)).contains("it rests on the statement"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "43.92 43.93 sample",
        "\"storage\":{\"tariffs\":[\"Disk\"]} \"storage\":{\"tariffs\":[\"Dyn\"]} resources.storage",
        "\"cpu\":{\"tariffs\":[\"Dyn\"]} \"cpu\":{\"free\":true} resources.cpu",
        "[\"Dyn\",\"Disk\"] [\"Dyn\"] models",
        "\"from\":\"8\" \"from\":\"0\" tariffs",
        "\"model\":\"Standard\"}] \"model\":\"Other\"}] groups"
      })
  void namesWhatDoesNotHoldTogether(String change) {
    String[] parts = change.split(" ", -1);
    bench.element("pricing", PRICING.replace(parts[0], parts[1]));

    failed("pricing.list", "slipway", "pricing." + parts[2], bench.attempt(task));
    assertTrue(control.calls().isEmpty());
  }

  @Test
  void licenceGridsAreTheVendors() {
    bench.element(
        "pricing",
        PRICING.replace("\"licences\":{\"free\":true}", "\"licences\":{\"grids\":[\"Windows\"]}"));

    waitsFor("add-licences", bench.attempt(task));
    ObjectNode grids = Json.object();
    grids.putArray("grids").add("Windows");
    control.act("add-licence-grids", grids);
    done(bench.answer("add-licences").attempt(task));
  }
}
