package dev.slipway.enterprise.datamigration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.systems.maestrano.ConnectorAdminCredentialTest;
import dev.slipway.task.Bench;
import dev.slipway.task.TaskFunction;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M66, against the stand-ins of the source's hub and of a connector. */
final class RenameTenantTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String FIELD = "credential:connector-admin@salesforce";

  /** As the ledger gives numbers back. */
  private static final String NONE = "{\"organizations\":0.0,\"users\":0.0}";

  private static final String ONE = "{\"organizations\":1,\"users\":4}";

  private SourceWorld source;
  private Bench bench;
  private TaskFunction task;

  @BeforeEach
  void start() {
    source = new SourceWorld(SANDBOX);
    bench = source.bench("data-migration.rename-tenant").at("application", "salesforce");
    source.patchConnector(
        """
        {"organizations":[{"uid":"cld-2","tenant":"vendor-shared"},
          {"uid":"cld-of-others","tenant":"vendor-shared-2"}]}\
        """);
    task = new RenameTenant(SANDBOX.context(), SANDBOX.parties().http());
  }

  private void stated() {
    bench
        .answer("collisions", "engineer", NONE)
        .answer("rename", "engineer", ONE)
        .by("emil")
        .answer("confirm", "engineer", ONE);
  }

  private void renamed() {
    source.atConnector("rename-tenant", "from", "vendor-shared", "to", "customer-production");
  }

  @Test
  void twoPeopleRenameAndTheConnectorIsAsked() {
    Outcome.Waiting collisions = waitsFor("collisions", bench.attempt(task));
    assertEquals(Party.VENDOR, collisions.party());
    assertTrue(collisions.instructions().contains("uid IN ('cld-2')"), collisions::instructions);
    bench.answer("collisions", "engineer", NONE);
    Outcome.Waiting rename = waitsFor("rename", bench.attempt(task));
    assertTrue(
        rename
            .instructions()
            .contains(
                "UPDATE organizations SET tenant = 'customer-production' WHERE tenant ="
                    + " 'vendor-shared' AND uid IN ('cld-2');"),
        rename::instructions);

    renamed();
    stated();
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("1 organisations under the new name"), evidence);
    done(bench.verify(task));
    assertTrue(done(bench.putBack(task)).contains("SET tenant = 'vendor-shared'"));
  }

  @Test
  void whatIsThereUnderBothNamesIsRefused() {
    bench.answer("collisions", "engineer", "{\"organizations\":0,\"users\":1}");
    assertEquals(
        "connector.tenant-collision", waitsFor("collisions", bench.attempt(task)).problem().code());

    source.patchConnector(
        """
        {"organizations":[{"uid":"cld-2","tenant":"vendor-shared"},
          {"uid":"cld-2","tenant":"customer-production"}]}\
        """);
    bench.answer("collisions", "engineer", NONE);
    Outcome.Waiting twice = waitsFor("collisions", bench.attempt(task));
    assertEquals("connector.tenant-collision", twice.problem().code());
    assertTrue(twice.problem().message().contains("cld-2"), twice.problem()::message);
  }

  /** With the vendor's map at hand a data runner counts; a person still may. */
  @Test
  void aDataRunnerCountsWhatIsThereUnderBothNames() {
    bench.element("migration-map", "{\"file\":\"%s\"}".formatted("0a".repeat(32)));
    Outcome.Waiting asked = waitsFor("collisions", bench.attempt(task));
    assertEquals(Party.VENDOR, asked.party());
    assertTrue(
        asked.instructions().contains("--at connector.salesforce-source=ADDRESS"),
        asked::instructions);
    assertTrue(asked.instructions().contains("uid IN ('cld-2')"), asked::instructions);

    bench.seesFromInside(probe -> Map.of("organizations", "0", "users", "2"));
    assertTrue(
        failed("connector.tenant-collision", "connector", FIELD, bench.attempt(task))
            .message()
            .contains("0 organisation(s), 2 user(s)"));

    bench.seesFromInside(probe -> Map.of("organizations", "0", "users", "0"));
    waitsFor("rename", bench.attempt(task));

    bench.seesFromInside(null).answer("collisions", "engineer", NONE);
    waitsFor("rename", bench.attempt(task));
  }

  @Test
  void onePersonIsNotTwoAndCountsHaveToFit() {
    stated();
    bench.by("anna").answer("confirm", "engineer", ONE);
    assertEquals(
        "migration.approval-same-person",
        waitsFor("confirm", bench.attempt(task)).problem().code());

    bench.by("emil").answer("confirm", "engineer", "{\"organizations\":1,\"users\":5}");
    assertEquals(
        "migration.counts-differ", waitsFor("confirm", bench.attempt(task)).problem().code());

    bench.answer("rename", "engineer", "{\"organizations\":7,\"users\":5}");
    assertEquals(
        "migration.counts-differ", waitsFor("rename", bench.attempt(task)).problem().code());
  }

  @Test
  void whoSaidItWithoutDoingItIsTold() {
    stated();

    failed("connector.not-renamed", "connector", FIELD, bench.attempt(task));

    renamed();
    done(bench.attempt(task));
  }

  @Test
  void renamedAlreadyThereIsNothingToDo() {
    renamed();

    assertTrue(done(bench.attempt(task)).contains("none of the organisations"));
  }

  @Test
  void withoutTheTargetsKeysItIsNotKnownToWork() {
    stated();
    renamed();
    bench.secret(
        "connector-admin",
        """
        {"host":"salesforce.connectors.example","marketplace":"vendor-shared","apiId":"old-id",
         "apiKey":"old-key"}\
        """);
    source.atConnector("rename-tenant", "from", "customer-production", "to", "vendor-shared");

    failed("connector.no-target-keys", "connector", FIELD, bench.attempt(task));
  }

  @Test
  void killedBehindItsNoteItStillKnowsWhatToRename() {
    stated();
    int notes = 0;
    while (notes < 20
        && bench.crashAfterNotes(notes).attempt(task) instanceof Outcome.Failed failed
        && failed.problem().code().equals("slipway.unexpected")) {
      notes++;
    }
    assertTrue(notes >= 1, notes + " times");
    renamed();

    bench.crashAfterNotes(Integer.MAX_VALUE);
    assertTrue(done(bench.attempt(task)).contains("1 organisations under the new name"));
  }

  @Test
  void theKeysAreTestedAndThoseOfAnotherMarketplaceToldApart() throws Exception {
    ConnectorAdminCredentialTest test = new ConnectorAdminCredentialTest(SANDBOX.parties().http());
    JsonNode keys =
        Json.MAPPER.readTree(
            """
            {"host":"salesforce.connectors.example","marketplace":"vendor-shared","apiId":"old-id",
             "apiKey":"old-key","targetApiId":"new-id","targetApiKey":"new-key"}\
            """);
    JsonNode none = Json.MAPPER.createObjectNode();

    assertEquals(Grade.VALID, test.test(keys, none).grade());
    assertEquals(
        Grade.WRONG_REGION_OR_ENV, test.test(with(keys, "marketplace", "other"), none).grade());
    assertEquals(
        Grade.INVALID_CREDENTIALS, test.test(with(keys, "targetApiKey", "wrong"), none).grade());
  }

  private static JsonNode with(JsonNode keys, String field, String value) {
    return keys.<ObjectNode>deepCopy().put(field, value);
  }
}
