package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Secrets that are planted at intake are found nowhere after a whole run: not in the table, in no
 * execution's history, log line, report, nor on the terminal.
 */
@ExtendWith(FinishedRun.Resolver.class)
class SecretsStayInSecretsManagerTest {
  private static final List<String> PLANTED =
      List.of(
          SandboxDefaults.PLATFORM_TOKEN,
          SandboxDefaults.TEST_CUSTOMER_TOKEN,
          SandboxDefaults.SMTP_PASSWORD,
          SandboxDefaults.DOCKER_TOKEN,
          SandboxDefaults.MONITORING_PASSWORD,
          SandboxDefaults.S3_SECRET_KEY);

  @Test
  void aWholeRunLeavesNoSecretBehind(@FinishedRun.Of("hosting-provider.json") FinishedRun run)
      throws IOException {
    Invocation ended = run.ended();
    assertEquals(0, ended.exit(), ended.toString());

    assertTrue(
        contains(run.data().resolve("sandbox"), SandboxDefaults.SMTP_PASSWORD),
        "the search itself works: the stand-ins know their passwords");
    for (String secret : PLANTED) {
      for (String form : forms(secret)) {
        assertFalse(ended.toString().contains(form), "on the terminal: " + secret);
        for (String place : List.of("runtime", "runs")) {
          assertFalse(contains(run.data().resolve(place), form), place + ": " + secret);
        }
        assertFalse(contains(run.logs(), form), "logs: " + secret);
        for (Path file : filesBelow(run.folder(), "report.")) {
          assertFalse(contains(file, form), file + ": " + secret);
        }
      }
    }
  }

  private static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  private static List<Path> filesBelow(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList());
    }
  }

  private static boolean contains(Path place, String text) throws IOException {
    if (!Files.exists(place)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(Files::isRegularFile)
          .anyMatch(
              file -> {
                try {
                  // Bytes as characters, so that text is found in binary files too.
                  return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
