package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Step;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.run.PersonsStep;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What steps ask for beside a statement: the form, and what is said of values that have not it. */
class StepValuesTest {
  private static final String BENCHMARK = "go-live.pass-final-benchmark";
  private static final String FILE = "0".repeat(64);

  private final Checklists checklists = new Checklists();
  private final SchemaCheck schemas = new SchemaCheck();
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyAnswerOfAProfileHasTheFormThatItsStepAsksFor() throws Exception {
    List<String> wrong = new ArrayList<>();
    int answers = 0;
    try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("events/profiles"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        Profile profile = new ProfileReader(checklists).read(file);
        Checklist checklist = checklists.newest(profile.checklist());
        for (PersonsStep said : profile.people()) {
          JsonNode form = form(checklist, said);
          if (said.statement() != null && form != null) {
            schemas
                .errors(form, handedOver(said.values()))
                .forEach(error -> wrong.add(file.getFileName() + ":" + said.line() + " " + error));
            answers++;
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(answers > 50, answers + " answers with values");
  }

  private static JsonNode form(Checklist checklist, PersonsStep said) {
    return checklist
        .task(TaskKey.parse(said.task()).task())
        .flatMap(
            task -> task.steps().stream().filter(step -> step.id().equals(said.step())).findFirst())
        .map(Step::values)
        .orElse(null);
  }

  /** A profile names files beside it; the run hands them over, and names them by their hash. */
  private static JsonNode handedOver(JsonNode values) {
    ObjectNode copy =
        values instanceof ObjectNode given
            ? given.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    copy.fieldNames()
        .forEachRemaining(
            name -> {
              if (copy.path(name).has("$file")) {
                copy.put(name, FILE);
              }
            });
    return copy;
  }

  @Test
  void whatIsMissingIsToldByName() {
    String id = world.running();
    Answer none = world.complete(Token.engineer(), id, BENCHMARK, "report-benchmark", "Measured.");
    assertEquals(422, none.status(), none.text());
    assertEquals("answer.schema", none.code());
    assertEquals(
        List.of("/values/changes", "/values/report", "/values/results"), none.errorFields());
    assertEquals("/required", none.body().at("/errors/0/schema").asText());
  }

  @Test
  void ofSeveralFormsEachErrorSaysOfWhichItIs() {
    String id = world.running();
    Answer wrong = schedule(id, "{\"in\": \"two hours\"}");
    assertEquals("answer.schema", wrong.code(), wrong.text());
    List<String> rules =
        wrong.body().path("errors").findValues("schema").stream().map(JsonNode::asText).toList();
    assertTrue(rules.contains("/oneOf/1/properties/in/pattern"), rules.toString());
    assertTrue(rules.contains("/oneOf/0/required"), rules.toString());
    assertEquals(200, schedule(id, "{\"in\": \"PT2H\"}").status());
  }

  private Answer schedule(String id, String values) {
    return world
        .request("CompleteTask")
        .by(Token.engineer())
        .on(id)
        .path("task", BENCHMARK)
        .body("{\"step\": \"schedule\", \"statement\": \"Agreed.\", \"values\": " + values + "}")
        .send();
  }
}
