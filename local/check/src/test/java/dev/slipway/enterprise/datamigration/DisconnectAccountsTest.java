package dev.slipway.enterprise.datamigration;

import static dev.slipway.enterprise.datamigration.SourceWorld.NEVER;
import static dev.slipway.enterprise.datamigration.SourceWorld.OPEN;
import static dev.slipway.enterprise.datamigration.SourceWorld.migration;
import static dev.slipway.enterprise.datamigration.SourceWorld.window;
import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import dev.slipway.task.TaskFunction;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M62, against the stand-ins of the source's hub and of a connector. */
final class DisconnectAccountsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String FREEZE = "\"after\":\"freeze\"";

  private SourceWorld source;
  private Bench bench;
  private TaskFunction task;

  @BeforeEach
  void start() {
    source = new SourceWorld(SANDBOX);
    bench = source.bench("data-migration.disconnect-accounts");
    task =
        new DisconnectAccounts(
            SANDBOX.context(), SANDBOX.parties().http(), SourceWorld.archive(bench));
  }

  private void begun() {
    bench.answer("start").answer("tell", "engineer", "{}");
  }

  private boolean isOn(int index) {
    return source.connector(index).path("sync_enabled").asBoolean();
  }

  private boolean isLinked(int index) {
    return source.connector(index).path("has_account_linked").asBoolean();
  }

  @Test
  void connectorsAreDisconnectedByMachineAndConnecByPeopleAndThenItIsQuiet() {
    Outcome.Waiting start = waitsFor("start", bench.attempt(task));
    assertEquals(Party.CUSTOMER, start.party());
    assertTrue(start.instructions().contains("connect your applications"), start::instructions);
    bench.answer("start");
    assertEquals(Party.VENDOR, waitsFor("tell", bench.attempt(task)).party());
    assertTrue(isOn(0), "nothing is disconnected before the users are told");

    bench.answer("tell", "engineer", "{}");
    Outcome.Waiting connec = waitsFor("connec", bench.attempt(task));
    assertTrue(connec.instructions().contains("xero of org-a"), connec::instructions);
    assertFalse(connec.instructions().contains("org-stays"), connec::instructions);
    assertFalse(isOn(0) || isLinked(0));
    assertTrue(isOn(1) && isLinked(1), "another organisation's account stays");

    source.atHub("disconnect-at-hub");
    bench.answer("connec", "engineer", "{}");
    Outcome.Waiting quiet = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertNull(quiet.step());
    String evidence = done(bench.after(Duration.ofMinutes(31)).attempt(task));

    assertTrue(evidence.contains("connected {xero=1}"), evidence);
    assertTrue(evidence.contains("salesforce: 1 disconnected"), evidence);
    done(bench.verify(task));
  }

  @Test
  void whatIsDisconnectedAlreadyIsNotToggledOn() {
    source.atConnector("disconnect-at-connector", "marketplace", "vendor-shared");
    source.atHub("disconnect-at-hub");
    begun();

    bench.attempt(task);
    done(bench.after(Duration.ofMinutes(31)).attempt(task));

    assertFalse(isOn(0));
  }

  @Test
  void aRunningSynchronisationIsWaitedFor() {
    source.patchConnector(
        """
        {"organizations":[{"uid":"cld-2","tenant":"vendor-shared","has_account_linked":true,
          "sync_enabled":true,"status":"RUNNING"}]}\
        """);
    begun();

    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));

    assertTrue(waiting.instructions().contains("cld-2 (RUNNING)"), waiting::instructions);
    assertTrue(isLinked(0) && !isOn(0));
  }

  @Test
  void anAccountOfTwoMarketplacesIsRefusedForItCouldBeTheOther() {
    source.patchConnector(
        """
        {"organizations":[
          {"uid":"cld-2","tenant":"customer-production","has_account_linked":true,"sync_enabled":true},
          {"uid":"cld-2","tenant":"vendor-shared","has_account_linked":true,"sync_enabled":true}]}\
        """);
    begun();

    failed(
        "connector.uid-ambiguous",
        "connector",
        "credential:connector-admin@salesforce",
        bench.attempt(task));
    assertTrue(isOn(0) && isOn(1) && isLinked(0) && isLinked(1));

    source.atConnector("disconnect-at-connector", "marketplace", "vendor-shared");
    waitsFor("connec", bench.attempt(task));
    assertTrue(isOn(0) && isLinked(0));
  }

  @Test
  void aConnectorWithoutTheCallIsLeftToAPerson() {
    source.patchConnector("{\"refuses\":[\"organizations\"]}");
    source.atHub("disconnect-at-hub");
    begun();
    assertEquals(Party.VENDOR, waitsFor("hosted", bench.attempt(task)).party());

    bench.answer("hosted", "engineer", "{}");
    bench.attempt(task);
    String evidence = done(bench.after(Duration.ofMinutes(31)).attempt(task));

    assertTrue(evidence.contains("as stated of salesforce"), evidence);
  }

  @Test
  void whoSaysDoneWhileTheHubStillHasKeysIsAskedAgain() {
    begun();
    bench.answer("connec", "engineer", "{}");

    Outcome.Waiting again = waitsFor("connec", bench.attempt(task));

    assertEquals("migration.still-linked", again.problem().code());
    assertTrue(again.problem().message().contains("xero of org-a"), again.problem()::message);
  }

  @Test
  void nothingBeginsBeforeTheWindowOrBehindIt() {
    JsonNode before = source.connector(0);
    bench.element("migration", migration(window("2090-01-01T00:00:00Z", NEVER), FREEZE));
    begun();
    Outcome.Waiting early = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertNull(early.step());

    bench.element("migration", migration(window(OPEN, "2001-01-01T00:00:00Z"), FREEZE));
    begun();
    assertEquals("migration.window-over", waitsFor("start", bench.attempt(task)).problem().code());
    assertEquals(before, source.connector(0));
  }

  @Test
  void whatWasSaidBeforeTheWindowHadBegunDoesNotCount() {
    bench.element("migration", migration(window("2026-11-25T00:00:00Z", NEVER), FREEZE));
    begun();
    bench.after(Duration.ofDays(2));

    assertEquals("migration.too-early", waitsFor("start", bench.attempt(task)).problem().code());
  }

  @Test
  void anOrganisationThatIsNotThereIsTold() {
    bench.element(
        "migration",
        migration(window(OPEN, NEVER), FREEZE).replace("[\"org-a\"]", "[\"org-a\",\"org-typo\"]"));
    begun();

    failed(
        "migration.organisations-missing",
        "source-tenant",
        "migration.organisations",
        bench.attempt(task));
  }

  @Test
  void killedBehindEachNoteNothingIsToggledTwice() {
    source.atHub("disconnect-at-hub");
    begun();
    int notes = 0;
    while (notes < 20 && bench.crashAfterNotes(notes).attempt(task) instanceof Outcome.Failed) {
      notes++;
    }
    assertTrue(notes >= 2, notes + " times");

    bench.crashAfterNotes(Integer.MAX_VALUE);
    done(bench.after(Duration.ofMinutes(31)).attempt(task));
    assertFalse(isOn(0) || isLinked(0));
    assertTrue(isOn(1));
  }

  @Test
  void putBackItSaysWhoCanConnectAgain() {
    assertTrue(done(bench.putBack(task)).contains("only its user"));
  }
}
