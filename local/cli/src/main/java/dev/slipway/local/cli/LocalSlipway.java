package dev.slipway.local.cli;

import dev.slipway.context.FunctionContext;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.lambda.LogFolder;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.run.Callers;
import dev.slipway.local.run.Pace;
import dev.slipway.local.run.People;
import dev.slipway.local.run.RealPace;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.SlipwayExtensions;
import dev.slipway.local.run.StandIns;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.StateMachineResource;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The whole of Slipway on this machine: the runtime, and the third parties' stand-ins. */
public final class LocalSlipway implements AutoCloseable {
  private static final String STACK = "slipway";

  /**
   * The template's parameters. The runtime checks tokens by its own issuer's key, whichever issuer
   * the parameters name. Reminders go out at any hour, for a person who tries them by night.
   */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "JwtIssuer",
          "http://127.0.0.1",
          "MailFrom",
          SandboxDefaults.SLIPWAY_MAIL_FROM,
          "MailsFromHour",
          "0",
          // The sign-in page of the local issuer, at whichever address this origin has.
          "WebClientId",
          "slipway-web",
          "WebAuthorizeUrl",
          "/.local/authorize",
          "WebTokenUrl",
          "/.local/token",
          "WebLogoutUrl",
          "/.local/sign-out");

  private final HttpClient http = SlipwayApi.httpClient();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LocalTime time;
  private final SandboxEndpoints standIns;
  private final SandboxControl sandbox;
  private final InsideRunners runners;
  private final LocalRuntime runtime;
  private final People people;
  private FunctionContext ledger;

  /**
   * The options of a local Slipway.
   *
   * @param data where everything is kept; empty: nowhere
   * @param sandbox the control address of a sandbox that runs already; empty: one of its own
   * @param simulated whether time passes at once when nothing is under way
   * @param bind where API, AWS endpoint and the ways to the stand-ins listen
   * @param ports on which
   * @param logs where the functions' log lines go; empty: into the data folder, if there is one
   */
  public record Wishes(
      Optional<Path> data,
      Optional<URI> sandbox,
      boolean simulated,
      InetAddress bind,
      Ports ports,
      Optional<Path> logs) {

    /** Real time, on loopback. */
    public static Wishes of(Path data, Path logs) {
      return new Wishes(
          Optional.ofNullable(data),
          Optional.empty(),
          false,
          InetAddress.getLoopbackAddress(),
          Ports.anyFree(),
          Optional.ofNullable(logs));
    }

    Wishes with(URI otherSandbox) {
      return new Wishes(data, Optional.ofNullable(otherSandbox), simulated, bind, ports, logs);
    }

    /** Whether time passes at once when nothing is under way. */
    public Wishes simulated(boolean isSimulated) {
      return new Wishes(data, sandbox, isSimulated, bind, ports, logs);
    }

    Wishes at(InetAddress address, Ports wished) {
      return new Wishes(data, sandbox, simulated, address, wished, logs);
    }

    private LogSink logSink() {
      return logs.or(() -> data.map(folder -> folder.resolve("logs")))
          .<LogSink>map(LogFolder::new)
          .orElseGet(LogSink::none);
    }
  }

  private LocalSlipway(Wishes wishes) {
    try {
      wishes.ports().requireFree(wishes.bind());
      wishes.data().ifPresent(folder -> open.push(lock(folder)));
      time =
          wishes.simulated()
              ? LocalTime.simulated(new SimulatedTime(Instant.now()))
              : LocalTime.real();
      standIns = wishes.sandbox().map(this::known).orElseGet(() -> own(wishes));
      sandbox = new SandboxControl(standIns.control());
      RuntimeOptions options =
          RuntimeOptions.of(ProjectRoot.find(), STACK)
              .withAddress(wishes.bind(), wishes.ports().api(), wishes.ports().aws())
              .withTime(time)
              .withParameters(PARAMETERS)
              .withEnvironment(standIns.environment())
              .withMails(SmtpRelay.of(standIns.environment(), time.clock()))
              .withApi(new SlipwayExtensions(new SignInPeople(this::ledger)))
              .withBeforeResuming(LocalSlipway::releaseLeases)
              .withLogs(wishes.logSink());
      runtime =
          LocalRuntime.start(
              wishes.data().map(folder -> options.withData(runtimeFolder(folder))).orElse(options));
      open.push(runtime);
      people = new People(runtime.apiUri(), runtime.issuer());
      runners = new InsideRunners(http, runtime.apiUri(), standIns, time.clock());
      wishes
          .data()
          .map(
              new ServingNote(runtime.apiUri(), token(Role.MANAGER, "", false), standIns.control())
                  ::leave)
          .ifPresent(open::push);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything; answers when it listens. */
  public static LocalSlipway start(Wishes wishes) {
    return new LocalSlipway(wishes);
  }

  /** The runtime's part of a data folder. */
  static Path runtimeFolder(Path data) {
    return data.resolve("runtime");
  }

  /** The project's template as it is on this machine. */
  public static Template template() {
    return Template.read(
        ProjectRoot.find().resolve("template.yaml"), Stack.local(STACK, PARAMETERS));
  }

  private static void releaseLeases(LocalRuntime runtime) {
    FunctionContext context = context(runtime);
    DeadLeases.release(context.onboardings(), context.tasks(), context.clock().instant());
  }

  private static FunctionContext context(LocalRuntime runtime) {
    Map<String, String> environment =
        new HashMap<>(runtime.template().function("Wake").orElseThrow().environment());
    environment.put("AWS_REGION", runtime.template().stack().region());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", runtime.dynamoDbUri().toString());
    return FunctionContext.of(environment, runtime.time().clock());
  }

  private synchronized FunctionContext ledger() {
    if (ledger == null) {
      ledger = context(runtime);
    }
    return ledger;
  }

  private static DataLock lock(Path folder) {
    return DataLock.take(folder)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "the data folder "
                        + folder
                        + " is in use by another slipway; end that one first, or name another"
                        + " folder"));
  }

  private SandboxEndpoints known(URI control) {
    return SandboxEndpoints.fromJson(new SandboxControl(control).state().path("endpoints"));
  }

  private SandboxEndpoints own(Wishes wishes) {
    SandboxOptions options =
        wishes
            .data()
            .map(folder -> SandboxOptions.in(folder.resolve("sandbox")))
            .orElseGet(SandboxOptions::inMemory)
            .withClock(time.clock())
            .withReach(
                new SandboxOptions.Reach(
                    wishes.bind(), wishes.ports().proxy(), wishes.ports().dns()));
    try {
      Sandbox started = Sandbox.start(options);
      open.push(started);
      return started.endpoints();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cannot be started: " + e.getMessage(), e);
    }
  }

  /** Where people open the pages. */
  URI portal() {
    return runtime.apiUri().resolve("/app");
  }

  /** The runtime. */
  public LocalRuntime runtime() {
    return runtime;
  }

  /** The addresses of the stand-ins. */
  SandboxEndpoints endpoints() {
    return standIns;
  }

  /** A function of the runtime, past the API: for tools that measure or mend. */
  public FunctionContext context() {
    return context(runtime);
  }

  /** How many sections a checklist has of which each is an execution of its own. */
  public int sections(String checklist) {
    return (int)
        runtime.template().stateMachines().stream()
            .map(StateMachineResource::definitionFile)
            .filter(file -> file.getParent().endsWith(checklist))
            .filter(file -> !file.endsWith("onboarding.asl.json"))
            .count();
  }

  /** The stand-ins' control. */
  public SandboxControl sandbox() {
    return sandbox;
  }

  /** The people, with tokens of the runtime's own issuer. */
  Callers callers() {
    Map<String, SlipwayApi> known = new HashMap<>();
    return (role, onboarding, second) ->
        known.computeIfAbsent(
            role + "/" + onboarding + "/" + second, key -> people.as(role, onboarding, second));
  }

  /**
   * A token for a person.
   *
   * @param onboarding the customer's; empty: none
   */
  String token(Role role, String onboarding, boolean second) {
    return people.token(role, onboarding, second);
  }

  /** The stand-ins as a profile uses them. */
  StandIns standIns() {
    return new LocalStandIns(sandbox, runners);
  }

  /** How time passes for a run. */
  Pace pace() {
    return time.simulation()
        .<Pace>map(simulated -> new SimulatedPace(simulated, runtime::changes))
        .orElseGet(() -> new RealPace(time, runtime::changes));
  }

  /** The key that signs reports. */
  LocalSigner signer() {
    return new LocalSigner(runtime);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The rest still has to be closed; the process ends anyway.
        System.getLogger(LocalSlipway.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
      }
    }
  }
}
