package dev.slipway.hostingprovider.golive;

import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.notice.MailSender;
import dev.slipway.report.Report;
import dev.slipway.systems.net.SystemTrouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What go-live knows of an onboarding, and the mails it sends, in memory. */
final class FakeDossier implements Dossier, MailSender {
  final Map<String, String> kept = new HashMap<>();
  final List<String> mails = new ArrayList<>();
  final Map<String, String> outcomes = new LinkedHashMap<>();
  final Map<String, Integer> attempts = new HashMap<>();
  final Map<String, Outcome> open = new HashMap<>();
  final List<TaskKey> verified = new ArrayList<>();
  int verifications;
  boolean mailRefused;

  FakeDossier() {
    outcomes.put("technical-configuration.check-platform", "DONE");
    outcomes.put("technical-configuration.add-external-ips", "DONE");
    outcomes.put("technical-configuration.connect-backup-storage", "DONE");
    outcomes.put("billing-integration.set-up-single-sign-on", "DONE");
  }

  @Override
  public Report report(String onboarding) {
    List<Report.TaskLine> lines =
        outcomes.entrySet().stream().map(each -> line(each.getKey(), each.getValue())).toList();
    return new Report(
        onboarding,
        "Hoster | Example",
        "hosting-provider",
        "1.0.0",
        "Hosting provider",
        Onboarding.State.RUNNING,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        Instant.EPOCH,
        Map.of(),
        Map.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        lines);
  }

  private Report.TaskLine line(String task, String outcome) {
    return new Report.TaskLine(
        Report.Kind.TASK,
        "V" + task.length(),
        task,
        "Title of " + task,
        task.substring(0, task.indexOf('.')),
        "",
        false,
        Requirement.OPTIONAL,
        outcome,
        outcome.equals("DONE") ? null : "intake: not chosen at intake: activities.x",
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        attempts.getOrDefault(task, 1),
        Instant.EPOCH,
        Instant.EPOCH,
        0L);
  }

  @Override
  public TaskRecord task(String onboarding, TaskKey key) {
    boolean pending = verified.contains(key);
    return new TaskRecord(
        key,
        1,
        null,
        null,
        open.getOrDefault(key.task(), new Outcome.Done(List.of())),
        pending ? 1 : 0,
        0,
        null,
        false,
        null,
        false,
        0,
        null,
        attempts.getOrDefault(key.task(), 1),
        attempts.getOrDefault(key.task(), 1),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** Each row that was asked has been looked at by its own function. */
  void lookAgain() {
    verified.forEach(key -> attempts.merge(key.task(), 2, (before, first) -> before + 1));
    verified.clear();
  }

  /** One of them does not hold any more. */
  void breaks(String task, String message) {
    verified.removeIf(key -> key.task().equals(task));
    attempts.put(task, 2);
    open.put(
        task, new Outcome.Failed(new Problem("x.y", "x", null, message, "Mend it."), null, null));
  }

  @Override
  public String keep(String onboarding, String name, String text) {
    String sha256 = "%064x".formatted(kept.size() + 1);
    kept.put(sha256, text);
    return sha256;
  }

  @Override
  public Optional<String> text(String onboarding, String sha256) {
    return Optional.ofNullable(kept.get(sha256));
  }

  @Override
  public Optional<FileInfo> file(String onboarding, String sha256) {
    return Optional.ofNullable(kept.get(sha256))
        .map(
            text ->
                new FileInfo(
                    sha256, "report.pdf", "application/pdf", text.length(), "eva", Instant.EPOCH));
  }

  @Override
  public void verifyAgain(String onboarding, List<TaskKey> tasks, String why) {
    verified.addAll(tasks);
    verifications++;
  }

  @Override
  public void send(String name, String address, String subject, String text) {
    if (mailRefused) {
      throw new SystemTrouble(
          "mail", SystemTrouble.Kind.REJECTED, "not verified", "ses:SendEmail", "SES", "");
    }
    mails.add(address + ": " + subject + "\n" + text);
  }
}
