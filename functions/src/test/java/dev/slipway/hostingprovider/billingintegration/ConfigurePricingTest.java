package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private final FakeBilling parties = new FakeBilling();
  private final ConfigurePricing task =
      new ConfigurePricing(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("billing-integration.configure-pricing")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("currency", "{\"code\":\"EUR\"}")
          .element("pricing", PRICING)
          .secret("platform", "{\"token\":\"platform-token-0001\"}");

  @Test
  void addsAssignsAndRecomputes() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(2, parties.count("addtariff"));
    assertEquals(1, parties.count("addpricing"));
    assertEquals(1, parties.count("setpricingmodels"));
    assertEquals(Map.of("eu1", "70"), parties.assigned);
    assertTrue(evidence.contains("the sample costs 43.92 EUR, as it is meant to"), evidence);
    done(bench.verify(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"addtariff", "addpricing", "setpricingmodels"})
  void addsNothingTwiceWhenTheAnswerIsLost(String method) {
    parties.loseAnswerOf(method);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertEquals(2, parties.tariffs.size());
    assertEquals(1, parties.models.size());
  }

  @Test
  void neverChangesAPriceThatIsThere() {
    done(bench.attempt(task));
    bench.element("pricing", PRICING.replace("0.0002", "0.0003").replace("43.92", "45.36"));

    failed("pricing.tariff-differs", "platform", "pricing.tariffs", bench.attempt(task));
    assertEquals(2, parties.count("addtariff"));
  }

  @Test
  void isAPersonsWithoutPermission() {
    parties.refused.addAll(List.of("addtariff", "addpricing", "setpricingmodels"));
    waitsFor("create-tariffs", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor("create-tariffs", bench.answer("create-tariffs").attempt(task));
    assertEquals("pricing.no-tariff", again.problem().code());
  }

  @Test
  void aPersonsWordStandsWhereNothingMayBeRead() {
    parties.refused.addAll(
        List.of("gettariffsinner", "getpricing", "getgroups", "getpricingmodels"));
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
    assertTrue(parties.calls.isEmpty());
  }

  @Test
  void licenceGridsAreTheVendors() {
    bench.element(
        "pricing",
        PRICING.replace("\"licences\":{\"free\":true}", "\"licences\":{\"grids\":[\"Windows\"]}"));

    waitsFor("add-licences", bench.attempt(task));
    done(bench.answer("add-licences").attempt(task));
  }
}
