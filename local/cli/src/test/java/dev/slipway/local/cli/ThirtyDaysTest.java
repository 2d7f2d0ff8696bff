package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.mail.Mail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An onboarding whose people take up to thirty days for their answers, in simulated time. What it
 * prints and whom it reminds when is the same every time.
 */
@Order(2) // Takes long, so it begins early.
class ThirtyDaysTest {
  private static final Path PROFILES = ProjectRoot.find().resolve("events/profiles");

  /** How long each task's people let it wait. */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "technical-configuration.configure-smtp", "P3D",
          "technical-configuration.assign-docker-account", "P9D",
          "platform-customization.apply-branding", "P12D",
          "technical-configuration.provide-uploader-access", "P16D",
          "billing-integration.connect-external-billing", "P30D");

  @TempDir private Path folder;

  @Test
  void remindsOnceADayInTheSameOrderEachTime() throws IOException {
    Run first = run("first");
    Run second = run("second");

    assertEquals(first.lines(), second.lines());
    assertEquals(first.reminders(), second.reminders());
    assertTrue(first.lasted().compareTo(Duration.ofDays(29)) >= 0, first.lasted().toString());

    // One a day: what is new, then what is due soon, then each day what is overdue. A run begins at
    // any time of day, so the ends may be a day apart.
    List<String> customers = first.reminders("carla@hoster.example");
    assertTrue(customers.size() >= 26 && customers.size() <= 32, customers::toString);
    assertTrue(customers.getFirst().contains("4 things wait for you"), customers.getFirst());
    assertTrue(
        customers.getLast().contains("1 thing waits for you, 1 overdue"), customers::toString);
    assertFalse(first.reminders("vera@vendor.example").isEmpty());
    List<String> escalated = first.reminders("elena@hoster.example");
    assertFalse(escalated.isEmpty(), escalated::toString);
    assertTrue(escalated.stream().allMatch(mail -> mail.contains("overdue elsewhere")));
    first
        .days()
        .forEach(
            (person, days) -> assertEquals(days.size(), days.stream().distinct().count(), person));
  }

  /**
   * What one run left behind.
   *
   * @param lines what it printed, without what is drawn by lot
   * @param mails what was sent, in this order
   */
  private record Run(List<String> lines, List<Mail> mails) {
    /**
     * Each reminder with the time since the first mail, in whole minutes: runs begin at any second.
     */
    List<String> reminders() {
      return mails.stream()
          .filter(mail -> subject(mail).startsWith("Slipway: "))
          .map(mail -> mail.recipients() + " " + subject(mail))
          .toList();
    }

    List<String> reminders(String person) {
      return reminders().stream().filter(line -> line.contains(person)).toList();
    }

    Map<String, List<Long>> days() {
      return mails.stream()
          .filter(mail -> subject(mail).startsWith("Slipway: "))
          .collect(
              Collectors.groupingBy(
                  mail -> mail.recipients().toString(),
                  TreeMap::new,
                  Collectors.mapping(
                      mail -> mail.at().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay(),
                      Collectors.toList())));
    }

    Duration lasted() {
      return after(mails.getLast()).plusDays(1);
    }

    private Duration after(Mail mail) {
      Instant began = mails.getFirst().at();
      return Duration.between(began, mail.at());
    }

    private static String subject(Mail mail) {
      return mail.content()
          .lines()
          .filter(line -> line.startsWith("Subject: "))
          .findFirst()
          .map(line -> line.substring("Subject: ".length()))
          .orElse("");
    }
  }

  private Run run(String name) throws IOException {
    Path data = folder.resolve(name);
    Invocation ended = Invocation.of("run", profile(), "--fast-forward", "--data", data);
    assertEquals(0, ended.exit(), ended.toString());
    List<Mail> mails = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("sandbox").resolve("mails.jsonl"))) {
      mails.add(Mail.fromJson(Json.MAPPER.readTree(line)));
    }
    List<String> lines =
        ended.lines().stream()
            .map(line -> line.replaceAll("hoster-minimal-gmbh-[a-z0-9]+", "ID"))
            // The hand-over pack tells when each row was done.
            .map(line -> line.replaceAll("[0-9a-f]{64}", "PACK"))
            .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?", "TIME"))
            .toList();
    return new Run(lines, mails);
  }

  private Path profile() throws IOException {
    Path file = folder.resolve("profile.json");
    if (!Files.exists(file)) {
      ObjectNode profile =
          (ObjectNode)
              Json.MAPPER.readTree(PROFILES.resolve("hosting-provider-minimal.json").toFile());
      for (JsonNode step : profile.path("people")) {
        String task = step.path("task").asText();
        ((ObjectNode) step).put("after", PATIENCE.get(task));
      }
      ((ObjectNode) profile.path("elements"))
          .set(
              "contacts",
              Json.MAPPER.readTree(
                  """
                  {"customer": [{"name": "Carla", "email": "carla@hoster.example"}],
                   "vendor": [{"name": "Vera", "email": "vera@vendor.example"}],
                   "escalation": [{"name": "Elena", "email": "elena@hoster.example"}]}
                  """));
      Files.createDirectories(folder.resolve("files"));
      try (var files = Files.list(PROFILES.resolve("files"))) {
        for (Path each : files.toList()) {
          Files.copy(each, folder.resolve("files").resolve(each.getFileName()));
        }
      }
      Files.writeString(file, profile.toString());
    }
    return file;
  }
}
