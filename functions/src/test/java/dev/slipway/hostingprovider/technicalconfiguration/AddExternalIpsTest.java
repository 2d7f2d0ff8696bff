package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

final class AddExternalIpsTest {
  private static final String TWO =
      """
      {"ranges":[{"from":"203.0.113.10","to":"203.0.113.12","regions":["eu1"]},
                 {"from":"203.0.113.20","to":"203.0.113.21","regions":["eu1"]}]}""";

  private final FakeParties parties = new FakeParties();
  private final AddExternalIps task =
      new AddExternalIps(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.add-external-ips")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("external-ip-ranges", TWO)
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("test-customer", "{\"token\":\"customer-token-0001\"}");

  @Test
  void addsWhatIsMissingAndAttachesOne() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(5, parties.platform.pool.size());
    assertEquals(2, parties.platform.count("addextips"));
    assertEquals(1, parties.platform.count("createenvironment"));
    assertEquals(1, parties.platform.count("attachextip"));
    assertTrue(parties.platform.environments.isEmpty());
    assertTrue(evidence.contains("added by machine at"), evidence);
    assertTrue(evidence.contains("attached 203.0.113.10 to a container"), evidence);
    done(bench.verify(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void makesNothingTwiceAfterACrash(int notes) {
    bench.crashAfterNotes(notes);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertEquals(5, parties.platform.pool.size());
    assertEquals(2, parties.platform.count("addextips"));
    assertEquals(1, parties.platform.count("createenvironment"));
    assertEquals(1, parties.platform.count("attachextip"));
    assertTrue(parties.platform.environments.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"addextips", "createenvironment", "attachextip", "deleteenv"})
  void makesNothingTwiceWhenTheAnswerIsLost(String method) {
    parties.platform.loseAnswerOf(method);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertEquals(2, parties.platform.count("addextips"));
    assertEquals(1, parties.platform.count("createenvironment"));
    assertEquals(1, parties.platform.count("attachextip"));
    assertTrue(parties.platform.environments.isEmpty());
  }

  @Test
  void adoptsWhatSomebodyAddedAlready() {
    parties.platform.pool.addAll(List.of("203.0.113.10", "203.0.113.11", "203.0.113.12"));

    done(bench.attempt(task));

    assertEquals(1, parties.platform.count("addextips"));
  }

  @Test
  void namesAnOverlapWithThePool() {
    parties.platform.pool.add("203.0.113.11");

    failed("external-ips.overlap-pool", "platform", "external-ip-ranges", bench.attempt(task));
    assertEquals(0, parties.platform.count("addextips"));
  }

  @Test
  void namesAnOverlapOfRanges() {
    bench.element("external-ip-ranges", TWO.replace("113.20", "113.12"));

    failed("external-ips.overlap", "slipway", "external-ip-ranges.ranges[1]", bench.attempt(task));
    assertEquals(0, parties.platform.count("addextips"));
  }

  @Test
  void namesAnOverlapWithAnInternalNetwork() {
    bench.element(
        "external-ip-ranges",
        TWO.replace("{\"ranges\"", "{\"internalNetworks\":[\"203.0.113.0/28\"],\"ranges\""));

    failed(
        "external-ips.overlap-internal",
        "slipway",
        "external-ip-ranges.ranges[0]",
        bench.attempt(task));
  }

  @Test
  void namesAnUnknownRegion() {
    bench.element("external-ip-ranges", TWO.replace("eu1", "us9"));

    failed("external-ips.unknown-region", "platform", "external-ip-ranges", bench.attempt(task));
  }

  @Test
  void hasAPersonAddThemAndAsksAgainUntilTheyAreThere() {
    parties.platform.refuse("addextips", "attachextip");
    waitsFor("add-ranges", bench.attempt(task));

    Outcome.Waiting again = waitsFor("add-ranges", bench.answer("add-ranges").attempt(task));
    assertEquals("external-ips.not-in-pool", again.problem().code());

    parties.platform.pool.addAll(
        List.of("203.0.113.10", "203.0.113.11", "203.0.113.12", "203.0.113.20", "203.0.113.21"));
    waitsFor("attach-address", bench.answer("add-ranges").attempt(task));
    String evidence = done(bench.answer("attach-address").attempt(task));
    assertTrue(evidence.contains("statement.add-ranges"), evidence);
    assertFalse(evidence.contains("added by machine"), evidence);
  }

  @Test
  void hasAPersonAttachOneWhenTheCustomerMayNot() {
    parties.platform.refuse("attachextip");

    waitsFor("attach-address", bench.attempt(task));
    assertTrue(parties.platform.environments.isEmpty());
    String evidence = done(bench.answer("attach-address").attempt(task));

    assertEquals(1, parties.platform.count("createenvironment"));
    assertTrue(evidence.contains("left to a person: test-customer.not-permitted"), evidence);
  }

  @Test
  void hasAPersonAttachOneWithoutATestCustomer() {
    Bench without =
        new Bench("technical-configuration.add-external-ips")
            .element("platform", "{\"domain\":\"a.example\"}")
            .element("external-ip-ranges", TWO)
            .secret("platform", "{\"token\":\"platform-token-0001\"}");

    waitsFor("attach-address", without.attempt(task));
    done(without.answer("attach-address").attempt(task));
    done(without.verify(task));
  }
}
