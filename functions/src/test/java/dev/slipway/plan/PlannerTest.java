package dev.slipway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.ElementNames;
import dev.slipway.checklist.Rules;
import dev.slipway.json.Json;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final String ALL =
      "{'choices': {'ranges': true, 'kind': 'public'}, 'server': 'a', 'ranges': [1]}";

  private static Plan plan(PlanInput input) {
    return new Planner(Samples.CHECKLIST, input).plan();
  }

  private static Plan.Entry entry(PlanInput input, String task) {
    return plan(input).entries().stream()
        .filter(entry -> entry.task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> fields(List<Plan.Missing> missing) {
    return missing.stream().map(Plan.Missing::field).toList();
  }

  @Test
  void saysWhatIsMissingAndWhoGivesIt() {
    Plan plan = plan(Samples.given("{}"));
    assertEquals(List.of("choices", "server", "credential:server"), fields(plan.missing()));
    assertEquals(Party.CUSTOMER, plan.missing().getFirst().party());

    Plan.Entry first = plan.entries().getFirst();
    assertEquals(Effect.RUN, first.effect());
    assertEquals(List.of("server", "credential:server"), fields(first.missing()));
    assertTrue(plan(Samples.given(ALL, "server")).missing().isEmpty());
  }

  @Test
  void asksForNothingThatOnlyRowsUseWhichAreDoneWithout() {
    PlanInput nothing = Samples.given("{}");
    PlanInput waived =
        Samples.decided(nothing, Samples.decision("one.first", Decision.Kind.WAIVE, "Mo"));
    assertEquals(List.of("choices"), fields(plan(waived).missing()));
    PlanInput asked =
        Samples.decided(nothing, Samples.decision("one.first", Decision.Kind.WAIVE, null));
    assertEquals(List.of("choices", "server", "credential:server"), fields(plan(asked).missing()));

    // The choice counts only for the row that was skipped, and so does what that row would use.
    PlanInput skipped =
        Samples.decided(nothing, Samples.decision("one.ranges", Decision.Kind.SKIP, null));
    assertEquals(List.of("server", "credential:server"), fields(plan(skipped).missing()));
    assertEquals(
        List.of("server", "credential:server"),
        fields(plan(Samples.given("{'choices': {'ranges': true, 'kind': 'private'}}")).missing()));
  }

  @Test
  void isUndecidedWhileTheRulesElementIsMissing() {
    Plan.Entry ranges = entry(Samples.given("{}"), "one.ranges");
    assertEquals(Effect.UNDECIDED, ranges.effect());
    assertEquals(List.of("choices"), ranges.undecided());
  }

  /** JSONata takes a comparison with a missing value for false. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                             | UNDECIDED      | true",
        "{'activities': {'externalBilling': true}}                      | UNDECIDED      | true",
        "{'external-billing': {'system': 'whmcs'}}                      | HOLDS          | true",
        "{'external-billing': {'system': 'pba'}}                        | DOES_NOT_HOLD  | false",
      })
  void asksForTheBillingAccountUnlessTheBillingSystemNeedsNone(
      String given, Condition.Answer answer, boolean asked) {
    Checklist hosting = new Checklists().newest("hosting-provider");
    Element account = hosting.credential("billing").orElseThrow();
    assertEquals(
        "`external-billing`.system in ['whmcs', 'hostbill', 'stripe']", account.condition());
    PlanInput input = Samples.given(given);
    assertEquals(
        answer, new Rules(hosting, input.elements()).evaluate(account.condition(), Map.of()));
    Plan.Entry entry =
        new Planner(hosting, input)
            .plan().entries().stream()
                .filter(each -> each.task().equals("billing-integration.connect-external-billing"))
                .findFirst()
                .orElseThrow();
    assertEquals(asked, fields(entry.missing()).contains("credential:billing"), entry::toString);
  }

  @Test
  void followsConditionAndChoice() {
    assertEquals(Effect.RUN, entry(Samples.given(ALL), "one.ranges").effect());

    Plan.Entry not =
        entry(Samples.given("{'choices': {'ranges': true, 'kind': 'private'}}"), "one.ranges");
    assertEquals(Effect.NOT_APPLICABLE, not.effect());
    assertEquals("needed only if “Choices, Kind” is not “private”", not.rule());

    Plan.Entry skip =
        entry(Samples.given("{'choices': {'ranges': false, 'kind': 'x'}}"), "one.ranges");
    assertEquals(Effect.SKIP, skip.effect());
    assertEquals("not chosen at intake: taken only if “Choices, Ranges” is chosen", skip.rule());
    // Given, and the choice not in it: nobody chose it.
    assertEquals(
        Effect.SKIP, entry(Samples.given("{'choices': {'kind': 'x'}}"), "one.ranges").effect());
  }

  @Test
  void waitsForWhatIsToBeDoneOnly() {
    assertEquals(List.of("one.first"), entry(Samples.given(ALL), "one.ranges").waitsFor());
    assertEquals(List.of("one.ranges"), entry(Samples.given(ALL), "one.third").waitsFor());
    assertEquals(
        List.of(),
        entry(Samples.given("{'choices': {'ranges': false, 'kind': 'x'}}"), "one.third")
            .waitsFor());
  }

  @Test
  void expectsPeoplesStepsAndThoseTheyMayHaveToTakeOver() {
    Plan.Entry first = entry(Samples.given(ALL), "one.first");
    assertEquals(3, first.steps().size());
    Plan.PersonStep write = first.steps().getFirst();
    assertEquals("the machine may not", write.onlyIf());
    assertEquals(Duration.ofDays(1), write.due());
    Plan.PersonStep confirm = first.steps().get(1);
    assertNull(confirm.onlyIf());
    assertEquals(Party.VENDOR, confirm.party());
    assertEquals(Duration.ofDays(3), confirm.due());
    assertEquals("it was refused", first.steps().getLast().onlyIf());
  }

  @Test
  void expectsNoStepThatAChoiceLeavesOut() {
    assertEquals(List.of("write", "confirm", "mend"), steps(ALL));
    assertEquals(
        List.of("write", "confirm", "mend", "fence"), steps("{'choices': {'kind': 'private'}}"));
    // Nobody has chosen yet.
    assertEquals(List.of("write", "confirm", "mend", "fence"), steps("{}"));
  }

  private static List<String> steps(String given) {
    return entry(Samples.given(given), "one.first").steps().stream()
        .map(Plan.PersonStep::step)
        .toList();
  }

  @Test
  void knowsDecisions() {
    PlanInput given = Samples.given(ALL);
    assertEquals(
        Effect.SKIP,
        entry(
                Samples.decided(given, Samples.decision("one.ranges", Decision.Kind.SKIP, null)),
                "one.ranges")
            .effect());
    Plan.Entry asked =
        entry(
            Samples.decided(given, Samples.decision("one.first", Decision.Kind.WAIVE, null)),
            "one.first");
    assertEquals(Effect.RUN, asked.effect());
    assertNull(asked.rule());
    Plan.Entry waived =
        entry(
            Samples.decided(given, Samples.decision("one.first", Decision.Kind.WAIVE, "Max")),
            "one.first");
    assertEquals(Effect.WAIVE, waived.effect());
    assertEquals("waived by Mara and Max: no need", waived.rule());
  }

  @Test
  void planned() {
    assertEquals(Effect.PLANNED, entry(Samples.given(ALL), "two.later").effect());
  }

  /** Nor does a section wait for it. What an element row reads is another matter. */
  @Test
  void whatOnlyPlannedTasksUseIsNotAskedFor() throws JsonProcessingException {
    Checklist checklist =
        Checklists.of(
            Json.MAPPER.readTree(
                """
                {"name": "a", "version": "1.0.0", "title": "A", "sections": [{
                  "id": "one", "title": "One",
                  "elements": [
                    {"id": "later", "title": "Later", "schema": {}},
                    {"id": "facts", "title": "Facts", "schema": {}},
                    {"id": "row", "row": "M01", "title": "Row", "inputs": ["facts"], "schema": {}}],
                  "tasks": [
                    {"id": "two", "row": "M02", "title": "Two", "requirement": "mandatory",
                     "mode": "automatic", "planned": true, "inputs": ["later", "facts"]}]}]}
                """));

    assertEquals(
        List.of("facts", "row"),
        new Planner(checklist, Samples.given("{}"))
            .missing(checklist.sections().getFirst()).stream().map(Element::id).toList());
  }

  @Test
  void theHashIsThatOfWhatWouldRun() {
    String hash = plan(Samples.given(ALL)).hash();
    assertEquals(hash, plan(Samples.given(ALL)).hash());
    assertNotEquals(hash, plan(Samples.given(ALL, "server")).hash());
    assertNotEquals(hash, plan(Samples.given(ALL.replace("'a'", "'b'"))).hash());
    // Nothing that would run reads it.
    assertEquals(
        hash, plan(Samples.given(ALL.replace("{'choices'", "{'other': 1, 'choices'"))).hash());
  }

  @Test
  void namesWhatIsDifferent() throws JsonProcessingException {
    PlanOutline before = new Planner(Samples.CHECKLIST, Samples.given(ALL)).outline();
    PlanOutline kept = Json.MAPPER.treeToValue(Json.tree(before), PlanOutline.class);
    assertEquals(before.hash(), kept.hash());
    assertTrue(PlanDifference.between(kept, before).changes().isEmpty());

    PlanOutline now =
        new Planner(
                Samples.CHECKLIST,
                Samples.given(ALL.replace("true", "false").replace("'a'", "'b'"), "server"))
            .outline();
    List<PlanDifference.Change> changes = PlanDifference.between(kept, now).changes();
    assertEquals(
        List.of("one.first", "one.ranges", "one.third"),
        changes.stream().map(PlanDifference.Change::task).toList());
    assertEquals(List.of("server"), changes.get(0).changedElements());
    assertEquals(List.of("credential:server"), changes.get(0).noLongerMissing());
    assertEquals(Effect.RUN, changes.get(1).before());
    assertEquals(Effect.SKIP, changes.get(1).now());
    assertEquals(
        "not chosen at intake: taken only if “Choices, Ranges” is chosen", changes.get(1).rule());
  }

  @Test
  void readsTheNamesInARule() {
    assertEquals(
        java.util.Set.of("activities", "backup-storage", "and", "in"),
        ElementNames.in(
            "activities.backuper and `backup-storage`.protocol in [\"s3\", 'web dav'] /* x */"));
    assertEquals(java.util.Set.of(), ElementNames.in(null));
    assertEquals(java.util.Set.of("a"), ElementNames.in("$exists(a.`b`.c)"));
  }

  @Test
  void findsWhatAChangeAffects() {
    AffectedTasks affected = new AffectedTasks(Samples.CHECKLIST, Samples.json(ALL));
    Elements.Dependents ofServer = affected.ofElement("server", "", Json.tree("b"));
    assertEquals(List.of("one.first"), named(ofServer.tasks()));
    assertEquals(List.of("one.ranges", "one.third"), named(ofServer.resting()));
    Elements.Dependents ofChoices =
        affected.ofElement("choices", "", Samples.json("{'ranges': false, 'kind': 'public'}"));
    assertEquals(List.of("one.ranges"), named(ofChoices.tasks()));
    assertEquals(List.of("one.third"), named(ofChoices.resting()));
    assertEquals(List.of("one.gate"), named(ofChoices.gates()));
    // Neither rule comes to another result.
    assertEquals(
        List.of(),
        affected
            .ofElement("choices", "", Samples.json("{'ranges': true, 'kind': 'public', 'new': 1}"))
            .tasks());
    assertEquals(List.of("one.gate"), named(affected.ofCredential("probe", "").gates()));
    Elements.Dependents ofKey = affected.ofCredential("server", "");
    assertEquals(List.of("one.first"), named(ofKey.tasks()));
    assertEquals(List.of("one.ranges", "one.third"), named(ofKey.resting()));
  }

  private static List<String> named(List<TaskKey> tasks) {
    return tasks.stream().map(TaskKey::toString).toList();
  }
}
