package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.ProbeResult;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps by which the data of one store moves: a data runner dumps and checks it, one person of
 * each side approves what its manifest lists, and a data runner loads and compares it. Nothing is
 * loaded but what was approved, for both go by the manifest's SHA-256.
 */
final class DataMove {
  static final String FIELD = "migration";

  /** Why nobody looks at a move after go-live. */
  static final String OVER = "The move is over, and its source need not be there any more.";

  private static final String LOAD = "load";

  private final Work work;
  private final String store;
  private final Optional<String> basis;

  /**
   * @param store the section of the map, such as {@code mnohub}
   * @param basis the manifest whose groups the dump goes by; empty: none
   */
  DataMove(Work work, String store, Optional<String> basis) {
    this.work = work;
    this.store = store;
    this.basis = basis;
  }

  /** Goes through all steps. */
  void perform() {
    requireConsent();
    ProbeResult dumped = run("dump", job(Operation.DUMP, basis));
    String manifest = dumped.fact("manifest");
    run("closed", job(Operation.CHECK, Optional.of(manifest)));
    new Approvals(
            work,
            work.about(FIELD).and("manifest", manifest),
            "manifest",
            manifest,
            false,
            "approval-stale",
            "%s rows in %s bytes%s: %s"
                .formatted(
                    dumped.fact("rows"),
                    dumped.fact("bytes"),
                    files(dumped),
                    dumped.fact("counts")))
        .require();
    work.remember(Note.Kind.INTENT, LOAD, Json.tree(manifest));
    run(LOAD, job(Operation.LOAD, Optional.of(manifest)));
    run("compare", job(Operation.COMPARE, Optional.of(manifest)));
  }

  /** The files that rows name, where the map says that they name any. */
  private static String files(ProbeResult dumped) {
    return dumped.fact("objects").isEmpty()
        ? ""
        : " and %s files in %s bytes (%s more are named and not there)"
            .formatted(
                dumped.fact("objects"), dumped.fact("objectBytes"), dumped.fact("objectsMissing"));
  }

  /** Has deleted from the target what may have been loaded. */
  void putBack() {
    work.remembered(Note.Kind.INTENT, LOAD)
        .ifPresent(manifest -> run(LOAD, job(Operation.UNDO, Optional.of(manifest.asText()))));
  }

  /** Whose data it is must have been asked, before any of it is read. */
  private void requireConsent() {
    JsonNode migration = work.element(FIELD);
    work.waitForElement(
        FIELD,
        migration.path("consent").has("document"),
        "Give the document of the consent to the move in the element `migration`: personal data is"
            + " read only with it.");
  }

  private ProbeResult run(String step, DataJob job) {
    return work.step(step)
        .about(FIELD, "migration-map")
        .field(FIELD)
        .ran(
            job,
            told -> {
              boolean isOther =
                  job.manifest().isPresent()
                      && job.operation() != Operation.DUMP
                      && !told.fact("manifest").equals(job.manifest().get());
              if (isOther || told.fact("manifest").isEmpty()) {
                throw unmet(
                    "manifest-differs",
                    "The runner's result is of another dump than the one that was asked for.",
                    "Retry the task: it is dumped again.");
              }
              return new Finding(job.kind(), job.against(), said(told));
            });
  }

  private static String said(ProbeResult told) {
    List<String> facts = new ArrayList<>();
    for (String name :
        List.of(
            "manifest",
            "rows",
            "bytes",
            "objects",
            "objectBytes",
            "objectsMissing",
            "references",
            "deleted",
            "objectsDeleted",
            "counts")) {
      if (!told.fact(name).isEmpty()) {
        facts.add(name + " " + told.fact(name));
      }
    }
    return String.join(", ", facts);
  }

  private DataJob job(Operation operation, Optional<String> manifest) {
    JsonNode migration = work.element(FIELD);
    List<String> organisations = new ArrayList<>();
    if (migration.path("organisations").isArray()) {
      migration.path("organisations").forEach(uid -> organisations.add(uid.asText()));
    }
    String source = migration.path("sourceTenant").asText();
    boolean atTarget =
        List.of(Operation.LOAD, Operation.COMPARE, Operation.UNDO).contains(operation);
    return new DataJob(
        operation,
        store,
        source,
        organisations,
        work.element("migration-map").path("file").asText(),
        atTarget ? Optional.of(migration.path("targetTenant").asText(source)) : Optional.empty(),
        manifest);
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement("migration." + code, "slipway", FIELD, message, nextStep);
  }
}
