package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.prometheus.AlertmanagerClient;
import dev.slipway.systems.prometheus.ListedAlert;
import dev.slipway.systems.prometheus.TestAlert;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One test alert. It cannot be taken back once it was sent on, so it is noted first, keeps one
 * identity however often it is sent, and is resolved at the end.
 */
final class AlertTrial {
  /** An alert that nobody resolves ends by itself after this time. */
  private static final Duration LASTS = Duration.ofMinutes(15);

  private final Work work;
  private final AlertmanagerClient alertmanager;

  AlertTrial(Work work, AlertmanagerClient alertmanager) {
    this.work = work;
    this.alertmanager = alertmanager;
  }

  Finding run() {
    String basis = Json.hash(Json.tree(List.of(work.onboarding(), work.element("monitoring"))));
    String id = "onboarding-" + basis.substring(0, 12);
    Instant begun =
        Instant.parse(
            work.remember(Note.Kind.INTENT, "alert:" + id, Json.tree(work.now())).asText());
    TestAlert alert =
        new TestAlert(
            id,
            "Test alert of the onboarding: please confirm that it arrived.",
            begun,
            work.now().plus(LASTS));
    String seen = "alert-seen:" + id;
    if (work.remembered(Note.Kind.RESOURCE, seen).isEmpty()) {
      alertmanager.post(alert);
      work.remember(Note.Kind.RESOURCE, seen, Json.tree(receivers(id)));
    }
    String resolved = "alert-resolved:" + id;
    if (work.remembered(Note.Kind.RESOURCE, resolved).isEmpty()) {
      alertmanager.resolve(alert, work.now());
      work.remember(Note.Kind.RESOURCE, resolved, Json.tree(work.now()));
    }
    return new Finding(
        "test alert",
        alertmanager.against(),
        "alert "
            + id
            + " went to the receivers "
            + work.remembered(Note.Kind.RESOURCE, seen).orElseThrow()
            + " and was resolved");
  }

  private List<String> receivers(String id) {
    ListedAlert listed =
        alertmanager
            .listed(id)
            .orElseThrow(() -> unseen("Alertmanager took the test alert but does not list it."));
    if (!listed.withheld().isEmpty()) {
      throw unseen(
          "Alertmanager tells nobody of the test alert, which is "
              + String.join("; ", listed.withheld())
              + ".");
    }
    return listed.receivers();
  }

  private static UnmetRequirement unseen(String message) {
    return new UnmetRequirement(
        "monitoring.alert-not-seen",
        "monitoring",
        "monitoring.alertmanagerUrl",
        message,
        "Check for a silence, an inhibition or a mute time that covers it; then retry.");
  }
}
