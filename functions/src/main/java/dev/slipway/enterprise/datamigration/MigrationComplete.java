package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who wants data moved says what, when, and with whose consent (M61). */
public final class MigrationComplete implements ElementCheck {
  private static final List<String> NEEDED =
      List.of(
          "requestedBy",
          "sourceTenant",
          "sourceEnvironment",
          "organisations",
          "cutOver",
          "consent",
          "after");

  private static final Duration SHORTEST = Duration.ofHours(2);

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    List<ElementFinding> findings = new ArrayList<>();
    if (!value.path("wanted").asBoolean()) {
      return findings;
    }
    for (String field : NEEDED) {
      if (!value.has(field)) {
        findings.add(
            error(
                "missing",
                "/" + field,
                "Data is to be moved, and `%s` is missing.".formatted(field),
                "Give it."));
      }
    }
    if (value.has("cutOver")) {
      window(value.path("cutOver"), subject.now(), findings);
    }
    if (value.path("after").asText().equals("destroy")) {
      destruction(value, findings);
    }
    return findings;
  }

  private static void window(JsonNode window, Instant now, List<ElementFinding> findings) {
    Instant from = Instant.parse(window.path("from").asText());
    Instant to = Instant.parse(window.path("to").asText());
    if (Duration.between(from, to).compareTo(SHORTEST) < 0) {
      findings.add(
          error(
              "window-short",
              "/cutOver/to",
              "The window for the move is shorter than two hours.",
              "Give two hours at least."));
    }
    if (!from.isAfter(now)) {
      findings.add(
          ElementFinding.warning(
              "migration.window-past",
              "/cutOver/from",
              "The window for the move has begun already.",
              "Give one to come, unless the move is under way."));
    }
  }

  private static void destruction(JsonNode value, List<ElementFinding> findings) {
    if (!value.path("consent").path("destruction").asBoolean()) {
      findings.add(
          error(
              "no-consent",
              "/consent/destruction",
              "The consent does not name the destruction of the source.",
              "Have it named in the document, or freeze the source only."));
    }
    if (!value.has("graceDays")) {
      findings.add(
          error(
              "no-grace",
              "/graceDays",
              "It is not said how long the source is kept before it is destroyed.",
              "Give 30 days at least."));
    }
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("migration." + code, field, message, nextStep);
  }
}
