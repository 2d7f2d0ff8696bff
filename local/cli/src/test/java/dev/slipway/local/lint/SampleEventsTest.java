package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.Signals.Due;
import dev.slipway.pattern.Schemas;
import dev.slipway.task.TaskRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The sample events say what their receivers understand, and of the checklist what is in it. */
final class SampleEventsTest {
  private static final Path ROOT = ProjectCopy.project();

  private final Project project = new ProjectReader(ROOT).read();
  private final Checklist checklist = new Checklists().newest("hosting-provider");

  @TestFactory
  Stream<DynamicTest> taskEvents() {
    return events("events/tasks/")
        .map(file -> DynamicTest.dynamicTest(file, () -> taskEvent(file, tree(file))));
  }

  private static void taskEvent(String file, JsonNode event) throws IOException {
    TaskRequest request =
        TaskRequest.read(
            new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)));
    assertEquals("events/tasks/" + request.key().task() + ".json", file);
    assertEquals(file.contains(".resume."), request.failure() != null);
  }

  @TestFactory
  Stream<DynamicTest> apiEvents() {
    Map<String, LocatedNode> functions = project.template().orElseThrow().functions();
    return events("events/api/")
        .map(
            file -> {
              String name =
                  file.substring("events/api/".length(), file.length() - ".json".length());
              LocatedNode route =
                  functions.values().stream()
                      .map(function -> function.at("Properties").at("Events").at(name))
                      .filter(LocatedNode::exists)
                      .findFirst()
                      .orElseThrow()
                      .at("Properties");
              return DynamicTest.dynamicTest(file, () -> apiEvent(tree(file), route));
            });
  }

  private static void apiEvent(JsonNode event, LocatedNode route) throws IOException {
    String method = route.text("Method");
    String path = route.text("Path");
    assertEquals("2.0", event.path("version").asText());
    assertEquals(method + " " + path, event.path("routeKey").asText());
    assertEquals(method, event.at("/requestContext/http/method").asText());
    assertEquals(event.path("rawPath"), event.at("/requestContext/http/path"));
    String expected = path;
    for (var parameter : event.path("pathParameters").properties()) {
      expected =
          expected
              .replace("{" + parameter.getKey() + "}", parameter.getValue().asText())
              .replace("{" + parameter.getKey() + "+}", parameter.getValue().asText());
    }
    assertEquals(expected, event.path("rawPath").asText());
    if (route.at("Auth").text("Authorizer").equals("NONE")) {
      assertFalse(event.path("requestContext").has("authorizer"));
      // Pages are for everybody; what runners ask for is signed.
      assertEquals(
          path.contains("/probe-runners/"), event.path("headers").has("slipway-signature"));
    } else {
      claims(event.at("/requestContext/authorizer/jwt/claims"));
    }
    if (event.path("isBase64Encoded").asBoolean()) {
      assertTrue(Base64.getDecoder().decode(event.path("body").asText()).length > 0);
    } else if (event.has("body")) {
      assertTrue(Json.MAPPER.readTree(event.path("body").asText()).isObject());
    }
  }

  private static void claims(JsonNode claims) {
    assertFalse(claims.path("sub").asText().isEmpty());
    if (!claims.has("slipway_roles")) {
      // Whoever is invited has no role yet, and an address that the issuer has verified.
      assertEquals("true", claims.path("email_verified").asText());
      return;
    }
    assertTrue(claims.path("slipway_roles").asText().matches("\\[(manager|engineer|customer)]"));
    assertEquals(
        claims.path("slipway_roles").asText().equals("[customer]"),
        claims.has("slipway_onboarding"));
  }

  @Test
  void theElementHasTheFormThatTheChecklistAsksFor() throws IOException {
    JsonNode event = tree("events/api/SaveElement.json");
    Element element = checklist.element(event.at("/pathParameters/element").asText()).orElseThrow();
    assertForm(element, event);
  }

  @Test
  void theCredentialHasTheFormThatTheChecklistAsksFor() throws IOException {
    JsonNode event = tree("events/api/StoreCredential.json");
    Element element =
        checklist.credential(event.at("/pathParameters/system").asText()).orElseThrow();
    assertForm(element, event);
  }

  private static void assertForm(Element element, JsonNode event) throws IOException {
    JsonNode body = Json.MAPPER.readTree(event.path("body").asText());
    assertEquals(Set.of(), new Schemas().of(element.schema()).validate(body));
  }

  @Test
  void theAnswerIsToAStepOfAPerson() throws IOException {
    JsonNode event = tree("events/api/CompleteTask.json");
    Task task = checklist.task(event.at("/pathParameters/task").asText()).orElseThrow();
    Step step = task.step(Json.MAPPER.readTree(event.path("body").asText()).path("step").asText());
    assertFalse(step.mode() == Mode.AUTOMATIC);
  }

  @Test
  void decisionsAreAboutTasksThatAllowThem() {
    for (String file : Set.of("SkipTask", "WaiveTask", "ApproveTask", "RetryTask")) {
      JsonNode event = tree("events/api/" + file + ".json");
      Task task = checklist.task(event.at("/pathParameters/task").asText()).orElseThrow();
      assertFalse(task.planned(), file);
    }
    assertFalse(
        tree("events/api/WaiveTask.json")
            .at("/requestContext/authorizer/jwt/claims/sub")
            .equals(
                tree("events/api/ApproveTask.json")
                    .at("/requestContext/authorizer/jwt/claims/sub")),
        "a waiver takes two people");
  }

  @Test
  void runsAreNamedByOnboardingAndNumber() {
    for (String file :
        Set.of("events/executions/hosting-provider.json", "events/runs/complete-run.json")) {
      JsonNode event = tree(file);
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      event.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      assertEquals(Set.of("onboardingId", "run"), fields.keySet(), file);
      assertTrue(event.path("run").isIntegralNumber(), file);
    }
  }

  @Test
  void changesAreThoseThatWakeLooksAt() {
    JsonNode event = tree("events/wake/stream.json");
    assertFalse(event.path("Records").isEmpty());
    for (JsonNode record : event.path("Records")) {
      assertTrue(Set.of("INSERT", "MODIFY").contains(record.path("eventName").asText()));
      assertTrue(record.at("/dynamodb/NewImage/signalDue/S").isTextual());
      String partition = record.at("/dynamodb/Keys/PK/S").asText();
      String sort = record.at("/dynamodb/Keys/SK/S").asText();
      assertTrue(Due.concerns(partition, sort));
      assertNotNull(Due.of(partition, sort));
    }
    assertFalse(tree("events/wake/sweep.json").path("Records").isArray());
  }

  private Stream<String> events(String folder) {
    return project.events().keySet().stream().filter(file -> file.startsWith(folder));
  }

  private JsonNode tree(String file) {
    return project.events().get(file).node();
  }
}
