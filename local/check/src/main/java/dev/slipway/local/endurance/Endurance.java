package dev.slipway.local.endurance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.run.Profile;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Takes one profile's onboarding to its end again and again, killing the runtime on the way, until
 * it was killed often enough. The first onboarding is left alone: it shows what the others must
 * have done.
 */
public final class Endurance {
  /** A round that is killed more often than that is let run to its end. */
  private static final int KILLS_PER_ROUND = 8;

  /** A killed onboarding must end within so many times the undisturbed one's time. */
  private static final int SLACK = 5;

  /** It may take as long as that in any case: the machine may have become busier since. */
  private static final Duration LEAST_SLACK = Duration.ofMinutes(6);

  private final String mainClass;
  private final Profile profile;
  private final Path folder;
  private final Random random;
  private final PrintStream out;
  private final Instant deadline;
  private final SecretMarkers secrets;

  /**
   * @param mainClass the command line's main class
   * @param folder for everything that is kept while it lasts
   * @param out gets one line per kill and round
   * @param timeout no round begins later than that
   */
  public Endurance(
      String mainClass,
      Profile profile,
      Path folder,
      Random random,
      PrintStream out,
      Duration timeout) {
    this.mainClass = mainClass;
    this.profile = profile;
    this.folder = folder;
    this.random = random;
    this.out = out;
    this.deadline = Instant.now().plus(timeout);
    this.secrets = SecretMarkers.of(profile);
  }

  /**
   * The result.
   *
   * @param faults each in a sentence; empty: none
   */
  public record Result(int kills, int rounds, List<String> faults) {}

  /** One onboarding, with all it needs. */
  private record Round(String name, Path folder, Path report, KilledProcess process) {}

  /**
   * Kills as often as asked, or until the time is over.
   *
   * @throws IOException if a process cannot be started, or a file cannot be read
   * @throws InterruptedException if the wait for a process is interrupted
   */
  public Result killed(int times) throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    int kills = 0;
    int rounds = 0;
    try (SandboxProcess sandbox = SandboxProcess.start(folder.resolve("third-parties"))) {
      SandboxControl control = sandbox.control();
      Round first = round("undisturbed", sandbox);
      Instant began = Instant.now();
      KilledProcess.End end = first.process().runFor(Duration.between(began, deadline));
      Duration usual = Duration.between(began, Instant.now());
      List<String> wrong = new ArrayList<>();
      if (!end.equals(new KilledProcess.End.Exited(0))) {
        wrong.add("ended with " + end + "; see " + first.folder());
        return new Result(0, 0, wrong);
      }
      Trace undisturbed = Trace.of(control, report(first));
      wrong.addAll(secrets.shownIn(first.folder()));
      tell(first, "ended in " + seconds(usual) + " s", wrong, faults);
      while (kills < times && Instant.now().isBefore(deadline)) {
        control.reset();
        rounds++;
        Round round = round("round-" + rounds, sandbox);
        int killed = kill(round, usual, Math.min(KILLS_PER_ROUND, times - kills), kills);
        kills += killed;
        Instant resumed = Instant.now();
        KilledProcess.End last = round.process().runFor(slack(usual));
        String took = seconds(Duration.between(resumed, Instant.now()));
        List<String> found = faults(round, last, control, undisturbed);
        tell(round, killed + " kills, then ended in " + took + " s", found, faults);
      }
      if (kills < times) {
        faults.add("the time was over after " + kills + " kills");
      }
    }
    return new Result(kills, rounds, faults);
  }

  /** Kills one onboarding at random points, until it ends by itself before its turn. */
  private int kill(Round round, Duration usual, int most, int before)
      throws IOException, InterruptedException {
    for (int killed = 0; killed < most; killed++) {
      Duration moment = Duration.ofMillis(random.nextLong(usual.toMillis() * 2 / 3));
      if (round.process().runFor(moment) instanceof KilledProcess.End.Exited) {
        return killed;
      }
      out.println(
          "kill %d  %s, after %s s".formatted(before + killed + 1, round.name(), seconds(moment)));
    }
    return most;
  }

  private List<String> faults(
      Round round, KilledProcess.End end, SandboxControl control, Trace undisturbed)
      throws IOException {
    List<String> found = new ArrayList<>();
    if (!end.equals(new KilledProcess.End.Exited(0))) {
      found.add("did not finish: " + end);
    }
    if (Files.exists(round.report())) {
      found.addAll(Trace.of(control, report(round)).faults(undisturbed));
    } else {
      found.add("wrote no report");
    }
    found.addAll(secrets.shownIn(round.folder()));
    return found;
  }

  private void tell(Round round, String what, List<String> found, List<String> all)
      throws IOException {
    out.println(round.name() + "  " + what + (found.isEmpty() ? ": all right" : ": NOT RIGHT"));
    for (String fault : found) {
      out.println("    " + fault);
      all.add(round.name() + ": " + fault);
    }
    out.flush();
  }

  private Round round(String name, SandboxProcess sandbox) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Path report = place.resolve("report.json");
    return new Round(
        name,
        place,
        report,
        new KilledProcess(
            mainClass,
            profile.file(),
            sandbox.endpoints().control(),
            place.resolve("data"),
            report,
            place.resolve("output.log")));
  }

  private static Duration slack(Duration usual) {
    Duration slack = usual.multipliedBy(SLACK);
    return slack.compareTo(LEAST_SLACK) < 0 ? LEAST_SLACK : slack;
  }

  private static JsonNode report(Round round) throws IOException {
    return Json.MAPPER.readTree(round.report().toFile());
  }

  private static String seconds(Duration time) {
    return "%.1f".formatted(time.toMillis() / 1000.0);
  }
}
