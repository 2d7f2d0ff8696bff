package dev.slipway.enterprise.logging;

import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.LogSystem.Alert;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An alert of one line with a number of its own, which is sent: it has to be raised. */
final class TestAlert {
  private static final int MINUTES = 5;

  private final Work work;
  private final CustomerLogs customer;
  private final LogSystem logs;
  private final List<String> recipients;
  private final String environment;

  TestAlert(Work work, CustomerLogs customer, LogSystem logs, List<String> recipients) {
    this.work = work;
    this.customer = customer;
    this.logs = logs;
    this.recipients = recipients;
    this.environment = work.at("environment");
  }

  /** Makes the alert, sends the line once, and sees the alert raised. */
  Finding fired() {
    int count = 1;
    while (work.remembered(Note.Kind.RESOURCE, "not-fired:" + count).isPresent()) {
      count++;
    }
    String note = "test:" + count;
    String fired = note + ":fired";
    if (work.remembered(Note.Kind.RESOURCE, fired).isEmpty()) {
      raise(note, count);
      work.remember(Note.Kind.RESOURCE, fired, Json.tree(work.now()));
    }
    return new Finding(
        "state of the test alert",
        logs.against(),
        name() + " was raised",
        work.rememberedAt(Note.Kind.RESOURCE, fired).orElseThrow());
  }

  private void raise(String note, int count) {
    String number =
        work.remember(
                Note.Kind.INTENT,
                note,
                Json.tree("slipway" + UUID.randomUUID().toString().replace("-", "")))
            .asText();
    Alert alert =
        new Alert(name(), logs.within(environment, List.of(), number), 1, MINUTES, recipients);
    if (!logs.alert(name()).equals(Optional.of(alert))) {
      logs.putAlert(alert);
    }
    work.once(
        note + ":line",
        note + ":line-sent",
        () -> logs.send(environment, "Slipway raises a test alert: " + number));
    if (!logs.hasFired(name())) {
      customer.waitFor(note, "A line was sent that has to raise the test alert.");
      work.remember(Note.Kind.RESOURCE, "not-fired:" + count, Json.tree(work.now()));
      throw customer.unmet(
          "logging.alert-not-fired",
          LogAlerts.ELEMENT,
          "The alert %s was not raised within twenty minutes by the line that was sent for it."
              .formatted(name()),
          "Look whether the logging system runs its alerts; then retry.");
    }
  }

  /** It is needed no longer. */
  Finding remove() {
    logs.removeAlert(name());
    return new Finding("test alert", logs.against(), name() + " is removed");
  }

  private String name() {
    return "slipway-" + environment + " test";
  }
}
