package dev.slipway.local.cli;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wrong with an enterprise as it is in life, by the command that a newcomer types: it is
 * told with its field and what to do next, and put right.
 */
@ExtendWith(FinishedRun.Resolver.class)
@Order(1) // Takes long, so it begins early.
class EnterpriseTroublesTest {
  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED", "PLANNED");

  /** How each task of the troubled profile fails at first, by its row. */
  private static final Map<String, Set<String>> FAILURES =
      Map.of(
          "M06",
          Set.of("aws.email-taken", "aws.payment-missing", "aws.quota"),
          "M07",
          Set.of("dns.not-delegated", "dns.record-taken"),
          "M08",
          Set.of("certificate.caa"),
          "M22",
          Set.of("mnohub-tenant.not-understood"),
          "M26",
          Set.of("connector.not-connected"),
          "M43",
          Set.of("connec.jobs-open"),
          "M53",
          Set.of("intercom.event-not-listed"),
          "M56",
          Set.of("payment.declined"));

  /**
   * What a machine tries again by itself: the terminal shows it to whoever looks meanwhile, the
   * report names it always.
   */
  private static final Map<String, String> PASSED =
      Map.of("M06", "(TooManyRequestsException)", "M24", "(HTTP 500)");

  /** What people state wrongly at first, by the task's row, and are asked again for. */
  private static final Map<String, String> NOT_ACCEPTED =
      Map.ofEntries(
          entry("M14", "The version 4.1.9 is deployed; the release has 4.2.1."),
          entry("M15", "serves a configuration that is older than the last change in the hub"),
          entry("M16", "does not accept the frontend: The logo is too small."),
          entry("M17", "Not seen yet, as far as was stated: otto@customer.example"),
          entry("M18", "Not seen yet, as far as was stated: sam@customer.example"),
          entry("M19", "does not name the vault and the group that may read it"),
          entry("M21", "The statement names no page"),
          entry("M31", "The developer platform shows `yes`, and `no` is declared."),
          entry("M32", "The day of the migration of `ranqx` is not given."),
          entry("M44", "mallory@customer.example may read the login and is no platform"),
          entry("M53", "Intercom says that the workspace verifies no identities."));

  /** What is wrong with each element row at first, as its section's gate or its credential says. */
  private static final List<String> WRONG_AT_FIRST =
      List.of(
          "M01 Infrastructure provider: Give it",
          "Credential aws|INCONCLUSIVE",
          "Credential aws|INSUFFICIENT_PERMISSION",
          "M03 Admin and simple users: Give it",
          "nex.uat.elsewhere.example lies in no zone of UAT. Give a host below a zone",
          "No certificate of the environment covers hub.uat.customer.example. Add it to the names of"
              + " one; a wildcard covers one label.",
          "Credential certificates@production: INVALID_CREDENTIALS — `production`: The private key"
              + " is not that of the certificate. Store the key with which",
          "M09 Features wanted: There is no tenant `bravo`; there"
              + " are acme. Correct the name, or add the tenant",
          "M10 Platform administrators: Give it",
          "M11 Tenants: acme.elsewhere.example lies in no zone",
          "M12 Administrators of each tenant: There is no tenant"
              + " `bravo`; there are acme. Correct the name, or add the tenant to `tenants`.",
          "M20 Applications: There is no tenant `bravo`",
          "Credential connec-app@uat.xero: INVALID_CREDENTIALS",
          "Credential connec-app@production.quickbooks: WRONG_REGION_OR_ENV — These are keys of the"
              + " sandbox",
          "M27 Connectors on premise or from the cloud: No"
              + " application of this id has a cloud connector.",
          "Credential new-relic: WRONG_REGION_OR_ENV",
          "M35 Users of the monitoring: Give it",
          "Credential sumo-logic: WRONG_REGION_OR_ENV",
          "Credential sumo-logic|RATE_LIMITED",
          "M45 Tool for transactional e-mails: Without a tool",
          "Credential mandrill@uat|INVALID_CREDENTIALS",
          "Credential mandrill@production|INCONCLUSIVE",
          "M46 Administrators of the tool: Nobody administers",
          "M47 Customisation of e-mails: Give it",
          "M50 Onboarding of customers and first level of support: Give it",
          "M51 Support offer: See that the customer's contract",
          "M52 Support of the platform: Give it",
          "M55 Payment gateway: Give it",
          "Credential intercom@production: WRONG_REGION_OR_ENV",
          "Credential payment-gateway@uat|WRONG_REGION_OR_ENV",
          "M61 Data migration: Give it");

  /** Each element and each task with a trouble is wrong as in life, and final at last. */
  @Test
  void putsRightWhatIsWrong(@FinishedRun.Of("enterprise-troubles.json") FinishedRun run)
      throws IOException {
    assertEquals(0, run.ended().exit(), run.ended().toString());
    JsonNode report = run.report();
    lines(report).forEach(EnterpriseTroublesTest::proved);
    Map<String, Set<String>> failures = new TreeMap<>();
    Matcher failed =
        Pattern.compile("(?m)^(M\\d\\d)  FAILED .*?: ([a-z0-9.-]+): ").matcher(run.ended().out());
    while (failed.find()) {
      failures.computeIfAbsent(failed.group(1), row -> new TreeSet<>()).add(failed.group(2));
    }
    FAILURES.forEach(
        (row, codes) ->
            assertTrue(
                failures.getOrDefault(row, Set.of()).containsAll(codes),
                () -> row + ": " + failures.get(row)));
    PASSED.forEach(
        (row, why) -> assertTrue(FinishedRun.waits(report, row).contains(why), () -> row + why));
    NOT_ACCEPTED.forEach(
        (row, why) ->
            assertTrue(
                run.ended()
                    .out()
                    .lines()
                    .filter(line -> line.startsWith(row + "  WAITING"))
                    .anyMatch(line -> line.contains("(not accepted: ") && line.contains(why)),
                () -> row + ": " + why));
    assertTrue(
        run.ended()
            .out()
            .contains("Link it to the marketplace (uat.xero): for the vendor, step seen"),
        "a link that was only stated is looked for");
    for (String wrong : WRONG_AT_FIRST) {
      String stored = wrong.replaceFirst("Credential (.*)\\|", "another credential for $1: ");
      assertTrue(run.ended().out().contains(stored), () -> stored + run.ended().out());
    }
    assertTrue(
        report
            .path("elements")
            .toString()
            .contains(
                "`credential:connec-app@production.xero` and `credential:connec-app@uat.xero` have the"
                    + " same clientId."),
        "the keys of one app for both environments are told");
    assertTrue(
        run.ended().out().contains("nex-lb.customer.example, does not resolve"),
        "the vendor is asked for the targets again");
  }

  /** What a pure check refuses is told as it is given, with its place in the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          tenant-admins | bravo | [{"name": "Bea", "surname": "Bravo", "email": "bea@customer.example", "role": "admin"}] | tenant-admins.bravo: There is no tenant `bravo`; there are acme.
          certificates  | uat   | [{"name": "uat", "covers": ["*.customer.example"], "source": "acm"}] | No certificate of the environment covers hub.uat.customer.example
          """)
  void refusesWhatCannotBe(
      String element, String field, String value, String told, @TempDir Path folder)
      throws IOException {
    Path profiles = ProjectRoot.find().resolve("events/profiles");
    JsonNode profile = Json.MAPPER.readTree(profiles.resolve("enterprise-small.json").toFile());
    ((ObjectNode) profile.path("elements").path(element)).set(field, Json.MAPPER.readTree(value));
    Files.createDirectory(folder.resolve("files"));
    try (Stream<Path> files = Files.list(profiles.resolve("files"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("files").resolve(file.getFileName()));
      }
    }
    Path file = Files.writeString(folder.resolve("profile.json"), profile.toPrettyString());

    Invocation refused = Invocation.of("plan", file);
    assertEquals(2, refused.exit(), refused.toString());
    assertTrue(refused.err().contains("profile.json:"), refused.err());
    assertTrue(refused.err().contains(told), refused.err());
  }

  /** Final, and with evidence if it is done; a row with instances is summed up before them. */
  private static void proved(JsonNode line) {
    String outcome = line.path("outcome").asText();
    assertTrue(FINAL.contains(outcome), line::toPrettyString);
    boolean isSum = line.path("reason").asText().endsWith("are final");
    assertTrue(
        !outcome.equals("DONE") || isSum || !line.path("evidence").isEmpty(),
        () -> "without evidence: " + line.toPrettyString());
  }

  /** Those of tasks and of elements. */
  private static List<JsonNode> lines(JsonNode report) {
    return Stream.of("tasks", "elements").flatMap(kind -> report.path(kind).valueStream()).toList();
  }
}
