package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is a problem that says where, and nothing is stored. */
class BadInputTest {
  private static final String MARKER = "marker-51c0de";

  /** Each route that takes JSON, with a body that would be taken. */
  private static final Map<String, String> BODIES =
      Map.of(
          "CreateOnboarding", "{\"checklist\": \"hosting-provider\", \"name\": \"Example\"}",
          "StartOnboarding", "{\"planHash\": \"" + "0".repeat(64) + "\"}",
          "StopOnboarding", "{\"reason\": \"because\"}",
          "StopSection", "{\"reason\": \"because\"}",
          "CancelOnboarding", "{\"reason\": \"because\"}",
          "CompleteTask", "{\"step\": \"confirm-receipt\", \"statement\": \"done\"}",
          "RetryTask", "{\"reason\": \"because\"}",
          "SkipTask", "{\"reason\": \"because\"}",
          "WaiveTask", "{\"reason\": \"because\"}",
          "ApproveTask", "{\"reason\": \"because\"}");

  private final ApiWorld world = new ApiWorld();
  private final ApiDescription description = new ApiDescription();
  private String id;
  private String before;

  @BeforeEach
  void create() {
    id = world.create();
    before = world.tableText();
  }

  @AfterEach
  void nothingIsStored() {
    assertEquals(before, world.tableText());
    assertFalse(world.log().contains(MARKER));
    world.close();
  }

  private ApiWorld.Request request(String operation) {
    Token token =
        List.of("CompleteTask", "SaveElement", "StoreCredential").contains(operation)
            ? Token.customer(id)
            : Token.manager();
    return world
        .request(operation)
        .by(token)
        .on(id)
        .path("task", operation.equals("SkipTask") ? ApiWorld.IPS : ApiWorld.MAIL)
        .path("section", "technical-configuration")
        .path("element", "mail-server")
        .path("system", "smtp")
        .header("Idempotency-Key", "key-12345678")
        .header("If-None-Match", "*");
  }

  @Test
  void malformedBodies() {
    Map<String, Integer> bodies = new LinkedHashMap<>();
    bodies.put("", 400);
    bodies.put("{", 400);
    bodies.put("{\"reason\": \"" + MARKER + "}", 400);
    bodies.put(MARKER, 400);
    bodies.put("{} " + MARKER, 400);
    bodies.put("{\"a\": 1, \"a\": 2}", 400);
    bodies.put("{\"a\": NaN}", 400);
    bodies.put("{'a': 1}", 400);
    bodies.put("[".repeat(100), 400);
    bodies.put("{\"a\": ".repeat(40) + "1" + "}".repeat(40), 422);
    bodies.put("{\"a\": 1e999}", 422);
    bodies.put("{\"a\": 1" + "0".repeat(45) + ".5}", 422);
    bodies.put("{\"\": 1}", 422);
    bodies.put("{\"a\": \"\\ud800\"}", 422);
    bodies.put("null", 422);
    bodies.put("[]", 422);
    bodies.put("\"" + MARKER + "\"", 422);
    bodies.put("{\"" + MARKER.toLowerCase(java.util.Locale.ROOT) + "\": true}", 422);
    for (String operation : BODIES.keySet()) {
      bodies.forEach(
          (body, status) -> {
            Answer answer = request(operation).body(body).send();
            assertEquals(status, answer.status(), operation + " " + body + " " + answer.text());
            assertTrue(answer.body().has("field") || status == 422, answer.text());
          });
    }
    for (String operation : List.of("SaveElement", "StoreCredential")) {
      bodies.forEach(
          (body, status) -> {
            Answer answer = request(operation).body(body).send();
            assertEquals(status, answer.status(), operation + " " + body + " " + answer.text());
            assertFalse(
                operation.equals("StoreCredential") && answer.text().contains(MARKER),
                answer.text());
          });
    }
  }

  @Test
  void bytesThatAreNoText() {
    for (String operation : BODIES.keySet()) {
      Answer answer = request(operation).base64("eyJhIjogIv8ifQ==").send();
      assertEquals(400, answer.status(), answer.text());
      assertEquals(400, request(operation).base64("not base 64").send().status());
    }
  }

  @Test
  void unknownFieldsAndWrongTypesAreAllNamed() {
    Answer answer =
        request("CompleteTask")
            .body("{\"step\": 1, \"statement\": [], \"values\": \"x\", \"extra/~\": 1}")
            .send();
    assertEquals(422, answer.status());
    assertEquals(List.of("/step", "/statement", "/values", "/extra~1~0"), answer.errorFields());

    Answer control =
        request("CompleteTask")
            .body("{\"step\": \"confirm-receipt\", \"statement\": \"a\\u001bb\"}")
            .send();
    assertEquals("statement", control.field());
  }

  @Test
  void oversizedBodies() {
    BODIES.forEach(
        (operation, body) -> {
          Answer answer = request(operation).body(body + " ".repeat(20_000)).send();
          assertEquals(413, answer.status(), operation);
          assertEquals("body", answer.field());
        });
    String large = "{\"host\": \"" + "x".repeat(70_000) + "\"}";
    assertEquals(413, request("SaveElement").body(large).send().status());
    assertEquals(413, request("StoreCredential").body(large).send().status());
    Answer longText =
        request("CompleteTask")
            .body("{\"step\": \"confirm-receipt\", \"statement\": \"" + "x".repeat(2001) + "\"}")
            .send();
    assertEquals(422, longText.status());
    assertEquals("statement", longText.field());
  }

  @Test
  void otherMediaTypes() {
    BODIES.forEach(
        (operation, body) -> {
          for (String type :
              List.of("application/x-www-form-urlencoded", "text/plain", "application/jsonp")) {
            Answer answer = request(operation).header("Content-Type", type).body(body).send();
            assertEquals(415, answer.status(), operation);
            assertEquals("Content-Type", answer.field());
          }
        });
  }

  @Test
  void nobodyAndThoseWithoutTheRole() {
    description
        .operationsOfPeople()
        .forEach(
            (operation, described) -> {
              assertEquals(401, request(operation).by(null).send().status(), operation);
              assertEquals(
                  401,
                  request(operation).by(new Token(" ", null, "[manager]", null)).send().status());
              Token none = new Token("sub-nobody", null, "[admin root]", null);
              List<String> permitted =
                  StreamSupport.stream(described.description().get("x-roles").spliterator(), false)
                      .map(JsonNode::asText)
                      .toList();
              if (!permitted.contains("anybody")) {
                assertEquals(403, request(operation).by(none).send().status(), operation);
              }
              for (String role : List.of("manager", "engineer", "customer")) {
                Answer answer =
                    request(operation)
                        .by(new Token("sub-x", null, "[" + role + "]", "no-such-onboarding"))
                        .on("no-such-onboarding")
                        .body("{}")
                        .send();
                assertEquals(
                    permitted.contains(role),
                    !answer.code().equals("caller.role"),
                    operation + " " + role + " " + answer.text());
              }
            });
  }

  @Test
  void anotherCustomersOnboarding() {
    description
        .operationsOfPeople()
        .forEach(
            (operation, described) -> {
              if (described.path().contains("{onboarding}")) {
                Token other = Token.customer("another-onboarding");
                Answer answer =
                    request(operation).by(other).body(BODIES.getOrDefault(operation, "{}")).send();
                boolean customers =
                    described.description().get("x-roles").toString().contains("customer");
                assertEquals(customers ? 404 : 403, answer.status(), operation);
                for (String odd : List.of("", "x/y", "META", "a".repeat(3000), "a#b", "%00")) {
                  assertEquals(
                      404,
                      request(operation).by(Token.manager()).on(odd).body("{}").send().status(),
                      operation);
                }
              }
            });
  }

  @Test
  void rolesComeInEveryForm() {
    for (String roles :
        List.of("[manager]", "manager", "[engineer manager]", "[\"manager\"]", "a,manager")) {
      assertEquals(
          200,
          world
              .request("GetOnboarding")
              .by(new Token("s", null, roles, null))
              .on(id)
              .send()
              .status(),
          roles);
    }
    Token tied = new Token("s", null, "[manager]", "another-onboarding");
    assertEquals(404, world.request("GetOnboarding").by(tied).on(id).send().status());
  }

  /** Of all that a function throws an error of the JVM is the least expected. */
  @Test
  void aStackThatRunsOverFellsNothing() throws Exception {
    TestLambdaContext lambda = new TestLambdaContext(1000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String event =
        "{\"requestContext\": {\"requestId\": \"r-2\", \"http\": {\"method\": \"GET\"},"
            + " \"authorizer\": {\"jwt\": {\"claims\": {\"sub\": \"s\", \"slipway_roles\":"
            + " \"[manager]\"}}}}}";
    new ApiFunction(world.context(), Role.MANAGER) {
      @Override
      ApiAnswer answer(ApiCall call) {
        throw new StackOverflowError();
      }
    }.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, lambda);

    JsonNode answer = Json.MAPPER.readTree(out.toByteArray());
    assertEquals(500, answer.get("statusCode").asInt());
    assertEquals("application/problem+json", answer.at("/headers/Content-Type").asText());
    assertTrue(answer.get("body").asText().contains("slipway.unexpected"), answer::toString);
    assertTrue(lambda.log().toString().contains("java.lang.StackOverflowError"));
    assertTrue(lambda.log().toString().contains("r-2"));
  }

  @Test
  void failuresInsideTellNothing() throws Exception {
    FunctionContext broken = FunctionContext.of(Map.of(), world.clock());
    String event =
        "{\"requestContext\": {\"requestId\": \"r-1\", \"http\": {\"method\": \"GET\"},"
            + " \"authorizer\": {\"jwt\": {\"claims\": {\"sub\": \"s\", \"slipway_roles\":"
            + " \"[manager]\"}}}}, \"pathParameters\": {\"onboarding\": \"x\"}}";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TestLambdaContext lambda = new TestLambdaContext(1000);
    new GetOnboarding(broken)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, lambda);
    String answer = out.toString(StandardCharsets.UTF_8);
    assertTrue(answer.contains("\"statusCode\":500"), answer);
    assertTrue(answer.contains("urn:slipway:request:r-1"), answer);
    assertFalse(answer.contains("SLIPWAY_TABLE"), answer);
    assertTrue(lambda.log().toString().contains("IllegalStateException"));
    assertTrue(lambda.log().toString().contains("r-1"));
  }
}
