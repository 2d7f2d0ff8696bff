package dev.slipway.local.probe;

import dev.slipway.systems.net.HostPort;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The probe runner as a command: {@code slipway probe}, or a jar of its own. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Look, from inside a network, at what only that network reaches.",
    description = {
      "",
      "Runs the probes that Slipway asks for one onboarding, and hands the results in, signed. It"
          + " makes outbound connections only: HTTPS to Slipway, and to the addresses of the"
          + " probes, each of which it shows before it runs it. It can run the built-in probes and"
          + " nothing else, and it changes nothing but one small object that it writes and deletes"
          + " again in a backup storage.",
      "",
      "The code is used once. The key that it enrols stays in this process's memory, or in"
          + " --key-file. Logins that a probe needs are asked for here, or read from --logins; they"
          + " are sent to the system that they are for, and nowhere else.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --api https://slipway.example --code hoster-7sqrdz31.x8k2m9q4tz.…",
      "      asks before each probe, and goes on until Ctrl-C",
      "  ${COMMAND-FULL-NAME} --api https://slipway.example --code … --yes --once --logins"
          + " logins.json",
      "      runs what waits, and ends",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:with --once: every probe that waited was run, and its result was taken",
      "1:a probe was left out, or Slipway refused or could not be reached; the lines say why",
      "2:wrong usage or input",
      "130:interrupted"
    })
public final class ProbeCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  @Spec private CommandSpec spec;
  @Mixin private RunnerOptions options;

  @Option(
      names = "--probe-proxy",
      paramLabel = "HOST:PORT",
      description = "A proxy (CONNECT) that probes have to take inside the network.")
  private String probeProxy;

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      description = "The DNS server that probes ask, instead of the system's.")
  private String dns;

  /** A command that writes there. */
  public ProbeCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    InnerNetworks inside =
        new InnerNetworks(hostPort("--probe-proxy", probeProxy), hostPort("--dns", dns));
    return options.run(
        out,
        err,
        enrolled -> new ProbeExecution(inside.egress(enrolled.trusted(), InstantSource.system())));
  }

  private Optional<HostPort> hostPort(String option, String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": must be HOST:PORT");
    }
  }
}
