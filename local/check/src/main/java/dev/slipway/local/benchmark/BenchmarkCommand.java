package dev.slipway.local.benchmark;

import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.local.asl.benchmark.Heap;
import dev.slipway.local.asl.benchmark.InterpreterBenchmark;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.cli.LocalSlipway;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the interpreter, and many onboardings at once. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Measure the local runtime: transitions, memory, many onboardings at once.",
    description = {
      "",
      "Prints the interpreter's transitions per second and the memory of a waiting execution, then"
          + " how long onboardings take of which so many are started at once. They go through"
          + " functions, ledger, stream, Wake and Step Functions for each row of the checklist, but"
          + " call no third party: mandatory rows were waived, optional ones not chosen.",
      "",
      "Figures are for comparing with others of the same machine and run; see docs/benchmarks.md.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway benchmark --at-once 10,100,1000",
      "  slipway benchmark --cold-start",
      "  slipway benchmark --migration",
      ""
    })
public final class BenchmarkCommand implements Callable<Integer> {
  /** Few at once are over too soon to be measured once. */
  private static final int LEAST_MEASURED = 50;

  private static final int WAITING = 250;
  private static final int WARM_UP_OF_HEAP = 10;

  private static final Duration WAIT = Duration.ofDays(30);
  private static final int WAITS = 5;

  private final PrintStream out;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      defaultValue = "events/profiles/hosting-provider-minimal.json",
      description = "What is given at intake. Default: ${DEFAULT-VALUE}.")
  private Path profile;

  @Option(
      names = "--at-once",
      split = ",",
      paramLabel = "N",
      defaultValue = "10,100,1000",
      description = "How many onboardings are started at once. Default: ${DEFAULT-VALUE}.")
  private List<Integer> atOnce;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many onboardings go first and do not count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--without-interpreter", description = "Only onboardings.")
  private boolean withoutInterpreter;

  @Option(
      names = "--cold-start",
      description =
          "Only what the first call of a function costs, in a process of its own on one core, under"
              + " Lambda's runtime client.")
  private boolean coldStart;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often each function is started for that. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--migration",
      description =
          "Only the data runner's filter over a dump: its speed against a plain copy, its heap.")
  private boolean migration;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The size of that dump. Default: ${DEFAULT-VALUE}.")
  private int megabytes;

  /**
   * @param terminal where it writes
   */
  public BenchmarkCommand(Terminal terminal) {
    this.out = terminal.out();
  }

  @Override
  public Integer call() throws Exception {
    if (migration) {
      new MigrationBenchmark(megabytes).report(out);
      return 0;
    }
    Profile given = new ProfileReader(new Checklists()).read(profile);
    if (coldStart) {
      measureColdStarts(given);
      return 0;
    }
    if (!withoutInterpreter) {
      InterpreterBenchmark.report(out);
      out.printf(
          "heap for a waiting execution, in the service: %,d bytes%n",
          new ServiceBenchmark().bytesPerWaiting());
      out.flush();
    }
    try (LocalSlipway slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null))) {
      OnboardingBenchmark benchmark = benchmark(slipway, given);
      out.printf("warming up with %d onboardings of %d rows%n", warmUp, benchmark.rows());
      out.flush();
      benchmark.complete(warmUp);
      OnboardingBenchmark.Cost base = null;
      for (int count : atOnce) {
        OnboardingBenchmark.Cost each = each(benchmark, count);
        base = base == null ? each : base;
        out.printf(
            "%,6d onboardings at once, each: %,d ms (%.2f times the first),"
                + " %,d ms of processor time (%.2f times)%n",
            count,
            each.time().toMillis(),
            ratio(each.time(), base.time()),
            each.processor().toMillis(),
            ratio(each.processor(), base.processor()));
        out.flush();
      }
    }
    heapOfWaiting(given);
    waitWithReminders(given);
    return 0;
  }

  private void measureColdStarts(Profile given) throws Exception {
    Path project = ProjectRoot.find();
    new ColdStartBenchmark(
            project,
            DeployedArtifact.of(project),
            LocalSlipway.template(),
            new Checklists().newest(given.checklist()),
            given.elements(),
            rounds)
        .report(out);
  }

  private static OnboardingBenchmark benchmark(LocalSlipway slipway, Profile given) {
    FunctionContext context = slipway.context();
    return new OnboardingBenchmark(
        context.elements(),
        context.onboardings(),
        context.requests(),
        context.signals(),
        context.clock(),
        new Checklists().newest(given.checklist()),
        given.elements(),
        given.credentials().keySet());
  }

  /** In a Slipway of its own: leftovers of others would be let go in between. */
  private void heapOfWaiting(Profile given) throws Exception {
    try (LocalSlipway slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null))) {
      OnboardingBenchmark benchmark = benchmark(slipway, given);
      benchmark.complete(WARM_UP_OF_HEAP);
      long before = Heap.used();
      benchmark.waiting(WAITING);
      // Their first steps are over when nothing is under way any more.
      Thread.sleep(2_000);
      int executions = WAITING * (1 + slipway.sections(given.checklist()));
      out.printf(
          "heap for each of %,d waiting executions, with ledger and database: %,d bytes%n",
          executions, (Heap.used() - before) / executions);
      out.flush();
    }
  }

  /** Measures simulated time: an onboarding waits for people who are reminded and do nothing. */
  private void waitWithReminders(Profile given) throws Exception {
    try (LocalSlipway slipway =
        LocalSlipway.start(LocalSlipway.Wishes.of(null, null).simulated(true))) {
      benchmark(slipway, given).waiting(1, Set.of("contacts"));
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      // The first days warm up; the later days are all the same.
      time.advance(WAIT);
      List<Duration> rounds = new ArrayList<>();
      int mailsBefore = slipway.sandbox().mails().size();
      for (int round = 0; round < WAITS; round++) {
        long began = System.nanoTime();
        time.advance(WAIT);
        rounds.add(Duration.ofNanos(System.nanoTime() - began));
      }
      out.printf(
          "%d simulated days of waiting, with %d mails: %,d ms%n",
          WAIT.toDays(),
          (slipway.sandbox().mails().size() - mailsBefore) / WAITS,
          rounds.stream().sorted().toList().get(WAITS / 2).toMillis());
    }
  }

  private static double ratio(Duration one, Duration other) {
    return (double) one.toNanos() / other.toNanos();
  }

  /** The median of several rounds where one is short. */
  private static OnboardingBenchmark.Cost each(OnboardingBenchmark benchmark, int count)
      throws Exception {
    List<OnboardingBenchmark.Cost> rounds = new ArrayList<>();
    for (int measured = 0; measured < LEAST_MEASURED; measured += count) {
      rounds.add(benchmark.complete(count));
    }
    return rounds.stream()
        .sorted(Comparator.comparing(OnboardingBenchmark.Cost::time))
        .toList()
        .get(rounds.size() / 2);
  }
}
