package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AssignDockerAccountTest {
  private static final String DIGEST = "docker-content-digest";

  private Map<String, List<String>> head = Map.of(DIGEST, List.of("sha256:0a1b"));
  private int registryStatus = 200;
  private final FakeParties parties =
      new FakeParties()
          .host(
              "auth.docker.io",
              call -> FakePlatform.answer(call, registryStatus, "{\"token\":\"bearer-1\"}"))
          .host(
              "registry-1.docker.io",
              call -> new HttpAnswer(call, 200, head, Bytes.NONE, Instant.EPOCH));
  private final AssignDockerAccount task =
      new AssignDockerAccount(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.assign-docker-account")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("docker-account", "{\"user\":\"hosterpaas\",\"plan\":\"team\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("docker", "{\"user\":\"hosterpaas\",\"token\":\"dckr_pat_000000001\"}")
          .secret("test-customer", "{\"token\":\"customer-token-0001\"}");

  @Test
  void asksAPersonToAssignItAndCreatesAContainerOnce() {
    waitsFor("assign-account", bench.attempt(task));
    String evidence = done(bench.answer("assign-account").attempt(task));
    done(bench.attempt(task));

    assertTrue(evidence.contains("no rate limit headers"), evidence);
    assertTrue(evidence.contains("1 container made of nginx:alpine"), evidence);
    assertEquals(1, parties.platform.count("createenvironment"));
    assertTrue(parties.platform.environments.isEmpty());
    done(bench.verify(task));
  }

  @Test
  void makesOneContainerAlthoughTheAnswerIsLostOrTheProcessDies() {
    bench.answer("assign-account").crashAfterNotes(1);
    parties.platform.loseAnswerOf("createenvironment");

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, parties.platform.count("createenvironment"));
  }

  @Test
  void provesItAgainForAnotherToken() {
    bench.answer("assign-account");
    done(bench.attempt(task));

    bench.secret("docker", "{\"user\":\"hosterpaas\",\"token\":\"dckr_pat_000000002\"}");
    waitsFor("assign-account", bench.attempt(task));
    done(bench.answer("assign-account").attempt(task));

    assertEquals(2, parties.platform.count("createenvironment"));
  }

  @Test
  void namesAFreePlan() {
    head = Map.of(DIGEST, List.of("sha256:0a1b"), "ratelimit-limit", List.of("200;w=21600"));

    failed("docker.pulls-limited", "docker", "docker-account.plan", bench.attempt(task));
  }

  @Test
  void namesAWrongToken() {
    registryStatus = 401;

    failed("docker.authentication-failed", "docker", "credential:docker", bench.attempt(task));
  }

  @Test
  void namesAnotherUser() {
    bench.element("docker-account", "{\"user\":\"somebody\",\"plan\":\"team\"}");

    failed("docker.other-user", "docker", "docker-account.user", bench.attempt(task));
  }

  @Test
  void waitsForTheCachedPullBeforeItAsksAgain() {
    parties.platform.pull = "failed";
    bench.answer("assign-account");

    Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
    assertEquals(bench.now().plus(Duration.ofMinutes(10)), waiting.until());

    Outcome.Waiting again =
        waitsFor("assign-account", bench.after(Duration.ofMinutes(10)).attempt(task));
    assertEquals("docker.pull-failed", again.problem().code());

    parties.platform.pull = "ok";
    done(bench.answer("assign-account").attempt(task));
  }

  @Test
  void restsOnTheStatementWhenThePullStatusMayNotBeRead() {
    parties.platform.refuse("getdockerpullstatus");

    String evidence = done(bench.answer("assign-account").attempt(task));

    assertTrue(evidence.contains("it rests on the statement"), evidence);
  }

  @Test
  void namesThePlatformsReasonWhenNoContainerCanBeCreated() {
    bench.answer("assign-account");
    parties.host(
        "app.a.example",
        call ->
            call.asked().contains("CreateEnvironment")
                ? FakePlatform.answer(call, 200, "{\"result\":99,\"error\":\"toomanyrequests\"}")
                : parties.platform.answer(call));

    failed(
        "test-customer.rejected", "test-customer", "credential:test-customer", bench.attempt(task));
  }
}
