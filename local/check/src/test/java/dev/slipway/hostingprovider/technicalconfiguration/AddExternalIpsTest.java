package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V02 against the stand-in of the platform. */
final class AddExternalIpsTest {
  private static final String TWO =
      """
      {"ranges":[{"from":"203.0.113.10","to":"203.0.113.12","regions":["eu1"]},
                 {"from":"203.0.113.20","to":"203.0.113.21","regions":["eu1"]}]}""";

  private static final String ATTACH = "environment.binder.AttachExtIp";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final AddExternalIps task = new AddExternalIps(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.add-external-ips")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("external-ip-ranges", TWO)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  @BeforeEach
  void assign() {
    SANDBOX.assignDockerAccount();
  }

  private int pool() {
    return control.world().at("/platform/extIps").size();
  }

  /** A person adds a range in the admin panel. */
  private void add(String from, String to) {
    control.act("add-external-ips", Map.of("from", from, "to", to));
  }

  @Test
  void addsWhatIsMissingAndAttachesOne() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(5, pool());
    assertEquals(2, control.count("platform", "administration.cluster.AddExtIps"));
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertEquals(1, control.count("platform", ATTACH));
    assertTrue(control.world().at("/platform/environments").isEmpty());
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

    assertEquals(5, pool());
    assertEquals(2, control.count("platform", "administration.cluster.AddExtIps"));
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertEquals(1, control.count("platform", ATTACH));
    assertTrue(control.world().at("/platform/environments").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AddExtIps", "CreateEnvironment", "AttachExtIp", "DeleteEnv"})
  void makesNothingTwiceWhenTheAnswerIsLost(String method) {
    SANDBOX.loseAnswerOf("platform", method);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertEquals(2, control.count("platform", "administration.cluster.AddExtIps"));
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertEquals(1, control.count("platform", ATTACH));
    assertTrue(control.world().at("/platform/environments").isEmpty());
  }

  @Test
  void adoptsWhatSomebodyAddedAlready() {
    add("203.0.113.10", "203.0.113.12");

    done(bench.attempt(task));

    assertEquals(1, control.count("platform", "administration.cluster.AddExtIps"));
  }

  @Test
  void namesAnOverlapWithThePool() {
    add("203.0.113.11", "203.0.113.11");

    failed("external-ips.overlap-pool", "platform", "external-ip-ranges", bench.attempt(task));
    assertEquals(0, control.count("platform", "administration.cluster.AddExtIps"));
  }

  @Test
  void namesAnOverlapOfRanges() {
    bench.element("external-ip-ranges", TWO.replace("113.20", "113.12"));

    failed("external-ips.overlap", "slipway", "external-ip-ranges.ranges[1]", bench.attempt(task));
    assertEquals(0, control.count("platform", "administration.cluster.AddExtIps"));
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
    SANDBOX.deny(PLATFORM_TOKEN, "administration.cluster.AddExtIps");
    SANDBOX.deny(TEST_CUSTOMER_TOKEN, ATTACH);
    waitsFor("add-ranges", bench.attempt(task));

    Outcome.Waiting again = waitsFor("add-ranges", bench.answer("add-ranges").attempt(task));
    assertEquals("external-ips.not-in-pool", again.problem().code());

    add("203.0.113.10", "203.0.113.12");
    add("203.0.113.20", "203.0.113.21");
    waitsFor("attach-address", bench.answer("add-ranges").attempt(task));
    String evidence = done(bench.answer("attach-address").attempt(task));
    assertTrue(evidence.contains("statement.add-ranges"), evidence);
    assertFalse(evidence.contains("added by machine"), evidence);
  }

  @Test
  void hasAPersonAttachOneWhenTheCustomerMayNot() {
    SANDBOX.deny(TEST_CUSTOMER_TOKEN, ATTACH);

    waitsFor("attach-address", bench.attempt(task));
    assertTrue(control.world().at("/platform/environments").isEmpty());
    String evidence = done(bench.answer("attach-address").attempt(task));

    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertTrue(evidence.contains("left to a person: test-customer.not-permitted"), evidence);
  }

  @Test
  void hasAPersonAttachOneWithoutATestCustomer() {
    Bench without =
        new Bench("technical-configuration.add-external-ips")
            .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
            .element("external-ip-ranges", TWO)
            .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN));

    waitsFor("attach-address", without.attempt(task));
    done(without.answer("attach-address").attempt(task));
    done(without.verify(task));
  }
}
