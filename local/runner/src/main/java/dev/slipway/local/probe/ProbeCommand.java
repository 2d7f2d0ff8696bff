package dev.slipway.local.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.systems.net.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--api",
      paramLabel = "URL",
      required = true,
      description = "The address of Slipway's API, https.")
  private URI api;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "The one-time code, from `slipway enrol-probe-runner`.")
  private String code;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Keep the key there, readable by its owner only, so that the runner can be started again"
              + " without a code.")
  private Path keyFile;

  @Option(names = "--yes", description = "Run every probe without asking.")
  private boolean yes;

  @Option(names = "--once", description = "Run what waits now, and end.")
  private boolean once;

  @Option(
      names = "--logins",
      paramLabel = "FILE",
      description =
          "Logins by system, a JSON file such as {\"monitoring\": {\"user\": …, \"password\": …}}.")
  private Path logins;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description =
          "The proxy to Slipway. Without it HTTPS_PROXY and NO_PROXY of the environment count."
              + " Probes never go through it.")
  private String proxy;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of authorities to trust besides the well-known ones, for Slipway and"
              + " for probes.")
  private Path authorities;

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
    Thread main = Thread.currentThread();
    try (Interrupts interrupts = Interrupts.handle(main::interrupt)) {
      try {
        return run(interrupts);
      } catch (InterruptedException e) {
        if (!interrupts.asked()) {
          throw e;
        }
        return interrupted();
      } catch (RunnerFailure | UncheckedIOException e) {
        if (interrupts.asked()) {
          return interrupted();
        }
        err.println("slipway: " + e.getMessage());
        return 1;
      }
    }
  }

  private int interrupted() {
    out.println(
        keyFile == null
            ? "Stopped. The key is gone with this process: the next runner needs a new code."
            : "Stopped. The same command without --code goes on with the key in " + keyFile);
    return Interrupts.EXIT_CODE;
  }

  private int run(Interrupts interrupts) throws InterruptedException {
    URI base = address();
    List<X509Certificate> trusted = trusted();
    InstantSource clock = InstantSource.system();
    TerminalAnswers answers = new TerminalAnswers(out, System.in);
    Runner runner =
        new Runner(
            new RunnerApi(
                SlipwayConnection.client(
                    CompanyProxy.of(Optional.ofNullable(proxy), System.getenv(), base), trusted),
                base,
                clock),
            new ProbeExecution(
                new InnerNetworks(hostPort("--probe-proxy", probeProxy), hostPort("--dns", dns))
                    .egress(trusted, clock)),
            yes ? () -> true : answers::yes,
            logins == null ? answers : Logins.of(loginsFile()),
            Thread::sleep,
            out::println);
    RunnerKey key = key(runner);
    boolean complete = true;
    while (!interrupts.asked()) {
      Runner.Round round = runner.round(key);
      complete &= round.left() == 0;
      if (once) {
        if (round.run() == 0 && round.left() == 0) {
          out.println("No probe waits.");
        }
        return complete ? 0 : 1;
      }
      Thread.sleep(round.pause());
    }
    return interrupted();
  }

  private RunnerKey key(Runner runner) {
    if (code == null) {
      if (keyFile == null || !Files.exists(keyFile)) {
        throw wrong("--code: is needed, for there is no key of an earlier start (--key-file)");
      }
      return RunnerKey.load(keyFile);
    }
    if (keyFile != null && Files.exists(keyFile)) {
      throw wrong(
          "--key-file: %s is there already; leave --code out to go on with it".formatted(keyFile));
    }
    RunnerKey key =
        runner.enrol(
            EnrolmentCode.parse(code)
                .orElseThrow(
                    () -> wrong("--code: must be of the form onboarding.runner.secret, whole")));
    if (keyFile != null) {
      key.save(keyFile);
    }
    return key;
  }

  /** Wrong usage; the message names the option. */
  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Unencrypted only on this machine: a request must not be changed on its way. */
  private URI address() {
    String scheme = api.getScheme();
    boolean usable =
        api.getHost() != null
            && ("https".equals(scheme) || ("http".equals(scheme) && isLoopback(api.getHost())));
    if (!usable) {
      throw wrong("--api: must be an address such as https://slipway.example");
    }
    return URI.create(api.toString().replaceAll("/+$", ""));
  }

  private static boolean isLoopback(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<HostPort> hostPort(String option, String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": must be HOST:PORT");
    }
  }

  private List<X509Certificate> trusted() {
    if (authorities == null) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(authorities)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException | CertificateException e) {
      throw wrong("--ca: %s cannot be read as certificates".formatted(authorities));
    }
  }

  private JsonNode loginsFile() {
    try {
      JsonNode file = Json.MAPPER.readTree(Files.readString(logins));
      if (file.isObject()) {
        return file;
      }
    } catch (JsonProcessingException e) {
      // Said below; the parser's own message would quote the file.
    } catch (IOException e) {
      throw wrong("--logins: %s cannot be read".formatted(logins));
    }
    throw wrong("--logins: %s must hold a JSON object".formatted(logins));
  }
}
