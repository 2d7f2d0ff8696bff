package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Instances;
import dev.slipway.json.Json;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.plan.Effect;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plan of the largest customer, whose run takes minutes and is started by hand. */
class LargestCustomerTest {
  private final Profile profile;
  private final Checklist checklist;
  private final Planner planner;

  LargestCustomerTest() throws ProfileException {
    Checklists checklists = new Checklists();
    profile =
        new ProfileReader(checklists)
            .read(ProjectRoot.find().resolve("events/profiles/enterprise-max.json"));
    checklist = checklists.newest(profile.checklist());
    ObjectNode elements = Json.MAPPER.createObjectNode();
    profile
        .elements()
        .forEach(
            (name, value) -> {
              String[] parts = name.split("@", 2);
              ElementRecord.put(elements, parts[0], parts.length == 1 ? "" : parts[1], value);
            });
    planner =
        new Planner(checklist, new PlanInput(elements, profile.credentials().keySet(), Map.of()));
  }

  /** The acceptance of UAT as a whole is no row of the guide. */
  @Test
  void has548InstancesOfTheGuidesTasks() {
    Instances instances = planner.instances();
    assertEquals(
        548,
        checklist
            .tasks()
            .filter(task -> task.row().startsWith("M"))
            .mapToInt(task -> instances.of(task).size())
            .sum());
    assertEquals(List.of(), planner.plan().missing(), "all is given that is asked for first");
  }

  /** Each entry waits for entries of the plan alone, and none for itself in the end. */
  @Test
  void canComeToItsEnd() {
    List<Plan.Entry> open = new ArrayList<>(planner.entries());
    open.removeIf(entry -> entry.effect() == Effect.NOT_APPLICABLE);
    assertEquals(
        Set.of(Effect.RUN), open.stream().map(Plan.Entry::effect).collect(Collectors.toSet()));
    Set<TaskKey> finished = new HashSet<>();
    while (!open.isEmpty()) {
      List<TaskKey> next =
          open.stream()
              .filter(
                  entry ->
                      finished.containsAll(entry.waitsFor().stream().map(TaskKey::parse).toList()))
              .map(Plan.Entry::key)
              .toList();
      assertTrue(finished.addAll(next), () -> "wait for each other: " + open);
      open.removeIf(entry -> finished.contains(entry.key()));
    }
  }

  @Test
  void itsPeopleSpeakOfInstancesThatThereAre() {
    Set<TaskKey> known =
        planner.entries().stream().map(Plan.Entry::key).collect(Collectors.toSet());
    assertEquals(
        List.of(),
        profile.people().stream()
            .map(PersonsStep::task)
            .map(TaskKey::parse)
            .filter(key -> checklist.task(key.task()).isPresent() && !known.contains(key))
            .toList());
  }
}
