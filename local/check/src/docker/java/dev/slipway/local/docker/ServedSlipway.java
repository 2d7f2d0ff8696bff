package dev.slipway.local.docker;

import dev.slipway.local.cli.Slipway;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code slipway serve}, in a process of its own, as the README has it typed: an onboarding that
 * was given everything, and nothing that is under way.
 */
final class ServedSlipway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path exports;

  private ServedSlipway(Process process, Path exports) {
    this.process = process;
    this.exports = exports;
  }

  /** Serves at an address, on the ports that {@code events/sam-local.json} names. */
  static ServedSlipway start(Path data, InetAddress address) throws Exception {
    Path exports = data.resolve("serve.env");
    Path log = Checkout.scratch().resolve("serve.log");
    Process process =
        slipway(
                "serve",
                "--data",
                data.toString(),
                "--intake",
                "events/profiles/hosting-provider.json",
                "--bind",
                address.getHostAddress(),
                "--exports",
                exports.toString())
            .start(log);
    Instant latest = Instant.now().plus(PATIENCE);
    while (!Files.exists(exports) || !Files.readString(exports).endsWith("'\n")) {
      if (!process.isAlive() || Instant.now().isAfter(latest)) {
        process.destroyForcibly();
        throw new AssertionError("slipway serve does not come up: " + Files.readString(log));
      }
      Thread.sleep(200);
    }
    return new ServedSlipway(process, exports);
  }

  private static Command slipway(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dslipway.home=" + Checkout.project(),
                "-cp",
                System.getProperty("java.class.path"),
                Slipway.class.getName()));
    words.addAll(Arrays.asList(arguments));
    return new Command(words, Checkout.project(), Map.of());
  }

  /** The file to source. */
  Path exports() {
    return exports;
  }

  /** The API, as the onboarding manager. */
  SlipwayApi manager() throws IOException {
    return new SlipwayApi(
        SlipwayApi.httpClient(), URI.create(value("SLIPWAY_API")), value("SLIPWAY_TOKEN"));
  }

  /** The onboarding that was given everything. */
  String onboarding() throws IOException {
    return value("SLIPWAY_ONBOARDING");
  }

  private String value(String variable) throws IOException {
    Matcher line =
        Pattern.compile("export " + variable + "='([^']*)'").matcher(Files.readString(exports));
    if (!line.find()) {
      throw new AssertionError(exports + " has no " + variable);
    }
    return line.group(1);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
