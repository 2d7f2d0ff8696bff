package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Secrets that are planted at intake are found nowhere after a whole run: not in the table, in no
 * execution's history, log line, report, mail, nor on the terminal.
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

  /** Fields of credentials that are choices and names, which messages and evidence may show. */
  private static final Set<String> CHOICES =
      Set.of("provider", "environment", "resourceGroup", "cloud", "name", "bucket");

  @Test
  void aWholeRunLeavesNoSecretBehind(@FinishedRun.Of("hosting-provider.json") FinishedRun run)
      throws IOException {
    assertTrue(
        text(run.data().resolve("sandbox/world.json")).contains(SandboxDefaults.SMTP_PASSWORD),
        "the search itself works: the stand-ins know their passwords");
    assertEquals(0, run.ended().exit(), run.ended().toString());
    leavesNothingBehind(run, PLANTED);
  }

  /** Each credential that the profiles give, those that are turned away too. */
  @Test
  void norDoesAnEnterprises(
      @FinishedRun.Of(value = "enterprise-migration.json", signedOff = true) FinishedRun moved,
      @FinishedRun.Of("enterprise-onprem.json") FinishedRun onPremise,
      @FinishedRun.Of("enterprise-troubles.json") FinishedRun troubles)
      throws IOException {
    leavesNothingBehind(moved, planted("enterprise-migration.json"));
    leavesNothingBehind(onPremise, planted("enterprise-onprem.json"));
    leavesNothingBehind(troubles, planted("enterprise-troubles.json"));
  }

  /**
   * All texts of a profile's credentials but those that its elements have too; keys that are made
   * as it is read by their heading.
   */
  static Set<String> planted(String profile) throws IOException {
    JsonNode tree =
        Json.MAPPER.readTree(
            ProjectRoot.find().resolve("events/profiles").resolve(profile).toFile());
    Set<String> secrets = new TreeSet<>(List.of("PRIVATE KEY-----"));
    collect(tree.path("credentials"), secrets);
    tree.path("corrections")
        .findValues("do")
        .forEach(actions -> actions.findValues("fields").forEach(each -> collect(each, secrets)));
    secrets.removeIf(tree.path("elements").toString()::contains);
    // The logging system lists its users, the one whose login was given among them.
    secrets.remove(SandboxDefaults.SPLUNK_USER);
    // Evidence and report say from which host data moved.
    secrets.remove("shared.vendor.example");
    // The mail server's stand-in notes of each mail as whom it was handed in.
    secrets.remove(SandboxDefaults.SMTP_USER);
    return secrets;
  }

  private static void collect(JsonNode node, Set<String> secrets) {
    node.properties().stream()
        .filter(field -> !CHOICES.contains(field.getKey()) && !field.getKey().startsWith("$"))
        .forEach(
            field -> {
              if (field.getValue().isTextual()) {
                secrets.add(field.getValue().asText());
              }
              collect(field.getValue(), secrets);
            });
    node.valueStream().filter(each -> node.isArray()).forEach(each -> collect(each, secrets));
  }

  static void leavesNothingBehind(FinishedRun run, Collection<String> planted) throws IOException {
    Invocation ended = run.ended();
    List<Path> places = new ArrayList<>(filesBelow(run.folder(), "report."));
    for (String place : List.of("runtime", "runs", "sandbox/mails.jsonl")) {
      places.add(run.data().resolve(place));
    }
    places.add(run.logs());
    for (String secret : planted) {
      for (String form : forms(secret)) {
        assertFalse(ended.toString().contains(form), "on the terminal: " + secret);
      }
    }
    for (Path place : places) {
      for (Path file : filesOf(place)) {
        String text = text(file);
        for (String secret : planted) {
          for (String form : forms(secret)) {
            assertFalse(text.contains(form), file + ": " + secret);
          }
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

  private static List<Path> filesOf(Path place) throws IOException {
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(Files::isRegularFile)
          // The local KMS keeps the key there that signs reports.
          .filter(file -> !file.getParent().endsWith("kms"))
          .toList();
    }
  }

  /** Bytes as characters, so that text is found in binary files too. */
  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
