package dev.slipway.enterprise.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Note;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.LogSystem.Alert;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An environment's alerts, each of what came from its machines or by its endpoint. Where nobody
 * named any: ten lines with "error" within a quarter of an hour, to the administrators.
 */
final class LogAlerts {
  static final String ELEMENT = "log-alerts";
  private static final int USUAL_THRESHOLD = 10;
  private static final int USUAL_MINUTES = 15;

  private final Work work;
  private final CustomerLogs customer;
  private final LogSystem logs;
  private final VendorAccount account;
  private final List<Alert> wanted;

  LogAlerts(Work work, CustomerLogs customer, LogSystem logs) {
    this.work = work;
    this.customer = customer;
    this.logs = logs;
    this.account = new VendorAccount(work, logs.system(), CustomerLogs.ELEMENT);
    this.wanted = wanted();
  }

  private List<Alert> wanted() {
    Optional<JsonNode> given = work.optionalElement(ELEMENT);
    if (given.isEmpty()) {
      return List.of(alert("Errors", "error", USUAL_THRESHOLD, USUAL_MINUTES, administrators()));
    }
    return given
        .get()
        .valueStream()
        .map(
            each ->
                alert(
                    each.path("name").asText(),
                    each.path("query").asText(),
                    Math.max(1, (long) Math.ceil(each.path("threshold").asDouble())),
                    each.path("minutes").asInt(),
                    each.path("recipients").valueStream().map(JsonNode::asText).toList()))
        .toList();
  }

  private Alert alert(
      String name, String query, long threshold, int minutes, List<String> recipients) {
    String environment = work.at("environment");
    return logs.kept(
        new Alert(
            "slipway-" + environment + " " + name,
            logs.within(environment, ConfigureCollectors.hosts(work), query),
            threshold,
            minutes,
            recipients));
  }

  private List<String> administrators() {
    return work.element(LogUsers.element(work))
        .valueStream()
        .filter(each -> each.path("role").asText().equals("admin"))
        .map(each -> each.path("email").asText())
        .toList();
  }

  /** All who get a mail of any alert. */
  List<String> recipients() {
    return wanted.stream().flatMap(each -> each.recipients().stream()).distinct().toList();
  }

  /** Makes each alert, or changes the one of its name and notes how it was. */
  Finding ensure() {
    for (int i = 0; i < wanted.size(); i++) {
      Alert alert = wanted.get(i);
      try {
        ensure(alert);
      } catch (SystemTrouble trouble) {
        if (trouble.kind() != Kind.REJECTED) {
          throw trouble;
        }
        throw customer.unmet(
            "logging.query-refused",
            work.optionalElement(ELEMENT).isPresent() ? ELEMENT + "[" + i + "].query" : ELEMENT,
            trouble.getMessage(),
            "Correct the query as the logging system's language wants it; then retry.");
      }
    }
    return look();
  }

  private void ensure(Alert alert) {
    String note = note(alert);
    account.ensure(
        note,
        () -> logs.alert(alert.name()).map(Alert::name),
        () -> {
          logs.putAlert(alert);
          return alert.name();
        });
    Alert present = logs.alert(alert.name()).orElse(alert);
    if (!present.equals(alert)) {
      if (account.made(note).isEmpty()) {
        work.remember(Note.Kind.PREVIOUS, note, without(present));
      }
      logs.putAlert(alert);
    }
  }

  /** Addresses are personal, and notes are kept. */
  private static JsonNode without(Alert alert) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("query", alert.query())
        .put("threshold", alert.threshold())
        .put("minutes", alert.minutes());
  }

  /** Each alert is as wanted. */
  Finding look() {
    List<String> others =
        wanted.stream()
            .filter(alert -> logs.alert(alert.name()).filter(alert::equals).isEmpty())
            .map(Alert::name)
            .toList();
    if (!others.isEmpty()) {
      throw customer.unmet(
          "logging.alert-differs",
          ELEMENT,
          "Missing, or otherwise than wanted: " + String.join(", ", others) + ".",
          "Have the task set them again, or take the difference over into the element.");
    }
    return new Finding(
        "alerts by name",
        logs.against(),
        "as wanted: " + String.join(", ", wanted.stream().map(Alert::name).toList()));
  }

  /** Removes the alerts that this task has made; those that it changed are as before. */
  Finding putBack() {
    List<String> done = new ArrayList<>();
    for (Alert alert : wanted) {
      String note = note(alert);
      Optional<JsonNode> before = work.remembered(Note.Kind.PREVIOUS, note);
      Optional<Alert> present = logs.alert(alert.name());
      if (account.made(note).isPresent() && present.isPresent()) {
        logs.removeAlert(alert.name());
        done.add(alert.name() + " is removed");
      } else if (before.isPresent() && present.isPresent()) {
        logs.putAlert(
            new Alert(
                alert.name(),
                before.get().path("query").asText(),
                before.get().path("threshold").asLong(),
                before.get().path("minutes").asInt(),
                present.get().recipients()));
        done.add(alert.name() + " is as before, but for its recipients");
      }
    }
    return new Finding(
        "put back", logs.against(), done.isEmpty() ? "nothing was made" : String.join("; ", done));
  }

  private static String note(Alert alert) {
    return "alert:" + alert.name();
  }
}
