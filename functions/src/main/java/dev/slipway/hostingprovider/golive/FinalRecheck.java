package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Report;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks for another look at every row that is done, each by its own function: none needs another
 * one's credentials for it. The run that is under way has left these rows behind, so that another
 * run takes over, which comes past each of them before it comes here again.
 */
final class FinalRecheck {
  private static final String GO_LIVE = "go-live.";
  private static final int MOST_TOLD = 20;

  private final Work work;
  private final Dossier dossier;
  private final String round;

  /**
   * @param round tells second looks apart: each is taken once
   */
  FinalRecheck(Work work, Dossier dossier, String round) {
    this.work = work;
    this.dossier = dossier;
    this.round = round;
  }

  /** Asks for it, and waits until each row has given its proof again. */
  void take() {
    Report report = dossier.report(work.onboarding());
    JsonNode order = work.remember(Note.Kind.INTENT, "verify-again:" + round, order(report));
    List<TaskKey> toAsk = new ArrayList<>();
    Map<String, String> pending = new TreeMap<>();
    order
        .path("attempts")
        .properties()
        .forEach(
            each -> {
              TaskRecord task = dossier.task(work.onboarding(), TaskKey.parse(each.getKey()));
              boolean looked = task.attempts() > each.getValue().asInt();
              if (task.isSettledFinally() && (looked || isNoLongerPart(report, task.key()))) {
                return;
              }
              pending.put(each.getKey(), state(report, each.getKey(), task));
              if (task.isSettledFinally()) {
                toAsk.add(task.key());
              }
            });
    if (!toAsk.isEmpty()) {
      dossier.verifyAgain(
          work.onboarding(), toAsk, "the vendor's engineers have worked on the platform");
    }
    work.waitFor(
        List.copyOf(pending.keySet()),
        "Waits until these rows have given their proof again: "
            + pending.values().stream().limit(MOST_TOLD).collect(Collectors.joining("; "))
            + (pending.size() > MOST_TOLD ? "; and " + (pending.size() - MOST_TOLD) + " more" : "")
            + ".");
    work.step("verify-again")
        .machine(
            () ->
                new Finding(
                    "each row's own probes",
                    String.join(", ", rows(report, order)),
                    "verified again after "
                        + order.path("at").asText()
                        + "; each row has the evidence"));
  }

  private static boolean isNoLongerPart(Report report, TaskKey key) {
    return report.tasks().stream().anyMatch(row -> row.noLongerPart() && row.key().equals(key));
  }

  /** How often each row had been looked at by then, waits included. */
  private ObjectNode order(Report report) {
    ObjectNode order = JsonNodeFactory.instance.objectNode().put("at", work.now().toString());
    ObjectNode attempts = order.putObject("attempts");
    report.toLookAtAgain().stream()
        .filter(key -> !key.task().startsWith(GO_LIVE))
        .forEach(
            key -> attempts.put(key.toString(), dossier.task(work.onboarding(), key).attempts()));
    return order;
  }

  private static List<String> rows(Report report, JsonNode order) {
    return report.tasks().stream()
        .filter(row -> order.path("attempts").has(row.key().toString()))
        .map(FinalRecheck::name)
        .toList();
  }

  private static String name(Report.TaskLine row) {
    return row.instance().isEmpty() ? row.row() : row.row() + "@" + row.instance();
  }

  private static String state(Report report, String task, TaskRecord record) {
    String row =
        report.tasks().stream()
            .filter(line -> line.key().toString().equals(task))
            .map(FinalRecheck::name)
            .findFirst()
            .orElse(task);
    Problem problem =
        switch (record.outcome()) {
          case Outcome.Failed failed -> failed.problem();
          case Outcome.Waiting waiting -> waiting.problem();
          case null -> null;
          default -> null;
        };
    return problem == null ? row : row + " (" + problem.message() + ")";
  }
}
