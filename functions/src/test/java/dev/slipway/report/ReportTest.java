package dev.slipway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.element.ElementRows;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Checklist CHECKLIST =
      ChecklistSource.parse(
          """
          name: sample
          version: 1.0.0
          title: Sample
          sections:
            - id: one
              title: Section one
              elements:
                - {id: server, title: Server, party: THIRD_PARTY}
                - {id: server, title: Server account, kind: credential}
              tasks:
                - id: first
                  row: X00
                  title: First
                  requirement: mandatory
                  steps: [{id: confirm, title: Confirm it, mode: attested}]
                - {id: second, row: X01, title: Second, requirement: optional}
                - {id: third, row: X02, title: Third, requirement: mandatory}
                - {id: later, row: X03, title: Later, requirement: mandatory, planned: true}
          """);

  private static final Checklist SHOPS =
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
              none: no tenant is named
          promotion: {axis: environment, from: uat, to: production}
          sections:
            - id: shop
              title: Shop
              elements: [{id: tenants, title: Tenants}]
              tasks:
                - {id: deploy, row: S1, title: Deploy, requirement: mandatory, per: tenant, promote: true}
                - {id: named, row: S2, title: Named, requirement: optional, per: tenant, where: $tenant = 'acme'}
          """);

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final TaskKey FIRST = TaskKey.parse("one.first");

  private final List<TaskRecord> records = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  private static Instant at(long minute) {
    return START.plusSeconds(60 * minute);
  }

  /** One attempt of a minute, beginning then. */
  private void attempt(TaskKey key, long minute, Outcome outcome) {
    attempts.add(new Attempt(key, attempts.size() + 1, 1, at(minute), at(minute + 1), outcome));
  }

  private void record(TaskKey key, Outcome outcome, long minute) {
    records.add(
        new TaskRecord(
            key,
            1,
            null,
            null,
            outcome,
            0,
            0,
            null,
            false,
            null,
            false,
            0,
            null,
            (int) attempts.stream().filter(attempt -> attempt.key().equals(key)).count(),
            (int) attempts.stream().filter(attempt -> attempt.key().equals(key)).count(),
            START,
            at(minute),
            at(minute)));
  }

  private static Outcome waiting(Problem problem) {
    return new Outcome.Waiting(
        Party.CUSTOMER, "confirm", List.of(), "Confirm.", "", null, null, problem, List.of());
  }

  private static Outcome failed(String field, Instant retryAt) {
    return new Outcome.Failed(
        new Problem("x.y", "x", field, "It said no.", "Mend it."), retryAt, List.of());
  }

  private static Outcome done() {
    return new Outcome.Done(
        List.of(
            new Evidence(
                "smtp.authenticate",
                Evidence.Place.HANDLER,
                at(5),
                "smtp.hoster.example:587",
                "235 ok | <b>",
                null,
                true)));
  }

  private Report report() {
    return report(CHECKLIST, Json.MAPPER.createObjectNode());
  }

  private Report shops(String tenants) throws JsonProcessingException {
    return report(SHOPS, (ObjectNode) Json.MAPPER.readTree(tenants.replace('\'', '"')));
  }

  private Report report(Checklist checklist, ObjectNode elements) {
    Onboarding onboarding =
        new Onboarding(
            "example-1",
            3,
            "Example | Hosting",
            "sample",
            "1.0.0",
            Onboarding.State.RUNNING,
            1,
            false,
            null,
            null,
            null,
            START,
            "Mara",
            START,
            null,
            null,
            null,
            false);
    return new Reporter(
            onboarding,
            new Instances(checklist, elements),
            new ElementRows(checklist, IntakeRecord.none()),
            at(100),
            records,
            attempts,
            answers,
            decisions,
            Optional::empty)
        .report();
  }

  @Test
  void everyRowIsThere() {
    Report report = report();
    assertEquals(
        List.of("PENDING", "PENDING", "PENDING", "PLANNED"),
        report.tasks().stream().map(Report.TaskLine::outcome).toList());
    assertEquals(Map.of("PENDING", 3L, "PLANNED", 1L), report.outcomes());
    assertEquals("PENDING", report.sections().getFirst().outcome());
  }

  @Test
  void countsWhoWasWaitedFor() {
    attempt(FIRST, 0, Outcome.Waiting.onTasks(List.of("one.third")));
    attempt(FIRST, 10, waiting(null));
    attempt(FIRST, 20, waiting(null));
    attempt(FIRST, 31, waiting(new Problem("x", null, null, "Not seen.", null)));
    attempt(FIRST, 40, done());
    record(FIRST, done(), 41);

    List<Wait> waits = report().tasks().getFirst().waitedFor();

    assertEquals(3, waits.size());
    assertEquals(
        new Wait(Party.MACHINE, at(1), at(10), "Nothing to do: waits for Third.", 540),
        waits.get(0));
    // The look in between found nothing new.
    assertEquals(new Wait(Party.CUSTOMER, at(11), at(31), "Confirm it", 1200), waits.get(1));
    assertEquals(
        new Wait(Party.CUSTOMER, at(32), at(40), "Confirm it: Not seen.", 480), waits.get(2));
    assertEquals(Map.of(Party.CUSTOMER, 1680L, Party.MACHINE, 540L), report().waitedSeconds());
  }

  @Test
  void aWaitThatGoesOnIsCountedUntilNow() {
    attempt(FIRST, 0, waiting(null));
    record(FIRST, waiting(null), 1);
    Wait wait = report().tasks().getFirst().waitedFor().getFirst();
    assertNull(wait.to());
    assertEquals(99 * 60, wait.seconds());
    assertNull(report().tasks().getFirst().finishedAt());
  }

  @Test
  void aDecisionEndsAWait() {
    attempt(FIRST, 0, waiting(null));
    record(FIRST, new Outcome.Waived("Mara", "Max", "no need"), 50);
    decisions.add(new Decision(FIRST, 2, Decision.Kind.WAIVE, "Mara", "no need", at(40), "Max"));
    Report.TaskLine line = report().tasks().getFirst();
    assertEquals(at(50), line.waitedFor().getFirst().to());
    assertEquals("Mara and Max: no need", line.reason());
    assertEquals(at(50), line.finishedAt());
    assertEquals("Max", line.decision().secondBy());
  }

  @Test
  void aFailureWaitsForWhoeverCanMendIt() {
    Waits waits = new Waits(CHECKLIST, at(100));
    assertEquals(Party.CUSTOMER, waits.party(failed("credential:server", null)));
    assertEquals(Party.THIRD_PARTY, waits.party(failed("server", null)));
    assertEquals(Party.THIRD_PARTY, waits.party(failed("server.host", at(1))));
    assertEquals(Party.VENDOR, waits.party(failed(null, null)));
    assertEquals(Party.VENDOR, waits.party(failed("unknown", null)));
    assertEquals(Party.MACHINE, waits.party(failed(null, at(1))));
  }

  @Test
  void readsWell() {
    attempt(FIRST, 0, waiting(null));
    attempt(FIRST, 90, done());
    record(FIRST, done(), 91);
    answers.add(
        new Answer(
            FIRST,
            "confirm",
            1,
            "id",
            "Carla",
            "customer",
            at(80),
            "all # arrived\n| here",
            null,
            Answer.Verdict.ACCEPTED,
            null));
    TaskKey second = TaskKey.parse("one.second");
    record(second, failed("credential:server", null), 3);

    String markdown = ReportMarkdown.of(report()).replace('\u202f', ' ');

    assertTrue(markdown.startsWith("# Sample: Example \\| Hosting\n"), markdown);
    assertTrue(
        markdown.contains(
            "| X00 | First | mandatory | done | Carla, machine | 2026-03-02 09:31 | 1 h 31 min |"
                + " the customer 1 h 29 min |"),
        markdown);
    assertTrue(markdown.contains("| X03 | Later | mandatory | planned | – | – | – |  |"), markdown);
    assertTrue(markdown.contains("> **A rehearsal:**"), markdown);
    assertTrue(markdown.contains("“all \\# arrived \\| here” – accepted"), markdown);
    assertTrue(
        markdown.contains(
            "| `smtp.authenticate` (stand-in) | machine | 2026-03-02 08:05:00 |"
                + " smtp.hoster.example:587 | 235 ok \\| \\<b\\> |"),
        markdown);
    assertTrue(markdown.contains("- Look at: access data server"), markdown);
    assertFalse(markdown.contains("null"), markdown);
  }

  /** Name, outcome, reason and notes of each line. */
  private static List<String> said(Report report) {
    return report.tasks().stream()
        .map(line -> (line.name() + " " + line.outcome() + " " + ReportWords.reason(line)).strip())
        .toList();
  }

  @Test
  void aTaskHasALineForEachInstanceThatTheElementsNameAndForThoseThatTheyNamed() throws Exception {
    record(TaskKey.parse("shop.deploy@uat.beta"), done(), 1);
    record(TaskKey.parse("shop.deploy@uat.gamma"), done(), 1);
    Report report = shops("{'tenants': {'uat': ['acme', 'beta'], 'production': ['solo']}}");
    assertEquals(
        List.of(
            "Deploy (UAT, Acme) PENDING",
            "Deploy (UAT, Beta) DONE",
            "Deploy (Production, Solo) PENDING is tried nowhere before: there is no uat of it",
            "Deploy (UAT, Gamma) DONE is no longer part of the onboarding",
            "Named (UAT, Acme) PENDING"),
        said(report));
    assertEquals(
        List.of("PENDING DONE=2 PENDING=2", "PENDING PENDING=1"),
        report.rows().stream()
            .map(
                row ->
                    new TreeMap<>(row.instances())
                        .entrySet().stream()
                            .map(Map.Entry::toString)
                            .collect(Collectors.joining(" ", row.outcome() + " ", "")))
            .toList());
    assertEquals(Map.of("PENDING", 3L, "DONE", 2L), report.outcomes());
    assertEquals(List.of(), report().rows());
  }

  @Test
  void aTaskWithoutInstancesIsOneLineThatSaysWhy() throws Exception {
    assertEquals(
        List.of(
            "Deploy PENDING one for each tenant, once `tenants` is given",
            "Named PENDING one for each tenant, once `tenants` is given"),
        said(shops("{}")));
    assertEquals(
        List.of(
            "Deploy NOT_APPLICABLE no tenant is named", "Named NOT_APPLICABLE no tenant is named"),
        said(shops("{'tenants': {}}")));
    assertEquals(
        "Named NOT_APPLICABLE needed only if the tenant is “acme”",
        said(shops("{'tenants': {'uat': ['beta']}}")).getLast());
  }

  @Test
  void aWaiverOfTheTwinIsShownOnTheProductionLine() throws Exception {
    record(
        TaskKey.parse("shop.deploy@uat.acme"), new Outcome.Waived("Mara", "Max", "no test bed"), 1);
    record(
        TaskKey.parse("shop.deploy@uat.beta"),
        new Outcome.NotApplicable("is no longer part of the onboarding"),
        1);
    record(TaskKey.parse("shop.deploy@production.acme"), done(), 2);
    Report report = shops("{'tenants': {'uat': ['acme'], 'production': ['acme']}}");
    assertEquals(
        List.of(
            "Deploy (UAT, Acme) WAIVED Mara and Max: no test bed",
            "Deploy (Production, Acme) DONE was not tried as UAT, Acme before: waived by Mara and"
                + " Max: no test bed",
            "Deploy (UAT, Beta) NOT_APPLICABLE is no longer part of the onboarding"),
        said(report).subList(0, 3));
    assertEquals("DONE", report.rows().getFirst().outcome());

    String markdown = ReportMarkdown.of(report);
    assertTrue(
        markdown.contains(
            "| S1 | **Deploy** |  | done | 1 waived, 1 done, 1 not applicable |  |  |  |\n"
                + "| S1 | Deploy (UAT, Acme) | mandatory | waived |"),
        markdown);
    assertTrue(
        markdown.contains("**done**: was not tried as UAT, Acme before: waived by"), markdown);
    String page = ReportHtml.of(report);
    assertTrue(page.contains("<b>Deploy</b>"), page);
    assertTrue(page.contains("1 waived, 1 done, 1 not applicable"), page);
    assertEquals(report, ReportJson.read(ReportJson.bytes(report)));
  }
}
