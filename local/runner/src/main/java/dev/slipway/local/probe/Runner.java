package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
  private final Execution execution;
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
      Execution execution,
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
          switch (handle(key, wanted)) {
            case RUN -> run++;
            case LEFT -> left++;
            case OF_ANOTHER -> {}
          }
        }
        int seconds = done.body().path("pauseSeconds").asInt(0);
        yield new Round(run, left, seconds > 0 ? bounded(seconds) : USUAL_PAUSE);
      }
      case RunnerApi.Answer.Refused refused -> throw RunnerFailure.of(refused);
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

  /** What became of a probe in this round. */
  private enum Handled {
    /** It was run, and its result taken. */
    RUN,
    /** It was not run, or its result not taken. */
    LEFT,
    /** It is for a runner of another kind: probes for a probe runner, jobs for a data runner. */
    OF_ANOTHER
  }

  private Handled handle(RunnerKey key, JsonNode wanted) throws InterruptedException {
    String id = wanted.path("probe").asText();
    if (leftAlone.contains(id)) {
      return Handled.LEFT;
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
    if (!execution.takes(probe)) {
      return Handled.OF_ANOTHER;
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
    return post(key, result) ? Handled.RUN : Handled.LEFT;
  }

  private void show(String id, Probe probe, JsonNode wanted) {
    say.accept(
        "Probe %s, for %s (%s)"
            .formatted(id, wanted.path("task").asText(), wanted.path("step").asText()));
    say.accept("  %s at %s".formatted(probe.kind(), probe.against()));
    say.accept("  It " + probe.description() + ".");
  }

  private Handled leave(String id, String why) {
    leftAlone.add(id);
    say.accept(why);
    return Handled.LEFT;
  }

  private static String summary(ProbeResult result) {
    return result.trouble() != null
        ? result.trouble().kind() + ": " + result.trouble().message()
        : result.facts().toString();
  }

  /** Whether the result was taken. */
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
            throw RunnerFailure.of(refused);
          }
          leave(result.probe(), "  Result refused: " + refused.detail());
          return false;
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
}
