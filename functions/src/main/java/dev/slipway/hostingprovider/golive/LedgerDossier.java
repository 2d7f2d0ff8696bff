package dev.slipway.hostingprovider.golive;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Report;
import dev.slipway.report.Reporter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The dossier as the ledger holds it. */
final class LedgerDossier implements Dossier {
  private static final Actor ACTOR = Actor.system("go-live");

  private final FunctionContext context;

  LedgerDossier(FunctionContext context) {
    this.context = context;
  }

  @Override
  public Report report(String onboarding) {
    Onboarding known = context.onboardings().find(onboarding).orElseThrow();
    return Reporter.of(
            known,
            context.checklists().get(known.checklist(), known.checklistVersion()),
            context.clock().instant(),
            context.onboardings().standing(onboarding),
            context.tasks().attempts(onboarding),
            context.answers().of(onboarding))
        .report();
  }

  @Override
  public TaskRecord task(String onboarding, TaskKey key) {
    return context.tasks().of(onboarding, key);
  }

  @Override
  public String keep(String onboarding, String name, String text) {
    return context
        .files()
        .keep(onboarding, text.getBytes(StandardCharsets.UTF_8), name, "text/markdown", ACTOR)
        .sha256();
  }

  @Override
  public Optional<String> text(String onboarding, String sha256) {
    return context
        .files()
        .content(onboarding, sha256)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<FileInfo> file(String onboarding, String sha256) {
    return context.files().info(onboarding, sha256);
  }

  @Override
  public void verifyAgain(String onboarding, List<TaskKey> tasks, String why) {
    context.requests().requestVerification(onboarding, tasks, ACTOR, why);
  }
}
