package dev.slipway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.element.ElementRows;
import dev.slipway.json.Json;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedEndTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  private final List<TaskRecord> records = new ArrayList<>();
  private final List<ElementRecord> elements = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Blocked> blocked = new ArrayList<>();
  private Onboarding.State state = Onboarding.State.RUNNING;

  /** A checklist of one section with these tasks. */
  private static Checklist tasks(String tasks) {
    return ChecklistSource.parse(
        """
        name: sample
        version: 1.0.0
        title: Sample
        sections:
          - id: one
            title: Section one
            tasks:
        """
            + tasks.indent(6));
  }

  private static String task(String id, String more) {
    return "- {id: %s, row: X0, title: %s, requirement: mandatory, %s}\n".formatted(id, id, more);
  }

  private static String step(String party, String due) {
    return "steps: [{id: do, title: Do it, mode: attested, party: %s, due: %s}]"
        .formatted(party, due);
  }

  private static final Checklist CHAIN =
      tasks(
          task("first", step("CUSTOMER", "P2D"))
              + task("second", "dependsOn: [one.first], " + step("VENDOR", "P3D")));

  private void record(String task, Outcome outcome) {
    record(task, outcome, 0);
  }

  private void record(String task, Outcome outcome, long requested) {
    TaskKey key = TaskKey.parse(task);
    records.removeIf(record -> record.key().equals(key));
    records.add(
        new TaskRecord(
            key, 1, null, null, outcome, requested, 0, null, false, null, false, 0, null, 1, 1, NOW,
            NOW, NOW));
  }

  private static Outcome asked(Party party, String step, Instant due) {
    return new Outcome.Waiting(party, step, List.of(), "Do it.", null, due, null, null, List.of());
  }

  private static Outcome until(Instant time) {
    return new Outcome.Waiting(
        Party.MACHINE, null, List.of(), "It takes a while.", null, null, time, null, List.of());
  }

  private static Evidence stated(String step) {
    return new Evidence(
        "statement." + step, Evidence.Place.PERSON, NOW, step, "It is done.", "Carla", false);
  }

  private static Outcome done() {
    return new Outcome.Done(List.of());
  }

  private void give(String id, String json) throws JsonProcessingException {
    elements.add(
        new ElementRecord(id, 1, Json.MAPPER.readTree(json.replace('\'', '"')), "Carla", NOW));
  }

  private Optional<ExpectedEnd> find(Checklist checklist) {
    Onboarding onboarding =
        new Onboarding(
            "example-1",
            3,
            "Example",
            "sample",
            "1.0.0",
            state,
            1,
            false,
            null,
            null,
            null,
            NOW,
            "Mara",
            NOW,
            null,
            null,
            null,
            false);
    IntakeRecord intake = new IntakeRecord(elements, List.of(), decisions, List.of());
    Instances instances = new Instances(checklist, intake.values());
    return ExpectedEnd.of(
        onboarding,
        instances,
        new ElementRows(instances, intake),
        new ProgressData(List.of(), records, List.of(), blocked, intake),
        NOW);
  }

  private ExpectedEnd expected(Checklist checklist) {
    return find(checklist).orElseThrow();
  }

  private static Instant in(long days) {
    return NOW.plus(Duration.ofDays(days));
  }

  private static long days(long number) {
    return Duration.ofDays(number).toSeconds();
  }

  /** Each wait as {@code task/party from-until}, in days from now. */
  private static List<String> path(ExpectedEnd expected) {
    return expected.path().stream()
        .map(
            leg ->
                "%s/%s %d-%d%s"
                    .formatted(
                        leg.task().replace("one.", ""),
                        leg.party(),
                        Duration.between(NOW, leg.from()).toDays(),
                        Duration.between(NOW, leg.until()).toDays(),
                        leg.overdue() ? "!" : ""))
        .toList();
  }

  @Test
  void oneAfterTheOtherTakesTheTimeOfBoth() {
    ExpectedEnd expected = expected(CHAIN);
    assertEquals(in(5), expected.end());
    assertEquals(List.of("first/CUSTOMER 0-2", "second/VENDOR 2-5"), path(expected));
    assertEquals(Map.of(Party.CUSTOMER, days(2), Party.VENDOR, days(3)), expected.seconds());
    assertEquals("Do it", expected.path().getFirst().stepTitle());
    assertEquals(
        List.of(
            "If everybody answers within the time asked for; nobody has promised it.",
            "A machine's own work counts as no time, unless it waits for a certain time."),
        expected.restsOn());
  }

  @Test
  void ofTwoSideBySideTheLongerOneCounts() {
    ExpectedEnd expected =
        expected(
            tasks(
                task("short", step("CUSTOMER", "P2D"))
                    + task("long", step("VENDOR", "P4D"))
                    + task(
                        "last",
                        "dependsOn: [one.short, one.long], " + step("THIRD_PARTY", "P1D"))));
    assertEquals(List.of("long/VENDOR 0-4", "last/THIRD_PARTY 4-5"), path(expected));
  }

  @Test
  void anAskCountsUntilItIsDue() {
    record("one.first", asked(Party.CUSTOMER, "do", in(1)));
    assertEquals(List.of("first/CUSTOMER 0-1", "second/VENDOR 1-4"), path(expected(CHAIN)));
  }

  @Test
  void whatIsOverdueCountsFromToday() {
    record("one.first", asked(Party.CUSTOMER, "do", in(-9)));
    ExpectedEnd expected = expected(CHAIN);
    assertEquals(List.of("first/CUSTOMER 0-0!", "second/VENDOR 0-3"), path(expected));
    assertEquals(Map.of(Party.VENDOR, days(3)), expected.seconds());
    assertTrue(
        expected.restsOn().contains("1 answer is overdue: counted as if answered today."),
        expected.restsOn()::toString);
  }

  @Test
  void saysThatAPersonCannotGoOn() {
    record("one.first", asked(Party.CUSTOMER, "do", in(1)));
    Identity carla = Identity.ofMail("carla@customer.example");
    blocked.add(
        new Blocked(TaskKey.parse("one.first"), "do", 1, "n", "Carla", carla, NOW, "No access."));
    ExpectedEnd expected = expected(CHAIN);
    assertEquals(in(4), expected.end());
    assertTrue(
        expected.restsOn().contains("1 person is blocked: counted as if they were not."),
        expected.restsOn()::toString);
  }

  @Test
  void whatWasAnsweredAndIsLookedAtAsksForNothing() {
    record("one.first", asked(Party.CUSTOMER, "do", in(1)), 1);
    assertEquals(List.of("second/VENDOR 0-3"), path(expected(CHAIN)));
  }

  @Test
  void aTaskThatWaitsForAnotherKeepsItsOwnTime() {
    record("one.second", Outcome.Waiting.onTasks(List.of("one.first")));
    assertEquals(List.of("first/CUSTOMER 0-2", "second/VENDOR 2-5"), path(expected(CHAIN)));
  }

  @Test
  void theStepsBehindTheOneThatIsAskedForFollow() {
    Checklist checklist =
        tasks(
            """
            - id: first
              row: X0
              title: First
              requirement: mandatory
              steps:
                - {id: one, title: One, mode: attested, due: P1D}
                - {id: two, title: Two, mode: verified, party: VENDOR, due: P2D}
                - {id: machine, title: Machine, mode: automatic, due: P9D}
                - {id: three, title: Three, mode: attested}
            """);
    assertEquals(
        List.of("first/CUSTOMER 0-1", "first/VENDOR 1-3", "first/CUSTOMER 3-6"),
        path(expected(checklist)));
    record("one.first", asked(Party.VENDOR, "two", in(1)));
    assertEquals(List.of("first/VENDOR 0-1", "first/CUSTOMER 1-4"), path(expected(checklist)));
    Problem problem = new Problem("x", "x", null, "It said no.", "Mend it.");
    List<Evidence> stated = List.of(stated("one"), stated("two"));
    record("one.first", new Outcome.Failed(problem, Party.VENDOR, NOW, in(2), null, stated));
    assertEquals(List.of("first/VENDOR 0-2", "first/CUSTOMER 2-5"), path(expected(checklist)));
  }

  @Test
  void rowsThatAreNotPerformedTakeNoTime() throws JsonProcessingException {
    Checklist checklist =
        ChecklistSource.parse(
            """
            name: sample
            version: 1.0.0
            title: Sample
            sections:
              - id: one
                title: Section one
                elements: [{id: choice, title: Choice}]
                tasks:
                  - {id: no, row: X0, title: No, requirement: mandatory, condition: choice.no, steps: [{id: a, title: A, mode: attested, due: P7D}]}
                  - {id: unchosen, row: X1, title: Unchosen, requirement: optional, chosenBy: choice.no, steps: [{id: a, title: A, mode: attested, due: P7D}]}
                  - {id: waived, row: X2, title: Waived, requirement: mandatory, steps: [{id: a, title: A, mode: attested, due: P7D}]}
                  - {id: unbuilt, row: X3, title: Unbuilt, requirement: mandatory, planned: true, steps: [{id: a, title: A, mode: attested, due: P7D}]}
                  - {id: last, row: X4, title: Last, requirement: mandatory, dependsOn: [one.no, one.unchosen, one.waived, one.unbuilt], steps: [{id: a, title: A, mode: attested, due: P1D}]}
            """);
    decisions.add(
        new Decision(
            TaskKey.parse("one.waived"), 1, Decision.Kind.WAIVE, "Mara", "no need", NOW, "Mo"));
    give("choice", "{'no': false}");
    ExpectedEnd expected = expected(checklist);
    assertEquals(List.of("last/CUSTOMER 0-1"), path(expected));
    assertTrue(
        expected.restsOn().contains("1 row is not counted: Slipway cannot perform them yet."),
        expected.restsOn()::toString);

    elements.clear();
    ExpectedEnd undecided = expected(checklist);
    assertEquals(
        List.of("gate/CUSTOMER 0-5", "no/CUSTOMER 5-12", "last/CUSTOMER 12-13"), path(undecided));
    assertTrue(
        undecided
            .restsOn()
            .contains("2 rows are counted of which it is not known yet whether they apply."),
        undecided.restsOn()::toString);
  }

  @Test
  void eachInstanceHasItsOwnWayAndProductionFollowsUat() throws JsonProcessingException {
    Checklist checklist =
        ChecklistSource.parse(
            """
            name: shops
            version: 1.0.0
            title: Shops
            dimensions:
              environment: {keys: '["uat", "production"]'}
              tenant:
                of: [environment, tenant]
                keys: '$append(tenants.uat.("uat." & $), tenants.production.("production." & $))'
            promotion: {axis: environment, from: uat, to: production}
            sections:
              - id: one
                title: Shop
                elements: [{id: tenants, title: Tenants}]
                tasks:
                  - {id: deploy, row: S1, title: Deploy, requirement: mandatory, per: tenant, promote: true, steps: [{id: a, title: A, mode: attested, due: P1D}]}
                  - {id: look, row: S2, title: Look, requirement: mandatory, per: tenant, dependsOn: [one.deploy], steps: [{id: a, title: A, mode: attested, party: VENDOR, due: P2D}]}
            """);
    give("tenants", "{'uat': ['acme', 'other'], 'production': ['acme']}");
    record("one.deploy@uat.acme", asked(Party.CUSTOMER, "a", in(6)));
    assertEquals(
        List.of(
            "deploy@uat.acme/CUSTOMER 0-6",
            "deploy@production.acme/CUSTOMER 6-7",
            "look@production.acme/VENDOR 7-9"),
        path(expected(checklist)));
    record("one.deploy@uat.acme", done());
    record("one.deploy@production.acme", done());
    assertEquals(
        List.of("deploy@uat.other/CUSTOMER 0-1", "look@uat.other/VENDOR 1-3"),
        path(expected(checklist)));
  }

  @Test
  void aMachineThatWaitsForATimeIsWaitedFor() {
    record("one.first", until(in(4)));
    assertEquals(
        List.of("first/MACHINE 0-4", "first/CUSTOMER 4-6", "second/VENDOR 6-9"),
        path(expected(CHAIN)));
    record("one.first", until(NOW.minusSeconds(60)));
    assertEquals(List.of("first/CUSTOMER 0-2", "second/VENDOR 2-5"), path(expected(CHAIN)));
  }

  @Test
  void aWindowIsWaitedForBeforeItIsReached() throws JsonProcessingException {
    Checklist checklist =
        ChecklistSource.parse(
            """
            name: sample
            version: 1.0.0
            title: Sample
            sections:
              - id: one
                title: Section one
                elements: [{id: move, title: Move}]
                tasks:
                  - {id: agree, row: X0, title: Agree, requirement: mandatory, steps: [{id: a, title: A, mode: attested, due: P2D}]}
                  - id: move
                    row: X1
                    title: Move
                    requirement: mandatory
                    dependsOn: [one.agree]
                    steps:
                      - {id: freeze, title: Freeze, mode: automatic, notBefore: move.from}
                      - {id: confirm, title: Confirm, mode: attested, party: VENDOR, due: P1D}
            """);
    give("move", "{'from': '%s'}".formatted(in(10)));
    assertEquals(
        List.of("agree/CUSTOMER 0-2", "move/MACHINE 2-10", "move/VENDOR 10-11"),
        path(expected(checklist)));
    elements.clear();
    give("move", "{'from': '%s'}".formatted(in(1)));
    assertEquals(List.of("agree/CUSTOMER 0-2", "move/VENDOR 2-3"), path(expected(checklist)));
  }

  @Test
  void aChoiceLeavesStepsOutAndLeavesOthersToPeople() throws JsonProcessingException {
    Checklist checklist =
        ChecklistSource.parse(
            """
            name: sample
            version: 1.0.0
            title: Sample
            sections:
              - id: one
                title: Section one
                elements: [{id: logs, title: Logs}]
                tasks:
                  - id: collect
                    row: X0
                    title: Collect
                    requirement: mandatory
                    inputs: [logs]
                    steps:
                      - {id: drain, title: Drain, mode: attested, due: P2D, condition: logs.system = 'known'}
                      - {id: other, title: Other, mode: attested, party: VENDOR, due: P10D, condition: logs.system = 'other'}
                      - {id: look, title: Look, mode: automatic, due: P1D, byPerson: logs.system = 'other'}
                      - {id: mend, title: Mend, mode: attested, due: P7D, onlyIf: a log is missing}
            """);
    give("logs", "{'system': 'known'}");
    assertEquals(List.of("collect/CUSTOMER 0-2"), path(expected(checklist)));
    record("one.collect", asked(Party.CUSTOMER, "drain", in(1)));
    assertEquals(List.of("collect/CUSTOMER 0-1"), path(expected(checklist)));
    records.clear();
    elements.clear();
    give("logs", "{'system': 'other'}");
    assertEquals(
        List.of("collect/VENDOR 0-10", "collect/CUSTOMER 10-11"), path(expected(checklist)));
  }

  @Test
  void whatASectionNeedsComesFirst() {
    Checklist checklist =
        ChecklistSource.parse(
            """
            name: sample
            version: 1.0.0
            title: Sample
            sections:
              - id: one
                title: Section one
                elements: [{id: server, title: Server}, {id: zone, title: Zone, party: VENDOR}]
                tasks:
                  - {id: first, row: X0, title: First, requirement: mandatory, inputs: [server, zone], steps: [{id: a, title: A, mode: attested, due: P2D}]}
            """);
    state = Onboarding.State.INTAKE;
    ExpectedEnd unasked = expected(checklist);
    assertEquals(List.of("gate/CUSTOMER 0-5", "first/CUSTOMER 5-7"), path(unasked));
    assertTrue(
        unasked.restsOn().contains("It is not under way: counted as if it were started today."),
        unasked.restsOn()::toString);

    state = Onboarding.State.RUNNING;
    record(
        "one.gate",
        new Outcome.Waiting(
            Party.CUSTOMER,
            null,
            List.of(),
            "Give them.",
            null,
            in(1),
            null,
            null,
            List.of(),
            List.of(
                (Outcome.Waiting) asked(Party.CUSTOMER, null, in(1)),
                (Outcome.Waiting) asked(Party.VENDOR, null, in(3)))));
    assertEquals(List.of("gate/VENDOR 0-3", "first/CUSTOMER 3-5"), path(expected(checklist)));
  }

  @Test
  void nothingIsExpectedOfWhatIsOver() {
    record("one.gate", done());
    record("one.first", done());
    record("one.second", done());
    assertFalse(find(CHAIN).isPresent());
    records.clear();
    state = Onboarding.State.SIGNED_OFF;
    assertFalse(find(CHAIN).isPresent());
  }
}
