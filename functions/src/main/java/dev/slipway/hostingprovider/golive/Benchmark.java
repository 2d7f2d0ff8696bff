package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.hostingprovider.MaintenanceWindow;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.Note;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The vendor's benchmark: scheduled, performed, reported. One that was not passed is remembered
 * with its reasons, and scheduled again.
 */
final class Benchmark {
  static final String FIELD = "final-benchmark";
  private static final String SCHEDULE = "schedule";
  private static final String REPORT = "report-benchmark";
  private static final String FAILURE = "failed-benchmark:";

  private final Work work;
  private final Dossier dossier;

  Benchmark(Work work, Dossier dossier) {
    this.work = work;
    this.dossier = dossier;
  }

  /** Goes from the appointment to the report; answers the id of the report that was passed. */
  String passed() {
    String requested = requested().toString();
    work.answer(REPORT).ifPresent(this::noteFailure);
    work.step(SCHEDULE)
        .about("platform.domain", FIELD + ".hosts", "maintenance-window")
        .field(FIELD)
        .person(this::scheduled);
    Instant at = time(answer(SCHEDULE));
    work.waitUntil(
        at, "The benchmark is scheduled for " + at + ", requested at " + requested + ".");
    work.step(REPORT)
        .about("platform.domain", FIELD + ".hosts", FIELD + ".criteria")
        .material(criteria())
        .field(FIELD)
        .person(this::reported);
    return answer(REPORT).id();
  }

  /** When it was asked for first. */
  private Instant requested() {
    return Instant.parse(
        work.remember(
                Note.Kind.RESOURCE,
                "requested",
                JsonNodeFactory.instance.textNode(work.now().toString()))
            .asText());
  }

  private String criteria() {
    List<String> lines = new ArrayList<>();
    work.element(FIELD).path("criteria").forEach(each -> lines.add("- " + each.asText()));
    return "The pass criteria are:\n" + String.join("\n", lines);
  }

  private Answer answer(String step) {
    return work.answer(step).orElseThrow();
  }

  // --- the appointment

  private Finding scheduled(Answer answer) {
    Optional<Failure> failure = latestFailure();
    if (failure.isPresent() && !answer.at().isAfter(failure.get().at())) {
      throw failure.get().unmet();
    }
    Instant at = time(answer);
    Instant earliest =
        requested().plus(Duration.ofDays(work.element(FIELD).path("leadTimeDays").asInt()));
    if (failure.isEmpty() && at.isBefore(earliest.truncatedTo(ChronoUnit.MINUTES))) {
      throw new UnmetRequirement(
          "benchmark.too-early",
          "slipway",
          FIELD + ".leadTimeDays",
          "The benchmark is scheduled for "
              + at
              + ", before the lead time ends at "
              + earliest
              + ".",
          "Agree on a later time, or have the lead time corrected.");
    }
    Optional<Instant> opens = new MaintenanceWindow(work.element("maintenance-window")).opensAt(at);
    if (opens.isPresent()) {
      throw new UnmetRequirement(
          "benchmark.outside-window",
          "slipway",
          "maintenance-window",
          "At " + at + " the maintenance window is closed; it opens at " + opens.get() + ".",
          "Agree on a time inside the maintenance window, or have the window corrected.");
    }
    return new Finding("benchmark appointment", "maintenance window", "agreed: " + at)
        .saidIn(answer);
  }

  private static Instant time(Answer answer) {
    JsonNode values =
        answer.values() == null ? JsonNodeFactory.instance.objectNode() : answer.values();
    try {
      return values.has("in")
          ? answer.at().plus(Duration.parse(values.path("in").asText()))
          : Instant.parse(values.path("at").asText());
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnmetRequirement(
          "benchmark.no-time",
          "slipway",
          null,
          "The answer names no time.",
          "Schedule it again with a time.");
    }
  }

  // --- the report

  private Finding reported(Answer answer) {
    if (!answer.at().isAfter(answer(SCHEDULE).at())) {
      throw latestFailure()
          .map(Failure::unmet)
          .orElseGet(
              () ->
                  incomplete("The report is older than the appointment that it is the report of."));
    }
    JsonNode values = values(answer);
    String sha256 = values.path("report").asText();
    FileInfo file =
        dossier
            .file(work.onboarding(), sha256)
            .orElseThrow(
                () ->
                    incomplete(
                        sha256.isEmpty()
                            ? "No file was named as the report."
                            : "The file that was named was not handed over."));
    if (!values.path("changes").isArray()) {
      throw incomplete("The list of changes is missing; give an empty one if nothing was changed.");
    }
    List<String> results = new ArrayList<>();
    for (JsonNode criterion : work.element(FIELD).path("criteria")) {
      JsonNode result =
          result(values, criterion.asText())
              .orElseThrow(
                  () -> incomplete("There is no result for the criterion: " + criterion.asText()));
      String measured = result.path("measured").asText().strip();
      if (measured.isEmpty()) {
        // The word "passed" proves little; a measured figure can be held against the file.
        throw incomplete("It is not said what was measured for: " + criterion.asText());
      }
      results.add(criterion.asText() + " (" + measured + ")");
    }
    List<String> changes = new ArrayList<>();
    values.path("changes").forEach(change -> changes.add(change.asText()));
    return new Finding(
            "benchmark report",
            "file " + sha256 + " (" + file.name() + ", " + file.bytes() + " bytes)",
            "passed: "
                + String.join("; ", results)
                + ". Changed on the platform: "
                + (changes.isEmpty() ? "nothing" : String.join("; ", changes)))
        .saidIn(answer);
  }

  private static JsonNode values(Answer answer) {
    return answer.values() == null ? JsonNodeFactory.instance.objectNode() : answer.values();
  }

  private static Optional<JsonNode> result(JsonNode values, String criterion) {
    for (JsonNode result : values.path("results")) {
      if (result.path("criterion").asText().equals(criterion)
          && result.path("passed").isBoolean()) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private static UnmetRequirement incomplete(String message) {
    return new UnmetRequirement(
        "benchmark.report-incomplete",
        "slipway",
        FIELD + ".criteria",
        message,
        "Hand the report over as a file, and report again.");
  }

  // --- benchmarks that were not passed

  private record Failure(Instant at, String reasons) {
    UnmetRequirement unmet() {
      return new UnmetRequirement(
          "benchmark.not-passed",
          "platform",
          FIELD + ".criteria",
          "The benchmark reported at " + at + " was not passed: " + reasons + ".",
          "Mend what was measured, then agree on another time.");
    }
  }

  private void noteFailure(Answer answer) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode result : values(answer).path("results")) {
      if (result.path("passed").isBoolean() && !result.path("passed").asBoolean()) {
        reasons.add(
            result.path("criterion").asText() + " (" + result.path("measured").asText("–") + ")");
      }
    }
    if (reasons.isEmpty()) {
      return;
    }
    ObjectNode failure =
        JsonNodeFactory.instance
            .objectNode()
            .put("answer", answer.id())
            .put("at", answer.at().toString())
            .put("reasons", String.join("; ", reasons));
    for (JsonNode earlier : failures()) {
      if (earlier.path("answer").asText().equals(answer.id())) {
        return;
      }
    }
    work.remember(Note.Kind.RESOURCE, FAILURE + (failures().size() + 1), failure);
  }

  private ArrayNode failures() {
    ArrayNode failures = JsonNodeFactory.instance.arrayNode();
    for (int n = 1; ; n++) {
      Optional<JsonNode> failure = work.remembered(Note.Kind.RESOURCE, FAILURE + n);
      if (failure.isEmpty()) {
        return failures;
      }
      failures.add(failure.get());
    }
  }

  private Optional<Failure> latestFailure() {
    ArrayNode failures = failures();
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    JsonNode latest = failures.get(failures.size() - 1);
    return Optional.of(
        new Failure(Instant.parse(latest.path("at").asText()), latest.path("reasons").asText()));
  }
}
