package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.InvalidProbe;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A probe runner: fetches what waits, shows each probe, runs what is consented to, and hands the
 * results in.
 */
public final class Runner {
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int POST_TRIES = 3;

  private final RunnerApi api;
  private final ProbeExecution execution;
  private final Consent consent;
  private final Logins logins;
  private final Pause pause;
  private final Consumer<String> say;
  private final Set<String> leftAlone = new HashSet<>();

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Waits. */
    void take(Duration time) throws InterruptedException;
  }

  /**
   * @param consent is asked for every probe, after it was shown
   * @param say shows a line to the person who started the runner
   */
  public Runner(
      RunnerApi api,
      ProbeExecution execution,
      Consent consent,
      Logins logins,
      Pause pause,
      Consumer<String> say) {
    this.api = api;
    this.execution = execution;
    this.consent = consent;
    this.logins = logins;
    this.pause = pause;
    this.say = say;
  }

  /**
   * Enrols a new key with a code.
   *
   * @throws RunnerFailure if Slipway refuses, or cannot be reached
   */
  public RunnerKey enrol(EnrolmentCode code) {
    RunnerKey key = RunnerKey.make(code);
    switch (api.redeem(code, key)) {
      case RunnerApi.Answer.Done done ->
          say.accept(
              "Enrolled as probe runner %s (%s) of %s, until %s."
                  .formatted(
                      key.runner(),
                      done.body().path("name").asText(),
                      done.body().path("onboardingName").asText(),
                      done.body().path("expiresAt").asText()));
      case RunnerApi.Answer.Refused refused -> throw refusal(refused);
      case RunnerApi.Answer.Later later -> throw new RunnerFailure(later.why());
    }
    return key;
  }

  /** The result of one round. */
  public record Round(int run, int left, Duration pause) {}

  /**
   * Fetches and runs what waits, once.
   *
   * @throws RunnerFailure if Slipway does not listen to this runner any more
   */
  public Round round(RunnerKey key) throws InterruptedException {
    RunnerApi.Answer answer = api.fetch(key);
    return switch (answer) {
      case RunnerApi.Answer.Done done -> {
        int run = 0;
        int left = 0;
        for (JsonNode wanted : done.body().path("probes")) {
          if (handle(key, wanted)) {
            run++;
          } else {
            left++;
          }
        }
        int seconds = done.body().path("pauseSeconds").asInt(0);
        yield new Round(run, left, seconds > 0 ? bounded(seconds) : USUAL_PAUSE);
      }
      case RunnerApi.Answer.Refused refused -> throw refusal(refused);
      case RunnerApi.Answer.Later later -> {
        say.accept(later.why() + "; trying again.");
        yield new Round(0, 1, later.after().map(Runner::bounded).orElse(USUAL_PAUSE));
      }
    };
  }

  private static Duration bounded(long seconds) {
    return bounded(Duration.ofSeconds(seconds));
  }

  private static Duration bounded(Duration asked) {
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  /** Whether the probe was run and its result taken. */
  private boolean handle(RunnerKey key, JsonNode wanted) throws InterruptedException {
    String id = wanted.path("probe").asText();
    if (leftAlone.contains(id)) {
      return false;
    }
    Probe probe;
    try {
      probe = Probe.read(wanted.path("parameters"));
    } catch (InvalidProbe e) {
      return leave(id, "Refused to run probe " + id + ": " + e.getMessage());
    }
    if (!id.matches("[0-9A-Z]{26}") || !probe.hash().equals(wanted.path("hash").asText())) {
      return leave(id, "Refused to run a probe whose parameters are not those that were asked.");
    }
    show(id, probe, wanted);
    if (!consent.given()) {
      return leave(id, "  Not run.");
    }
    Optional<JsonNode> login =
        probe.login().isPresent() ? logins.of(probe.login().get()) : Optional.empty();
    if (login.isEmpty() && probe.needsLogin()) {
      return leave(
          id, "  Not run: it needs the login of `" + probe.login().orElse("") + "` (--logins).");
    }
    ProbeResult result =
        execution.run(id, probe, login.orElseGet(JsonNodeFactory.instance::objectNode));
    say.accept("  Saw: " + summary(result));
    return post(key, result);
  }

  private void show(String id, Probe probe, JsonNode wanted) {
    say.accept(
        "Probe %s, for %s (%s)"
            .formatted(id, wanted.path("task").asText(), wanted.path("step").asText()));
    say.accept("  %s at %s".formatted(probe.kind(), probe.against()));
    say.accept("  It " + probe.description() + ".");
  }

  private boolean leave(String id, String why) {
    leftAlone.add(id);
    say.accept(why);
    return false;
  }

  private static String summary(ProbeResult result) {
    return result.trouble() != null
        ? result.trouble().kind() + ": " + result.trouble().message()
        : result.facts().toString();
  }

  private boolean post(RunnerKey key, ProbeResult result) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      switch (api.post(key, result)) {
        case RunnerApi.Answer.Done done -> {
          say.accept("  Result taken.");
          return true;
        }
        case RunnerApi.Answer.Refused refused -> {
          if (refused.code().equals("probe.answered") && attempt > 1) {
            // The first answer was lost on its way: it had been taken.
            say.accept("  Result taken.");
            return true;
          }
          if (refused.code().startsWith("runner.")) {
            throw refusal(refused);
          }
          return leave(result.probe(), "  Result refused: " + refused.detail());
        }
        case RunnerApi.Answer.Later later -> {
          if (attempt == POST_TRIES) {
            say.accept("  The result could not be handed in: " + later.why() + ".");
            return false;
          }
          pause.take(later.after().map(Runner::bounded).orElse(Duration.ofSeconds(attempt)));
        }
      }
    }
  }

  private static RunnerFailure refusal(RunnerApi.Answer.Refused refused) {
    return new RunnerFailure(
        refused.detail() + (refused.code().isEmpty() ? "" : " (" + refused.code() + ")"));
  }
}
