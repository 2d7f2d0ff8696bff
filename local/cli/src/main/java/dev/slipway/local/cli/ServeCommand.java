package dev.slipway.local.cli;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.probe.Interrupts;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps API and endpoints up, to be used by hand. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Keep API and endpoints up, to be used by hand.",
    description = {
      "",
      "Starts everything and keeps it up until it is interrupted: the pages for people, the HTTP"
          + " API, the endpoints for AWS's own tools, and the third parties' stand-ins. Prints where"
          + " they are, a token per role, and commands to try.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway serve",
      "  slipway serve --data ~/hoster --port 8080",
      "      goes on with what a run left in that folder",
      "  slipway serve --intake events/profiles/hosting-provider.json --bind 172.17.0.1"
          + " --exports serve.env",
      "      for containers, which reach this machine by Docker's bridge (README, \"Test with sam"
          + " local\")",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything in this folder; without it nothing outlives the process.")
  private Path data;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      description =
          "Listen there: the API, the AWS endpoint, and the ways to the third parties' stand-ins."
              + " Another address than loopback asks callers of the AWS endpoint for the access key"
              + " that is printed. Default: ${DEFAULT-VALUE}.")
  private InetAddress bind;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8480",
      description = "The API's port; 0 is any free one, here and below. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--aws-port",
      paramLabel = "N",
      defaultValue = "8481",
      description =
          "The port of the AWS endpoint, for all services. Default: ${DEFAULT-VALUE}, which"
              + " events/sam-local.json names too.")
  private int awsPort;

  @Option(
      names = "--proxy-port",
      paramLabel = "N",
      defaultValue = "8482",
      description =
          "The port of the proxy in front of the third parties' stand-ins. Default:"
              + " ${DEFAULT-VALUE}, which events/sam-local.json names too.")
  private int proxyPort;

  @Option(
      names = "--dns-port",
      paramLabel = "N",
      defaultValue = "8483",
      description =
          "The port of the name server that knows the stand-ins. Default: ${DEFAULT-VALUE}, which"
              + " events/sam-local.json names too.")
  private int dnsPort;

  @Option(
      names = "--intake",
      paramLabel = "PROFILE",
      description =
          "Give what this profile gives at the beginning of its onboarding, and start nothing. With"
              + " --data it is given once.")
  private Path intake;

  @Option(
      names = "--exports",
      paramLabel = "FILE",
      description =
          "Write there what a shell has to know to use all this, to be sourced: the API's address"
              + " and a manager's token, the onboarding of --intake, the access key, the stand-ins'"
              + " certificate authority. Taken away at the end.")
  private Path exports;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Write the functions' log lines there. Default: logs in the data folder.")
  private Path logs;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Optional<Profile> profile =
        intake == null
            ? Optional.empty()
            : Optional.of(new ProfileReader(new Checklists()).read(intake));
    try (Interrupts interrupts = Interrupts.handle(() -> {});
        LocalSlipway slipway =
            LocalSlipway.start(
                LocalSlipway.Wishes.of(data, logs)
                    .at(bind, new Ports(port, awsPort, proxyPort, dnsPort)))) {
      Optional<String> onboarding = profile.map(given -> take(slipway, given));
      try (var written = new ShellExports(slipway, onboarding).writeTo(exports)) {
        announce(slipway, terminal.out());
        written.file().ifPresent(file -> terminal.out().println("Written to " + file));
        interrupts.await();
      }
      terminal
          .out()
          .println(
              "Stopped."
                  + (data == null
                      ? ""
                      : " Everything is kept in %s; the same command goes on: %s"
                          .formatted(data, ShellWord.again(spec))));
    }
    return 0;
  }

  /** Answers the id of the onboarding. */
  private String take(LocalSlipway slipway, Profile profile) {
    var run =
        new OnboardingRun(
            profile,
            Optional.ofNullable(data),
            slipway.callers(),
            slipway.standIns(),
            terminal.lines(),
            slipway.pace(),
            Duration.ZERO,
            () -> false);
    run.plan();
    return run.onboarding();
  }

  private static void announce(LocalSlipway slipway, PrintStream out) {
    var runtime = slipway.runtime();
    var key = runtime.operatorKey();
    out.println("Pages            " + slipway.portal() + "  (open it in a browser)");
    out.println("API              " + runtime.apiUri());
    out.println("AWS endpoint     " + runtime.awsUri() + "  (Step Functions, Secrets Manager, …)");
    out.println("DynamoDB         " + runtime.dynamoDbUri());
    out.println(
        "Sandbox control  " + slipway.sandbox().state().path("endpoints").path("control").asText());
    out.println();
    for (Role role : new Role[] {Role.MANAGER, Role.ENGINEER}) {
      out.println((role == Role.ENGINEER ? "Token of an " : "Token of a ") + role.wireName() + ":");
      out.println("  " + slipway.token(role, "", false));
    }
    out.println(
        "For a customer, whose token names one onboarding, and for others: slipway token --help");
    out.println();
    out.println("Try:");
    out.println("  export AWS_ACCESS_KEY_ID=" + key.id());
    out.println("  export AWS_SECRET_ACCESS_KEY=" + key.secret());
    // Version 1 of the AWS CLI knows this name only; version 2 and the SDKs for Python know it too.
    out.println("  export AWS_DEFAULT_REGION=" + runtime.template().stack().region());
    out.println("  aws --endpoint-url " + runtime.awsUri() + " stepfunctions list-state-machines");
    out.println("  aws --endpoint-url " + runtime.awsUri() + " secretsmanager list-secrets");
    out.println("  aws --endpoint-url " + runtime.dynamoDbUri() + " dynamodb list-tables");
    out.println();
    out.println("Ctrl-C stops it.");
    out.flush();
  }
}
