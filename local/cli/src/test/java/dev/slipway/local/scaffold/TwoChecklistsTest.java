package dev.slipway.local.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.schedule.LocalTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second checklist beside hosting-provider in one deployment: written by scaffold, compiled into
 * an artifact of its own, and gone through to its end.
 */
final class TwoChecklistsTest {
  private static final String SECTION =
      """
      id: moving-in
      title: Moving in
      tasks:
        - id: count-desks
          row: O1
          title: Count the desks
          requirement: mandatory
          mode: automatic
          guidance: The desks are counted.
          documentation: https://docs.example/
          steps:
            - id: count
              title: The desks are counted
              mode: automatic
              instructions: The desks are counted.
              check: There is one.
      """;

  private static final String METHODS =
      """
        @Override
        protected void perform(Work work) {}

        @Override
        protected void verify(Work work) {
          work.step("count")
              .machine(() -> new dev.slipway.task.Finding("count", "office", "one desk"));
        }
      """;

  @TempDir private Path folder;

  @Test
  void bothHaveOnboardingsAndTheSecondComesToItsEnd() throws Exception {
    ScaffoldedProject project =
        ScaffoldedProject.into(
            folder,
            new ChecklistSource(
                Map.of(
                    "checklist.yaml",
                    "name: office-environment\nversion: 1.0.0\ntitle: Office\nsections: [moving-in]\n",
                    "moving-in.yaml",
                    SECTION)));

    try (LocalRuntime runtime =
        LocalRuntime.start(project.options(LocalTime.real(), task -> METHODS))) {
      People people = new People(runtime.apiUri(), runtime.issuer());
      String office = start(people, "office-environment");
      String hoster = start(people, "hosting-provider");

      await(people, office, "COMPLETED");
      await(people, hoster, "RUNNING");
      JsonNode tasks =
          Json.MAPPER.readTree(people.as(Role.MANAGER, office).report(office)).path("tasks");
      assertEquals("O1", tasks.at("/0/row").asText(), tasks::toString);
      assertEquals("DONE", tasks.at("/0/outcome").asText(), tasks::toString);
    }
  }

  private static String start(People people, String checklist) throws Exception {
    String id =
        people
            .as(Role.MANAGER, "")
            .create(checklist, "Example", "key-" + checklist)
            .at("/onboarding/id")
            .asText();
    String plan = people.as(Role.MANAGER, id).plan(id).path("hash").asText();
    people.as(Role.MANAGER, id).start(id, plan);
    return id;
  }

  private static void await(People people, String id, String state) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    String found = "";
    while (!found.equals(state) && Instant.now().isBefore(end)) {
      Thread.sleep(100);
      found = people.as(Role.MANAGER, id).onboarding(id).at("/onboarding/state").asText();
    }
    assertEquals(state, found);
  }
}
