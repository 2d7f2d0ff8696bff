package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.DOCKER_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.DOCKER_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.FREE_DOCKER_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.FREE_DOCKER_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** V03 against the stand-ins of Docker Hub and of the platform. */
final class AssignDockerAccountTest {

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final AssignDockerAccount task =
      new AssignDockerAccount(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.assign-docker-account")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("docker-account", account(DOCKER_USER))
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("docker", login(DOCKER_USER, DOCKER_TOKEN))
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  private static String account(String user) {
    return "{\"user\":\"%s\",\"plan\":\"team\"}".formatted(user);
  }

  private static String login(String user, String token) {
    return "{\"user\":\"%s\",\"token\":\"%s\"}".formatted(user, token);
  }

  @BeforeEach
  void assign() {
    SANDBOX.assignDockerAccount();
  }

  private long creations() {
    return control.count("platform", "environment.control.CreateEnvironment");
  }

  @Test
  void asksAPersonToAssignItAndCreatesAContainerOnce() {
    waitsFor("assign-account", bench.attempt(task));
    String evidence = done(bench.answer("assign-account").attempt(task));
    done(bench.attempt(task));

    assertTrue(evidence.contains("no rate limit headers"), evidence);
    assertTrue(evidence.contains("1 container made of nginx:alpine"), evidence);
    assertEquals(1, creations());
    assertTrue(control.world().at("/platform/environments").isEmpty());
    done(bench.verify(task));
  }

  @Test
  void makesOneContainerAlthoughTheAnswerIsLostOrTheProcessDies() {
    bench.answer("assign-account").crashAfterNotes(1);
    SANDBOX.loseAnswerOf("platform", "CreateEnvironment");

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, creations());
  }

  @Test
  void provesItAgainForAnotherToken() {
    bench.answer("assign-account");
    done(bench.attempt(task));

    control.patchWorld(
        "{\"docker\":{\"users\":{\"%s\":{\"tokens\":[\"%s\",\"dckr_pat_000000002\"]}}}}"
            .formatted(DOCKER_USER, DOCKER_TOKEN));
    bench.secret("docker", login(DOCKER_USER, "dckr_pat_000000002"));
    waitsFor("assign-account", bench.attempt(task));
    done(bench.answer("assign-account").attempt(task));

    assertEquals(2, creations());
  }

  @Test
  void namesAFreePlan() {
    bench
        .element("docker-account", account(FREE_DOCKER_USER))
        .secret("docker", login(FREE_DOCKER_USER, FREE_DOCKER_TOKEN));

    failed("docker.pulls-limited", "docker", "docker-account.plan", bench.attempt(task));
  }

  @Test
  void namesAWrongToken() {
    bench.secret("docker", login(DOCKER_USER, "dckr_pat_000000003"));

    failed("docker.authentication-failed", "docker", "credential:docker", bench.attempt(task));
  }

  @Test
  void namesAnotherUser() {
    bench.element("docker-account", account("somebody"));

    failed("docker.other-user", "docker", "docker-account.user", bench.attempt(task));
  }

  @Test
  void waitsForTheCachedPullBeforeItAsksAgain() {
    control.patchWorld("{\"platform\":{\"docker\":{\"account\":null}}}");
    bench.answer("assign-account");

    Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
    assertEquals(bench.now().plus(Duration.ofMinutes(10)), waiting.until());

    Outcome.Waiting again =
        waitsFor("assign-account", bench.after(Duration.ofMinutes(10)).attempt(task));
    assertEquals("docker.pull-failed", again.problem().code());

    assign();
    done(bench.answer("assign-account").attempt(task));
  }

  @Test
  void restsOnTheStatementWhenThePullStatusMayNotBeRead() {
    SANDBOX.deny(PLATFORM_TOKEN, "administration.monitoring.GetDockerPullStatus");

    String evidence = done(bench.answer("assign-account").attempt(task));

    assertTrue(evidence.contains("it rests on the statement"), evidence);
  }

  @Test
  void namesThePlatformsReasonWhenNoContainerCanBeCreated() {
    bench.answer("assign-account");
    control.fault(Fault.of("platform", "CreateEnvironment", 0, Fault.Kind.OK_WITH_ERROR));

    failed(
        "test-customer.rejected", "test-customer", "credential:test-customer", bench.attempt(task));
  }
}
