package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes by template, a login in front, records by natural key. */
final class RestStandInTest {

  /** A vendor whose users are told apart by their e-mail addresses. */
  private static final class Crm extends RestStandIn {

    Crm(World world) {
      super(world, "crm", Site.https("api.crm.example", "203.0.113.90"));
      Records users = new Records(world, "crm", "users", "email");
      on("GET /v2/users", call -> ok(users.where("email", call.parameter("email"))));
      on("POST /v2/users", call -> created(users.add(call.json())));
      on("GET /v2/users/{id}", call -> found(users.byId(call.path("id"))));
      on("PATCH /v2/users/{id}", call -> found(users.patch(call.path("id"), call.json())));
      on(
          "DELETE /v2/users/{id}",
          call -> HttpAnswer.empty(users.remove(call.path("id")) ? 204 : 404));
      on("Find", "POST /rpc?do=find", call -> ok(Json.of(Map.of("found", call.parameter("it")))));
      on("POST /rpc", call -> ok(Json.of(Map.of("unknown", call.parameter("do")))));
      on("GET login.crm.example/v2/{a}/x/{b}", call -> ok(Json.of(call.path())));
      on(
          "POST /v2/half",
          call ->
              world.change(
                  "crm",
                  part -> {
                    part.put("half", true);
                    throw Refusal.of(422, "no");
                  }));
    }

    @Override
    public ObjectNode defaults() {
      ObjectNode part = Json.object();
      part.putObject("auth").put("token", "crm-token");
      return part;
    }
  }

  private final World world = new World(Optional.empty());
  private final Crm crm = new Crm(world);

  @BeforeEach
  void seed() {
    world.seed("crm", crm.defaults());
  }

  private static HttpCall call(String method, String path, String query, String body) {
    return new HttpCall(
        method,
        "api.crm.example",
        path,
        query,
        Map.of("authorization", "Bearer crm-token"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode answered(int status, String method, String path, String body) {
    HttpAnswer answer = crm.answer(call(method, path, "", body));
    assertEquals(status, answer.status());
    return answer.body().length == 0
        ? Json.object()
        : Json.parse(new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aRecordLivesFromItsCreationToItsRemoval() {
    assertEquals(
        "1", answered(201, "POST", "/v2/users", "{\"email\":\"a@b\"}").path("id").asText());
    assertEquals(
        "2", answered(201, "POST", "/v2/users", "{\"email\":\"c@d\"}").path("id").asText());
    answered(409, "POST", "/v2/users", "{\"email\":\"a@b\"}");
    assertEquals(
        "x", answered(200, "PATCH", "/v2/users/2", "{\"name\":\"x\"}").path("name").asText());
    assertEquals("c@d", answered(200, "GET", "/v2/users/2", "").path("email").asText());
    answered(204, "DELETE", "/v2/users/2", "");
    answered(404, "DELETE", "/v2/users/2", "");
    answered(404, "GET", "/v2/users/2", "");
    answered(404, "PATCH", "/v2/users/2", "{}");
    assertEquals(1, answered(200, "GET", "/v2/users", "").size());
    HttpAnswer found = crm.answer(call("GET", "/v2/users", "email=c%40d", ""));
    assertEquals("[]", new String(found.body(), StandardCharsets.UTF_8));
  }

  @Test
  void whatNoRouteTakesIsNotFoundAndWhatIsNoJsonIsRefused() {
    answered(404, "PUT", "/v2/users", "");
    answered(404, "GET", "/v2/a/x/b", "");
    answered(400, "POST", "/v2/users", "nonsense");
  }

  @Test
  void aRefusalUndoesTheChange() {
    assertEquals("no", answered(422, "POST", "/v2/half", "").path("message").asText());
    assertEquals(false, world.snapshot().path("crm").has("half"));
  }

  @Test
  void theLoginIsThatOfTheWorld() {
    HttpCall stranger =
        new HttpCall("GET", "api.crm.example", "/v2/users", "", Map.of(), new byte[0]);
    HttpCall basic =
        new HttpCall(
            "GET",
            "api.crm.example",
            "/v2/users",
            "",
            Map.of("authorization", "Basic bWU6cGFzcw=="),
            new byte[0]);
    assertEquals(401, crm.answer(stranger).status());
    world.merge(
        Json.parse("{\"crm\":{\"auth\":{\"token\":null,\"user\":\"me\",\"password\":\"pass\"}}}"));
    assertEquals(401, crm.answer(stranger).status());
    assertEquals(200, crm.answer(basic).status());
    world.merge(Json.parse("{\"crm\":{\"auth\":null}}"));
    assertEquals(200, crm.answer(stranger).status());
  }

  @Test
  void callsAreCountedByTheirRoutesAndMayBeOfOneHost() {
    assertEquals(
        new Operation("GET /v2/users/{id}", "a+b/c"),
        crm.operation(call("GET", "/v2/users/a+b%2Fc", "", "")));
    assertEquals(Operation.of("GET /none"), crm.operation(call("GET", "/none", "", "")));
    HttpCall login =
        new HttpCall(
            "GET",
            "login.crm.example",
            "/v2/1/x/2",
            "",
            Map.of("authorization", "Bearer crm-token"),
            new byte[0]);
    assertEquals("1/2", crm.operation(login).key());
    assertEquals(200, crm.answer(login).status());
  }

  @Test
  void aRouteMayBeForOneParameterAndBearAnotherName() {
    HttpCall find = call("POST", "/rpc", "do=find&it=x", "");
    HttpCall other = call("POST", "/rpc", "do=other", "");

    assertEquals(Operation.of("Find"), crm.operation(find));
    assertEquals("{\"found\":\"x\"}", new String(crm.answer(find).body(), StandardCharsets.UTF_8));
    assertEquals(Operation.of("POST /rpc"), crm.operation(other));
    assertEquals(
        "{\"unknown\":\"other\"}", new String(crm.answer(other).body(), StandardCharsets.UTF_8));
  }

  @Test
  void recordsWithoutANaturalKeyMayBeAlikeAndShareTheirNumbers() {
    world.merge(Json.parse("{\"crm\":{\"nextId\":6}}"));
    Records notes = new Records(world, "crm", "notes");
    ObjectNode note = Json.object().put("text", "same");

    assertEquals("7", notes.add(note).orElseThrow().path("id").asText());
    assertEquals("8", notes.add(note).orElseThrow().path("id").asText());
  }
}
