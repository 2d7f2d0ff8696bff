package dev.slipway.local.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.probe.EnrolmentCode;
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
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every runner takes, and its run until there is nothing to do or Ctrl-C. */
public final class RunnerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--api", paramLabel = "URL", description = "The address of Slipway's API, https.")
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

  @Option(names = "--yes", description = "Run all that waits without asking.")
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
              + " Nothing else goes through it.")
  private String proxy;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of authorities to trust besides the well-known ones, for Slipway and"
              + " for probes.")
  private Path authorities;

  /**
   * A runner that is enrolled.
   *
   * @param api signs its requests with {@code key}
   * @param trusted the authorities named, besides the JDK's
   * @param logins from the file, or typed by the person who started the runner
   * @param say shows a line to the person who started the runner
   */
  public record Enrolled(
      RunnerApi api,
      RunnerKey key,
      List<X509Certificate> trusted,
      Logins logins,
      PrintStream say) {}

  /**
   * Runs what waits, until there is nothing more to do or Ctrl-C.
   *
   * @param execution answers what runs it
   * @return the command's exit code
   */
  public int run(PrintStream out, PrintStream err, Function<Enrolled, Execution> execution)
      throws InterruptedException {
    Thread main = Thread.currentThread();
    try (Interrupts interrupts = Interrupts.handle(main::interrupt)) {
      try {
        return run(interrupts, out, execution);
      } catch (InterruptedException e) {
        if (!interrupts.asked()) {
          throw e;
        }
        return interrupted(out);
      } catch (RunnerFailure | UncheckedIOException e) {
        if (interrupts.asked()) {
          return interrupted(out);
        }
        err.println("slipway: " + e.getMessage());
        return 1;
      }
    }
  }

  private int interrupted(PrintStream out) {
    out.println(
        keyFile == null
            ? "Stopped. The key is gone with this process: the next runner needs a new code."
            : "Stopped. The same command without --code goes on with the key in " + keyFile);
    return Interrupts.EXIT_CODE;
  }

  private int run(Interrupts interrupts, PrintStream out, Function<Enrolled, Execution> execution)
      throws InterruptedException {
    URI base = address();
    List<X509Certificate> trusted = trusted();
    TerminalAnswers answers = new TerminalAnswers(out, System.in);
    Logins given = logins(answers);
    RunnerApi slipway =
        new RunnerApi(
            SlipwayConnection.client(
                CompanyProxy.of(Optional.ofNullable(proxy), System.getenv(), base), trusted),
            base,
            InstantSource.system());
    RunnerKey key = key(new Enrolment(slipway, out::println));
    Runner runner =
        new Runner(
            slipway,
            execution.apply(new Enrolled(slipway, key, trusted, given, out)),
            yes ? () -> true : answers::yes,
            given,
            Thread::sleep,
            out::println);
    boolean complete = true;
    while (!interrupts.asked()) {
      Runner.Round round = runner.round(key);
      complete &= round.left() == 0;
      if (once) {
        if (round.run() == 0 && round.left() == 0) {
          out.println("Nothing waits.");
        }
        return complete ? 0 : 1;
      }
      Thread.sleep(round.pause());
    }
    return interrupted(out);
  }

  /** The logins of the file, or those that the person at the terminal types. */
  public Logins logins(PrintStream out) {
    return logins(new TerminalAnswers(out, System.in));
  }

  private Logins logins(TerminalAnswers answers) {
    return logins == null ? answers : Logins.of(loginsFile());
  }

  private RunnerKey key(Enrolment enrolment) {
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
        enrolment.enrol(
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
    if (api == null) {
      throw wrong("--api: is needed, the address of Slipway");
    }
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

  /** The authorities named, besides the JDK's. */
  public List<X509Certificate> trusted() {
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
