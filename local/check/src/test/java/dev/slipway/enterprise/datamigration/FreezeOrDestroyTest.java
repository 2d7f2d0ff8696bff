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
import static org.junit.jupiter.api.Assertions.fail;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import dev.slipway.task.TaskFunction;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M67, against the stand-in of the source's hub. */
final class FreezeOrDestroyTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String DOCUMENT = "c".repeat(64);
  private static final String DESTROY = "\"after\":\"destroy\",\"graceDays\":40";
  private static final Pattern LIST =
      Pattern.compile("The list is the file ([0-9a-f]{64}): it lists");

  private SourceWorld source;
  private Bench bench;
  private TaskFunction task;

  @BeforeEach
  void start() {
    source = new SourceWorld(SANDBOX);
    bench = source.bench("data-migration.freeze-or-destroy");
    bench.answer("target-accepted");
    task =
        new FreezeOrDestroy(
            SANDBOX.context(), SANDBOX.parties().http(), SourceWorld.archive(bench));
  }

  private void toDestroy() {
    bench.element("migration", migration(window(OPEN, NEVER), DESTROY));
  }

  /** The hash of the list that is to be approved. */
  private String asked() {
    Matcher told = LIST.matcher(waitsFor("approve", bench.attempt(task)).instructions());
    assertTrue(told.find());
    return told.group(1);
  }

  private String approved() {
    String list = asked();
    approve(list);
    return list;
  }

  private void approve(String list) {
    String named = "{\"list\":\"" + list.substring(0, 12) + "\"}";
    bench
        .by("anna")
        .answer("approve", "customer", named)
        .by("emil")
        .answer("confirm", "engineer", named)
        .answer("certificate", "engineer", "{}");
  }

  private void certified() {
    bench
        .file(DOCUMENT, Bytes.of("We destroyed it."))
        .answer(
            "certificate",
            "engineer",
            "{\"document\":\"" + DOCUMENT + "\",\"backupsExpire\":\"2027-03-31\"}");
  }

  private boolean isFrozen(int index) {
    return source.hub("organizations", index).path("account_frozen").asBoolean();
  }

  @Test
  void whatTwoPeopleApprovedByItsHashIsFrozenAndNothingElse() {
    Bench unasked = source.bench("data-migration.freeze-or-destroy");
    assertEquals(Party.CUSTOMER, waitsFor("target-accepted", unasked.attempt(task)).party());
    Outcome.Waiting approve = waitsFor("approve", bench.attempt(task));
    assertEquals(Party.CUSTOMER, approve.party());
    assertTrue(approve.instructions().contains("1 organisations, 2 applications and 1 users"));
    assertTrue(approve.instructions().contains("bob@acme.example: belongs to an organisation"));
    assertFalse(isFrozen(0));

    approved();
    String evidence = done(bench.attempt(task));

    assertTrue(isFrozen(0));
    assertFalse(isFrozen(1), "it stays");
    assertTrue(evidence.contains("anna (customer)") && evidence.contains("emil (engineer)"));
    assertEquals(3, source.count("users"));
    done(bench.verify(task));
  }

  @Test
  void aListThatChangedSinceIsApprovedAnew() {
    approved();
    source.patchHub(
        """
        {"users":[{"id":"3","tenant":"acme","email":"ann@acme.example","organizations":["1","2"]}]}\
        """);

    Outcome.Waiting stale = waitsFor("approve", bench.attempt(task));

    assertEquals("migration.plan-stale", stale.problem().code());
    assertFalse(isFrozen(0));
  }

  @Test
  void onePersonDoesNotApproveTwiceAndOneSideAloneDoesNotEither() {
    String list = asked();
    String named = "{\"list\":\"" + list + "\"}";
    bench.answer("approve", "customer", named).answer("confirm", "engineer", named);
    assertEquals(
        "migration.approval-same-person",
        waitsFor("confirm", bench.attempt(task)).problem().code());

    bench.by("paul").answer("confirm", "customer", named);
    assertEquals(
        "migration.approval-one-side", waitsFor("confirm", bench.attempt(task)).problem().code());

    bench.by("emil").answer("approve", "engineer", named);
    assertEquals(
        "migration.approval-one-side", waitsFor("approve", bench.attempt(task)).problem().code());
    assertFalse(isFrozen(0));
  }

  @Test
  void afterTheDaysOfGraceTheMachineDestroysWhatItCanAndNamesTheRestToAPerson() {
    toDestroy();
    String list = approved();
    assertNull(assertInstanceOf(Outcome.Waiting.class, bench.attempt(task)).step());
    assertNull(
        assertInstanceOf(Outcome.Waiting.class, bench.after(Duration.ofDays(39)).attempt(task))
            .step());
    assertTrue(isFrozen(0));
    assertEquals(3, source.count("users"), "too early");

    bench.after(Duration.ofDays(1));
    Outcome.Waiting rest = waitsFor("destroy-rest", bench.attempt(task));

    assertEquals(Party.VENDOR, rest.party());
    assertTrue(rest.instructions().contains("org-a") && rest.instructions().contains("Connec!"));
    assertEquals("bob@acme.example", source.hub("users", 0).path("email").asText());
    assertEquals(2, source.count("users"), "the shared one stays");
    assertEquals("terminated", source.hub("app_instances", 1).path("status").asText());
    assertEquals("running", source.hub("app_instances", 2).path("status").asText());

    bench.answer("destroy-rest", "engineer", "{}");
    assertEquals(
        "migration.not-destroyed", waitsFor("destroy-rest", bench.attempt(task)).problem().code());

    source.patchHub(
        "{\"organizations\":[{\"id\":\"2\",\"tenant\":\"acme\",\"uid\":\"org-stays\"}]}");
    bench.answer("destroy-rest", "engineer", "{}");
    assertEquals(
        "migration.no-certificate", waitsFor("certificate", bench.attempt(task)).problem().code());
    certified();
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains(list.substring(0, 12)), "the list of the approval: " + evidence);
    done(bench.verify(task));
    assertTrue(done(bench.putBack(task)).contains("cannot be brought back"));
  }

  @Test
  void aHubThatRefusesToDeleteLeavesItToAPerson() {
    source.patchHub("{\"refuses\":[\"DELETE user\",\"DELETE terminate\"]}");
    toDestroy();
    approved();
    bench.attempt(task);
    bench.after(Duration.ofDays(40));
    assertEquals(Party.VENDOR, waitsFor("destroy", bench.attempt(task)).party());

    source.atHub("delete-at-hub");
    bench.answer("destroy", "engineer", "{}");
    certified();
    done(bench.attempt(task));
  }

  @Test
  void usersOfWhomTheHubDoesNotTellWhereTheyBelongAreKept() {
    source.patchHub("{\"lacks\":[\"organizations\"]}");

    Outcome.Waiting approve = waitsFor("approve", bench.attempt(task));

    assertTrue(approve.instructions().contains("0 users"), approve::instructions);
    assertTrue(approve.instructions().contains("does not tell where it belongs"));
  }

  @Test
  void withoutConsentNothingIsDestroyed() {
    bench.element(
        "migration",
        migration(window(OPEN, NEVER), DESTROY)
            .replace("\"destruction\":true", "\"destruction\":false"));
    approved();

    failed("migration.no-consent", "slipway", "migration.consent", bench.attempt(task));
  }

  @Test
  void aHubBeforeFourIsFrozenByAPerson() {
    source.patchHub("{\"lacks\":[\"freeze\"]}");
    approved();
    assertEquals(Party.VENDOR, waitsFor("freeze", bench.attempt(task)).party());

    bench.answer("freeze", "engineer", "{}");
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("before 4.0"), evidence);
    done(bench.verify(task));
  }

  @Test
  void putBackItUnfreezesWhatItFroze() {
    source.patchHub(
        """
        {"organizations":[
          {"id":"1","tenant":"acme","uid":"org-a","account_frozen":false},
          {"id":"2","tenant":"acme","uid":"org-stays","account_frozen":true}]}\
        """);
    approved();
    done(bench.attempt(task));

    done(bench.putBack(task));

    assertFalse(isFrozen(0));
    assertTrue(isFrozen(1));
  }

  @Test
  void killedBehindEachNoteItGoesOnWithTheSameList() {
    toDestroy();
    approved();
    assertTrue(killedBehindEachNote() >= 2);
    bench.after(Duration.ofDays(40));
    assertTrue(killedBehindEachNote() >= 1);

    waitsFor("destroy-rest", bench.crashAfterNotes(Integer.MAX_VALUE).attempt(task));
  }

  private int killedBehindEachNote() {
    for (int notes = 0; notes < 10; notes++) {
      if (bench.crashAfterNotes(notes).attempt(task) instanceof Outcome.Waiting) {
        return notes;
      }
    }
    return fail("it dies each time");
  }
}
