package dev.slipway.enterprise.datamigration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import dev.slipway.systems.maestrano.SourceTenantCredentialTest;
import dev.slipway.task.Bench;
import dev.slipway.task.TaskFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M64 and M63, against the stand-in of the source's hub and a data runner's results. */
final class DataMoveTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String MANIFEST = "0123456789abcdef".repeat(4);
  private static final String OTHER = "f".repeat(64);
  private static final String MAP = "a".repeat(64);
  private static final String NAMED = "{\"manifest\":\"" + MANIFEST + "\"}";

  private final List<Probe> asked = new ArrayList<>();
  private String dump = MANIFEST;
  private TaskFunction hub;
  private Bench bench;

  @BeforeEach
  void start() {
    hub = new DumpMnohub(SANDBOX.context(), SANDBOX.parties().http());
    bench = bench("data-migration.dump-mnohub");
    SANDBOX
        .control()
        .patchWorld(
            """
            {"maestrano":{"hubs":{"uat":{"organizations":[
             {"id":"1","tenant":"acme","uid":"org-a","account_frozen":false},
             {"id":"2","tenant":"acme","uid":"org-b","account_frozen":true},
             {"id":"3","tenant":"acme","uid":"org-stays","account_frozen":false}]}}}}\
            """);
  }

  private Bench bench(String task) {
    return new Bench(task)
        .element(
            "migration",
            """
            {"wanted":true,"sourceTenant":"acme","targetTenant":"acme-own",
             "organisations":["org-a","org-b"],"consent":{"document":"%s"},
             "cutOver":{"from":"2000-01-01T00:00:00Z","to":"2100-01-01T00:00:00Z"}}\
            """
                .formatted(OTHER))
        .element("migration-map", "{\"version\":\"4.0\",\"file\":\"" + MAP + "\"}")
        .secret(
            "source-tenant",
            "{\"host\":\"hub.uat.customer.example\",\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(hubTenantId("uat", "acme"), hubTenantKey("uat", "acme")))
        .seesFromInside(this::run);
  }

  private Map<String, String> run(Probe probe) {
    asked.add(probe);
    return Map.of("manifest", dump, "rows", "310", "bytes", "9000", "counts", "users 310");
  }

  private static boolean isFrozen(int index) {
    JsonNode all = SANDBOX.control().world().at("/maestrano/hubs/uat/organizations");
    return all.path(index).path("account_frozen").asBoolean();
  }

  private void approved() {
    bench.answer("approve", "customer", NAMED).by("emil").answer("confirm", "engineer", NAMED);
  }

  @Test
  void whatTwoPeopleApprovedIsLoadedAndNothingElse() {
    Outcome.Waiting first = waitsFor("approve", bench.attempt(hub));
    assertEquals(Party.CUSTOMER, first.party());
    assertTrue(first.instructions().contains("users 310"), first::instructions);
    assertTrue(isFrozen(0) && isFrozen(1));
    assertFalse(isFrozen(2), "it stays, and is not in scope");
    bench.answer("approve", "customer", NAMED);
    assertEquals(Party.VENDOR, waitsFor("confirm", bench.attempt(hub)).party());
    assertTrue(asked.stream().noneMatch(job -> job.kind().equals("data-load")));

    bench.by("emil").answer("confirm", "engineer", NAMED);
    asked.clear();
    String evidence = done(bench.attempt(hub));

    assertEquals(
        List.of("data-dump", "data-check", "data-load", "data-compare"),
        asked.stream().map(Probe::kind).toList());
    DataJob load = assertInstanceOf(DataJob.class, asked.get(2));
    assertEquals(MANIFEST, load.manifest().orElseThrow());
    assertEquals("acme-own", load.target().orElseThrow());
    assertEquals(List.of("org-a", "org-b"), load.organisations());
    assertEquals(MAP, load.map());
    assertTrue(evidence.contains("anna (customer)"), evidence);
    assertTrue(evidence.contains("emil (engineer)"), evidence);
    done(bench.verify(hub));
  }

  /** Where the map says that rows name files. */
  @Test
  void whoApprovesIsToldOfFilesToo() {
    bench.seesFromInside(
        probe ->
            Map.of(
                "manifest",
                dump,
                "rows",
                "310",
                "bytes",
                "9000",
                "counts",
                "users 310",
                "objects",
                "12",
                "objectBytes",
                "4000",
                "objectsMissing",
                "1"));

    String asks = waitsFor("approve", bench.attempt(hub)).instructions();
    assertTrue(
        asks.contains("and 12 files in 4000 bytes (1 more are named and not there): users 310"),
        asks);
  }

  @Test
  void onePersonDoesNotApproveTwice() {
    bench.answer("approve", "customer", NAMED).answer("confirm", "engineer", NAMED);

    assertEquals(
        "migration.approval-same-person", waitsFor("confirm", bench.attempt(hub)).problem().code());
  }

  @Test
  void anApprovalThatDoesNotNameTheManifestIsNone() {
    bench.answer("approve", "customer", "{\"manifest\":\"" + OTHER + "\"}");

    assertEquals(
        "migration.approval-stale", waitsFor("approve", bench.attempt(hub)).problem().code());
  }

  @Test
  void withAnotherDumpBothAreAskedAgain() {
    approved();
    done(bench.attempt(hub));
    dump = OTHER;

    assertEquals("statement.outdated", waitsFor("approve", bench.attempt(hub)).problem().code());
  }

  @Test
  void aResultOfAnotherDumpIsNotTaken() {
    approved();
    bench.seesFromInside(
        probe ->
            Map.of("manifest", probe.kind().equals("data-load") ? OTHER : MANIFEST, "rows", "1"));

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, bench.attempt(hub));
    assertEquals("migration.manifest-differs", failed.problem().code());
  }

  @Test
  void aRunnersTroubleIsTold() {
    bench.seesFromInside(probe -> Map.of("trouble", "table-unknown"));

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, bench.attempt(hub));
    assertEquals("migration.table-unknown", failed.problem().code());
  }

  @Test
  void withoutARunnerTheVendorIsToldHowToStartOne() {
    bench.seesFromInside(null);

    Outcome.Waiting waiting = waitsFor("dump", bench.attempt(hub));
    assertEquals(Party.VENDOR, waiting.party());
    assertTrue(
        waiting.instructions().contains("slipway data --api URL --code CODE"),
        waiting::instructions);
    assertTrue(waiting.instructions().contains("--at mnohub-source=ADDRESS"));
  }

  @Test
  void aHubBeforeFourDoesNotTellWhatIsFrozenAndAPersonStatesIt() {
    SANDBOX.control().patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":{\"lacks\":[\"freeze\"]}}}}");
    assertEquals(Party.VENDOR, waitsFor("freeze", bench.attempt(hub)).party());

    bench.answer("freeze", "engineer", "{}");
    approved();
    String evidence = done(bench.attempt(hub));

    assertTrue(evidence.contains("before 4.0"), evidence);
    done(bench.verify(hub));
  }

  @Test
  void outsideOfTheWindowNothingIsFrozen() {
    bench.element("migration", window("2090-01-01T00:00:00Z", "2100-01-01T00:00:00Z"));
    assertInstanceOf(Outcome.Waiting.class, bench.attempt(hub));
    bench.element("migration", window("2000-01-01T00:00:00Z", "2001-01-01T00:00:00Z"));

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, bench.attempt(hub));
    assertEquals("migration.window-over", failed.problem().code());
    assertFalse(isFrozen(0));
    assertEquals(List.of(), asked);
  }

  private static String window(String from, String to) {
    return """
    {"wanted":true,"sourceTenant":"acme","organisations":"all","consent":{"document":"%s"},
     "cutOver":{"from":"%s","to":"%s"}}\
    """
        .formatted(OTHER, from, to);
  }

  @Test
  void withoutConsentNoDataIsRead() {
    bench.element(
        "migration",
        window("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
            .replaceFirst(",\"consent\":\\{[^}]*}", ""));

    assertInstanceOf(Outcome.Waiting.class, bench.attempt(hub));
    assertEquals(List.of(), asked);
  }

  @Test
  void putBackWhatWasLoadedIsDeletedAndWhatWasFrozenIsFreeAgain() {
    approved();
    done(bench.attempt(hub));
    asked.clear();

    bench.putBack(hub);

    assertEquals(List.of("data-undo"), asked.stream().map(Probe::kind).toList());
    assertFalse(isFrozen(0));
    assertTrue(isFrozen(1), "it was frozen before");
  }

  @Test
  void killedBehindEachNoteItGoesOn() {
    approved();
    int notes = 0;
    while (bench.crashAfterNotes(notes).attempt(hub) instanceof Outcome.Failed) {
      notes++;
    }
    assertTrue(notes > 2, notes + " times");
    done(bench.attempt(hub));
    assertTrue(isFrozen(0));
  }

  @Test
  void theKeysMustBeThoseOfTheTenantThatMoves() throws JsonProcessingException {
    SourceTenantCredentialTest test = new SourceTenantCredentialTest(SANDBOX.parties().http());
    JsonNode keys =
        Json.MAPPER.readTree(
            "{\"host\":\"hub.uat.customer.example\",\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(hubTenantId("uat", "acme"), hubTenantKey("uat", "acme")));

    assertEquals(Grade.VALID, test.test(keys, migration("acme")).grade());
    assertEquals(Grade.WRONG_REGION_OR_ENV, test.test(keys, migration("bravo")).grade());
  }

  private static JsonNode migration(String tenant) throws JsonProcessingException {
    return Json.MAPPER.readTree("{\"migration\":{\"sourceTenant\":\"%s\"}}".formatted(tenant));
  }

  @Test
  void businessDataGoesByTheGroupsOfTheHubsDump() {
    ProbeRecord earlier =
        bench.probe(
            "dump",
            new DataJob(
                    DataJob.Operation.DUMP,
                    "mnohub",
                    "acme",
                    List.of(),
                    MAP,
                    Optional.empty(),
                    Optional.empty())
                .parameters());
    Bench connec = bench("data-migration.dump-connec");
    DumpConnec task =
        new DumpConnec(SANDBOX.context(), SANDBOX.parties().http(), of -> List.of(earlier));
    asked.clear();

    waitsFor("approve", connec.attempt(task));

    DataJob job = assertInstanceOf(DataJob.class, asked.getFirst());
    assertEquals("connec-source", job.database());
    assertEquals(MANIFEST, job.manifest().orElseThrow());

    DumpConnec without =
        new DumpConnec(SANDBOX.context(), SANDBOX.parties().http(), of -> List.of());
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, connec.attempt(without));
    assertEquals("migration.no-groups", failed.problem().code());
  }

  @Test
  void aConnectorsDataIsInADatabaseOfItsOwn() {
    Bench connector = bench("data-migration.dump-connectors").at("application", "salesforce");
    DumpConnectors task = new DumpConnectors(SANDBOX.context(), SANDBOX.parties().http());

    waitsFor("approve", connector.attempt(task));

    DataJob job = assertInstanceOf(DataJob.class, asked.getFirst());
    assertEquals("connector.salesforce-source", job.database());
    assertEquals("connector", job.section());
    assertEquals(Optional.empty(), job.manifest());
  }
}
