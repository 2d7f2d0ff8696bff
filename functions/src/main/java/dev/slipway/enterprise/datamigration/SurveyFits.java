package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was counted in the source fits what is to be moved (M61): each organisation that was asked
 * for, a disk that holds it, a window that is long enough.
 */
public final class SurveyFits implements ElementCheck {
  /** The dump, its packed form, and a half to spare. */
  private static final double DISK = 2.5;

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode survey = subject.value();
    JsonNode migration = subject.elements().path("migration");
    List<ElementFinding> findings = new ArrayList<>();
    JsonNode wanted = migration.path("organisations");
    int counted = survey.path("organisations").asInt();
    if (counted == 0 || (wanted.isArray() && counted != wanted.size())) {
      findings.add(
          error(
              "organisations",
              "/organisations",
              wanted.isArray()
                  ? "%d organisations were found, and %d are to be moved."
                      .formatted(counted, wanted.size())
                  : "No organisation was found in the source.",
              "Correct `migration.organisations` or its `sourceTenant`, and count again."));
    }
    if (survey.path("freeBytes").asDouble() < DISK * survey.path("bytes").asDouble()) {
      findings.add(
          error(
              "disk",
              "/freeBytes",
              "The disk of the machine that moves the data has less than 2.5 times its size.",
              "Give it a larger disk, and count again."));
    }
    JsonNode window = migration.path("cutOver");
    if (window.has("from") && window.has("to")) {
      Duration open =
          Duration.between(
              Instant.parse(window.path("from").asText()),
              Instant.parse(window.path("to").asText()));
      if (open.toMinutes() < survey.path("minutes").asLong()) {
        findings.add(
            error(
                "window",
                "/minutes",
                "The move takes %d minutes, and the window has %d."
                    .formatted(survey.path("minutes").asLong(), open.toMinutes()),
                "Give a longer window in `migration.cutOver`."));
      }
    }
    if (survey.path("sharedUsers").asInt() > 0) {
      findings.add(
          ElementFinding.warning(
              "survey.shared-users",
              "/sharedUsers",
              "%d users also belong to organisations that stay."
                  .formatted(survey.path("sharedUsers").asInt()),
              "They are copied, and neither frozen nor destroyed in the source."));
    }
    return findings;
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("survey." + code, field, message, nextStep);
  }
}
