package dev.slipway.systems.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonApiTest {

  private static final String TOKEN = "MARKER-token";

  private Function<Request, Response> answers = request -> Response.json("{}");
  private final FakeHttp server = new FakeHttp(request -> answers.apply(request));
  private final JsonApi api =
      new JsonApi(Loopback.egress(), "crm", Destination.CUSTOMER, server.uri("/api"));

  @AfterEach
  void stop() {
    server.close();
  }

  private Request last() {
    return server.requests().getLast();
  }

  // --- calls

  @Test
  void pathsAreBelowTheBaseAndQueriesAreEncoded() {
    api.get("users", "v2/users", Map.of("email", "a+b@c.example", "active", "yes & no"));
    assertEquals(
        "/api/v2/users?active=yes+%26+no&email=a%2Bb%40c.example", last().uri().toString());
    assertEquals(server.uri("").toString(), api.against());
  }

  @Test
  void aPostCarriesJsonOrAForm() {
    api.post("new user", "users", JsonNodeFactory.instance.objectNode().put("name", "x"));
    assertEquals("{\"name\":\"x\"}", last().body());
    assertEquals("application/json", last().header("content-type"));
    api.post("new user", "users", Map.of("name", "x y"));
    assertEquals(Map.of("name", "x y"), last().form());
  }

  @Test
  void whatWasFoundIsTheAnswerAndWhatIsNotThereIsNone() {
    answers =
        request ->
            request.uri().getPath().equals("/api/users/1")
                ? Response.json("{\"id\":1}").with("ETag", "\"v7\"")
                : Response.json("{\"error\":\"no such user\"}").as(404);
    assertEquals(Optional.of("\"v7\""), api.find("user", "users/1").orElseThrow().header("etag"));
    assertEquals(Optional.empty(), api.find("user", "users/2"));
    assertEquals(Kind.NOT_FOUND, troubleOf(() -> api.get("user", "users/2")).kind());
  }

  @Test
  void aCreationIsSentOnceAndAQuestionAgain() {
    answers = request -> Response.status(503);
    troubleOf(() -> api.post("new user", "users", Map.of()));
    assertEquals(1, server.requests().size());
    troubleOf(() -> api.ask("search", "search", Map.of("q", "x")));
    assertEquals(4, server.requests().size());
  }

  // --- logins

  @Test
  void everyCallCarriesTheLogin() {
    api.with(Authentication.bearer(TOKEN)).get("users", "users");
    assertEquals("Bearer " + TOKEN, last().header("authorization"));
    api.with(Authentication.basic("me", "pass")).get("users", "users");
    assertEquals("Basic bWU6cGFzcw==", last().header("authorization"));
    api.with(call -> call.header("Api-Key", TOKEN)).get("users", "users");
    assertEquals(TOKEN, last().header("api-key"));
    api.with(call -> call.form(Map.of("key", TOKEN))).ask("users", "users", Map.of("page", "2"));
    assertEquals(Map.of("page", "2", "key", TOKEN), last().form());
    api.get("users", "users");
    assertEquals("", last().header("authorization"));
  }

  @ParameterizedTest
  @CsvSource({"MARKER-token", "TUFSS0VSLXRva2Vu"})
  void noTroubleTellsTheLogin(String echoed) {
    answers = request -> Response.json("{\"error\":\"wrong: " + echoed + "\"}").as(400);
    SystemTrouble trouble =
        troubleOf(() -> api.with(Authentication.bearer(TOKEN)).get("users", "users"));
    assertTrue(trouble.answered().contains("wrong: "), trouble.answered());
    assertFalse((trouble + trouble.answered()).contains(echoed), trouble.answered());
  }

  // --- errors

  @ParameterizedTest
  @CsvSource({
    "401, AUTHENTICATION_FAILED",
    "403, NOT_PERMITTED",
    "404, NOT_FOUND",
    "409, REJECTED",
    "422, REJECTED",
    "429, RATE_LIMITED",
    "500, OUT_OF_ORDER",
    "302, WRONG_PLACE",
  })
  void aStatusStandsForAKindOfTrouble(int status, Kind kind) {
    answers = request -> Response.json("{\"errors\":[{\"detail\":\"taken\"}]}").as(status);
    SystemTrouble trouble = troubleOf(() -> api.post("new user", "users", Map.of()));
    assertEquals(kind, trouble.kind());
    assertEquals("crm", trouble.system());
    assertTrue(trouble.answered().contains("taken"), trouble.answered());
  }

  @Test
  void aVendorsOwnErrorsComeBeforeTheStatus() {
    JsonApi graph =
        api.withErrors(
            answer -> {
              if (answer.json().has("errors")) {
                throw answer.trouble(Kind.AUTHENTICATION_FAILED, "Unknown key.");
              }
            });
    answers = request -> Response.json("{\"errors\":[]}");
    assertEquals(Kind.AUTHENTICATION_FAILED, troubleOf(() -> graph.get("me", "me")).kind());
    assertEquals(Kind.AUTHENTICATION_FAILED, troubleOf(() -> graph.find("me", "me")).kind());
    answers = request -> Response.json("{}").as(403);
    assertEquals(Kind.NOT_PERMITTED, troubleOf(() -> graph.get("me", "me")).kind());
  }

  // --- ensure

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger creations = new AtomicInteger();

  private Supplier<Optional<String>> there(String first, String then) {
    return () -> Optional.ofNullable(looks.getAndIncrement() == 0 ? first : then);
  }

  private Supplier<String> created(String id) {
    return () -> {
      creations.incrementAndGet();
      return id;
    };
  }

  private Supplier<String> fails(Kind kind) {
    return () -> {
      creations.incrementAndGet();
      throw trouble(kind);
    };
  }

  private static SystemTrouble trouble(Kind kind) {
    return new SystemTrouble("crm", kind, kind.code(), "new user", "crm.example", "");
  }

  @Test
  void whatIsThereIsNotCreated() {
    assertEquals("u-1", JsonApi.ensure(there("u-1", "u-1"), created("u-2")));
    assertEquals(0, creations.get());
  }

  @Test
  void whatIsNotThereIsCreated() {
    assertEquals("u-2", JsonApi.ensure(there(null, null), created("u-2")));
    assertEquals(1, looks.get());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REJECTED", "TIMED_OUT", "CUT_OFF", "OUT_OF_ORDER", "NOT_UNDERSTOOD"})
  void whatSomebodyElseMadeOrALostAnswerMadeIsAdopted(Kind kind) {
    assertEquals("u-3", JsonApi.ensure(there(null, "u-3"), fails(kind)));
    assertEquals(1, creations.get());
  }

  @Test
  void aRefusalWithoutAnythingThereIsTold() {
    assertEquals(
        Kind.REJECTED,
        troubleOf(() -> JsonApi.ensure(there(null, null), fails(Kind.REJECTED))).kind());
    assertEquals(1, creations.get());
  }

  @Test
  void theFirstErrorIsToldEvenIfTheSecondLookFails() {
    SystemTrouble unreachable = trouble(Kind.NOT_CONNECTED);
    Supplier<Optional<String>> look =
        () -> {
          if (looks.getAndIncrement() == 0) {
            return Optional.empty();
          }
          throw unreachable;
        };
    SystemTrouble told = troubleOf(() -> JsonApi.ensure(look, fails(Kind.CUT_OFF)));
    assertEquals(Kind.CUT_OFF, told.kind());
    assertSame(unreachable, told.getSuppressed()[0]);
  }

  @Test
  void aVendorThatLimitsIsNotAskedAgain() {
    assertEquals(
        Kind.RATE_LIMITED,
        troubleOf(() -> JsonApi.ensure(there(null, "u-3"), fails(Kind.RATE_LIMITED))).kind());
    assertEquals(1, looks.get());
  }

  private static SystemTrouble troubleOf(Supplier<?> call) {
    return assertThrows(SystemTrouble.class, call::get);
  }
}
