package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.element.ElementChecks;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.ManyTasks;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The API's functions on a table of their own. Every answer is held to the description. */
final class ApiWorld implements AutoCloseable {
  static final String MAIL = "technical-configuration.configure-smtp";
  static final String PLATFORM = "technical-configuration.check-platform";
  static final String IPS = "technical-configuration.add-external-ips";
  static final String DOCKER = "technical-configuration.assign-docker-account";
  static final String GATE = "technical-configuration.gate";
  static final String RESUME = "technical-configuration.resume";

  private static final ApiDescription DESCRIPTION = new ApiDescription();

  private final TestTable table = new TestTable();
  private final FakeSecrets secrets = new FakeSecrets();
  private final TestSigning signing = new TestSigning();
  private final TestClock clock = new TestClock();
  private final StringBuilder log = new StringBuilder();
  private final Map<String, CredentialTest> tests = new ConcurrentHashMap<>();
  private final FunctionContext context;
  private ElementChecks checks;

  ApiWorld() {
    this(new Checklists());
  }

  ApiWorld(Checklists checklists) {
    this(checklists, Map.of());
  }

  /** With a mail service. */
  ApiWorld(FakeMails mails) {
    this(
        new Checklists(),
        Map.of(
            "SLIPWAY_MAIL_FROM",
            FakeMails.FROM,
            "AWS_ENDPOINT_URL_SES",
            mails.endpoint().toString()));
  }

  private ApiWorld(Checklists checklists, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("SLIPWAY_TABLE", table.name());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", TestTable.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_KMS", signing.endpoint().toString());
    environment.put("SLIPWAY_SIGNING_KEY", signing.key());
    FunctionContext released = FunctionContext.of(environment, clock);
    context = released.with(new Items(table.client(), table.name(), clock), checklists);
    checks = ElementChecks.all(context);
  }

  /** The same place, disturbed before each request to the database. */
  FunctionContext contextWith(Consumer<String> before) {
    return context.with(table.disturbed(clock, before), context.checklists());
  }

  FunctionContext context() {
    return context;
  }

  /** Other checks and looks of elements, from now on. */
  void checking(ElementChecks others) {
    checks = others;
  }

  FakeSecrets secrets() {
    return secrets;
  }

  TestSigning signing() {
    return signing;
  }

  TestClock clock() {
    return clock;
  }

  String log() {
    return log.toString();
  }

  /** What tests of credentials find from now on. */
  void grading(String system, Grade grade) {
    grading(
        system,
        (secret, elements) ->
            new CredentialTestResult(grade, "graded " + grade, null, "probe", "host", "answer"));
  }

  /** What a test does. */
  interface Testing {
    CredentialTestResult test(JsonNode secret, JsonNode elements);
  }

  void grading(String system, Testing testing) {
    tests.put(
        system,
        new CredentialTest() {
          @Override
          public String system() {
            return system;
          }

          @Override
          public CredentialTestResult test(JsonNode secret, JsonNode elements) {
            return testing.test(secret, elements);
          }
        });
  }

  // --- who calls

  /** A token's claims. */
  record Token(String subject, String name, String roles, String onboarding, String email) {
    Token(String subject, String name, String roles, String onboarding) {
      this(subject, name, roles, onboarding, null);
    }

    /** The same person with a mail address that the issuer has verified. */
    Token withMail(String address) {
      return new Token(subject, name, roles, onboarding, address);
    }

    static Token manager() {
      return new Token("sub-mara", "Mara Manager", "[manager]", null);
    }

    static Token otherManager() {
      return new Token("sub-max", "Max Manager", "[manager]", null);
    }

    static Token engineer() {
      return new Token("sub-eli", "Eli Engineer", "[engineer]", null);
    }

    static Token customer(String onboarding) {
      return new Token("sub-carla", "Carla Customer", "[customer]", onboarding);
    }

    static Token otherCustomer(String onboarding) {
      return new Token("sub-carl", "Carl Customer", "[customer]", onboarding);
    }
  }

  /** An answer. */
  record Answer(int status, Map<String, String> headers, JsonNode body, String text) {
    String code() {
      return body.path("code").asText();
    }

    String field() {
      return body.path("field").asText();
    }

    List<String> errorFields() {
      List<String> fields = new ArrayList<>();
      body.path("errors").forEach(error -> fields.add(error.path("field").asText()));
      return fields;
    }
  }

  /** A request being made up. */
  final class Request {
    private final String operation;
    private final Map<String, String> path = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private final List<String> cookies = new ArrayList<>();
    private boolean mayBeUnavailable;
    private Token token = Token.manager();
    private String body;
    private boolean base64;
    private int remaining = 29_000;

    private Request(String operation) {
      this.operation = operation;
    }

    Request by(Token caller) {
      token = caller;
      return this;
    }

    Request on(String onboarding) {
      path.put("onboarding", onboarding);
      return this;
    }

    Request path(String name, String value) {
      path.put(name, value);
      return this;
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request query(String name, String value) {
      query.put(name, value);
      return this;
    }

    Request body(String text) {
      body = text;
      headers.putIfAbsent("Content-Type", "application/json");
      return this;
    }

    Request base64(String text) {
      body = text;
      base64 = true;
      return this;
    }

    Request cookie(String text) {
      cookies.add(text);
      return this;
    }

    /** A 503 is expected. */
    Request unavailable() {
      mayBeUnavailable = true;
      return this;
    }

    Request remaining(int millis) {
      remaining = millis;
      return this;
    }

    Answer send() {
      ApiDescription.Operation described = DESCRIPTION.operations().get(operation);
      ObjectNode event = Json.MAPPER.createObjectNode();
      event.put("version", "2.0");
      event.put("routeKey", described.method() + " " + described.path());
      event.set("headers", Json.tree(headers));
      event.set("cookies", cookies.isEmpty() ? null : Json.tree(cookies));
      event.set("queryStringParameters", query.isEmpty() ? null : Json.tree(query));
      event.set("pathParameters", Json.tree(path));
      event.put("isBase64Encoded", base64);
      event.put("body", body);
      ObjectNode http = event.putObject("requestContext");
      http.put("requestId", "request-" + UUID.randomUUID());
      http.put("domainName", "slipway.example");
      http.putObject("http").put("method", described.method());
      if (token != null) {
        ObjectNode claims = http.putObject("authorizer").putObject("jwt").putObject("claims");
        claims.put("sub", token.subject()).put("slipway_roles", token.roles());
        if (token.name() != null) {
          claims.put("name", token.name());
        }
        if (token.onboarding() != null) {
          claims.put("slipway_onboarding", token.onboarding());
        }
        if (token.email() != null) {
          claims.put("email", token.email()).put("email_verified", "true");
        }
      }
      return answer(event.toString());
    }

    private Answer answer(String event) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TestLambdaContext invocation = new TestLambdaContext(remaining);
      try {
        function(operation)
            .handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, invocation);
        synchronized (log) {
          log.append(invocation.log());
        }
        JsonNode payload = Json.MAPPER.readTree(out.toByteArray());
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        payload
            .get("headers")
            .properties()
            .forEach(header -> all.put(header.getKey(), header.getValue().asText()));
        assertEquals("no-store", all.get("Cache-Control"));
        if (payload.get("statusCode").asInt() == 304) {
          assertTrue(payload.get("body").isNull());
          return new Answer(304, all, Json.MAPPER.createObjectNode(), "");
        }
        String text = text(payload, all);
        String mediaType = all.get("Content-Type").replaceFirst(";.*", "");
        JsonNode body =
            mediaType.endsWith("json") ? Json.MAPPER.readTree(text) : new TextNode(text);
        Answer answer = new Answer(payload.get("statusCode").asInt(), all, body, text);
        assertEquals(
            List.of(),
            DESCRIPTION.violations(operation, answer.status(), mediaType, answer.body()),
            () -> operation + " answered " + answer);
        assertTrue(
            answer.status() < 500 || (mayBeUnavailable && answer.status() == 503),
            () -> operation + ": " + invocation.log());
        return answer;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String text(JsonNode payload, Map<String, String> headers) throws IOException {
    String body = payload.get("body").asText();
    if (!"gzip".equals(headers.get("Content-Encoding"))) {
      return body;
    }
    try (var bytes =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(body)))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Request request(String operation) {
    return new Request(operation);
  }

  private ApiFunction function(String operation) {
    if (operation.equals("StoreCredential")) {
      return new StoreCredential(context, new CredentialTests(List.copyOf(tests.values())));
    }
    switch (operation) {
      case "StoreAsGuest" -> {
        return new StoreAsGuest(context, new CredentialTests(List.copyOf(tests.values())));
      }
      case "SaveAsGuest" -> {
        return new SaveAsGuest(context, checks);
      }
      case "SaveElement" -> {
        return new SaveElement(context, checks);
      }
      case "PreviewElement" -> {
        return new PreviewElement(context, checks);
      }
      case "GetPlan" -> {
        return new GetPlan(context, checks);
      }
      default -> {}
    }
    try {
      return Class.forName("dev.slipway.api." + operation)
          .asSubclass(ApiFunction.class)
          .getConstructor(FunctionContext.class)
          .newInstance(context);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- what tests begin with

  /** An onboarding that nothing was given to. */
  String create() {
    Answer answer =
        request("CreateOnboarding")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body("{\"checklist\": \"hosting-provider\", \"name\": \"Example Hosting\"}")
            .send();
    assertEquals(201, answer.status(), answer.text());
    return answer.body().at("/onboarding/id").asText();
  }

  Answer save(String onboarding, String element, long seen, String value) {
    Request request =
        request("SaveElement")
            .by(element.equals("contacts") ? Token.manager() : Token.customer(onboarding))
            .on(onboarding)
            .path("element", element)
            .body(value);
    if (context.onboardings().find(onboarding).orElseThrow().startedAt() != null) {
      Answer preview = preview(onboarding, element, value);
      if (preview.status() == 200) {
        request.header("Effect-Hash", preview.body().get("hash").asText());
      }
    }
    return (seen == 0
            ? request.header("If-None-Match", "*")
            : request.header("if-match", "\"" + seen + "\""))
        .send();
  }

  Answer preview(String onboarding, String element, String value) {
    return request("PreviewElement")
        .by(Token.customer(onboarding))
        .on(onboarding)
        .path("element", element)
        .body(value)
        .send();
  }

  Answer store(String onboarding, String system, String value) {
    return request("StoreCredential")
        .by(Token.customer(onboarding))
        .on(onboarding)
        .path("system", system)
        .body(value)
        .send();
  }

  Answer complete(Token by, String onboarding, String task, String step, String statement) {
    return request("CompleteTask")
        .by(by)
        .on(onboarding)
        .path("task", task)
        .body(Json.tree(Map.of("step", step, "statement", statement)).toString())
        .send();
  }

  Answer act(String operation, Token by, String onboarding, String task) {
    return request(operation)
        .by(by)
        .on(onboarding)
        .path("task", task)
        .body("{\"reason\": \"because\"}")
        .send();
  }

  String hash(String onboarding) {
    return request("GetPlan").on(onboarding).send().body().get("hash").asText();
  }

  Answer start(String onboarding, String hash) {
    return request("StartOnboarding")
        .on(onboarding)
        .body("{\"planHash\": \"" + hash + "\"}")
        .send();
  }

  /** A run under way, as Wake leaves it. */
  String running() {
    String id = create();
    assertEquals(202, start(id, hash(id)).status());
    wake(id, "run.started", onboarding -> onboarding.running("arn:aws:states:::execution:x"));
    return id;
  }

  void wake(String id, String what, UnaryOperator<Onboarding> change) {
    Onboarding before = context.onboardings().find(id).orElseThrow();
    context.onboardings().save(before, change.apply(before), Actor.system("wake"), what, null);
  }

  /** Changes many tasks at once. */
  void changeTasks(String onboarding, List<TaskKey> keys, UnaryOperator<TaskRecord> change) {
    ManyTasks.change(
        new Items(table.client(), table.name(), clock),
        onboarding,
        List.copyOf(context.tasks().of(onboarding, keys).values()),
        change);
  }

  /** A task as a handler claims it in a run. */
  TaskRecord claimed(TaskRecord before, int run) {
    Claim claim =
        new Claim(
            UUID.randomUUID().toString(),
            run,
            clock.instant(),
            0,
            UUID.randomUUID().toString(),
            0,
            null,
            null);
    return ((TaskRecord.ClaimAnswer.Granted)
            before.claim(claim, clock.instant(), Duration.ofMinutes(1)))
        .record();
  }

  /** A task as its handler leaves it. */
  void outcome(String onboarding, String task, Outcome outcome) {
    TaskKey key = TaskKey.parse(task);
    TaskRecord before = context.tasks().of(onboarding, key);
    int run = context.onboardings().find(onboarding).orElseThrow().run();
    TaskRecord claimed = claimed(before, run);
    context.tasks().save(onboarding, before, claimed);
    TaskRecord after = claimed.commit(outcome, "inputs", true, clock.instant());
    context
        .tasks()
        .commit(
            onboarding,
            claimed,
            after,
            Optional.of(
                new Attempt(key, after.attempts(), run, clock.instant(), clock.instant(), outcome)),
            List.of(),
            Actor.system(task));
    clock.pass(Duration.ofSeconds(1));
  }

  /** Another function, whose clock is behind by so much, writes a line of the audit trail. */
  void recordBehind(String onboarding, Duration behind) {
    InstantSource late = () -> clock.instant().minus(behind);
    new AuditTrail(new Items(table.client(), table.name(), late))
        .record(onboarding, Actor.system("wake"), "run.started", "run", null, null);
  }

  /** Everything in the table, as text. */
  String tableText() {
    return items().toString();
  }

  List<Map<String, AttributeValue>> items() {
    return table.client().scanPaginator(r -> r.tableName(table.name())).items().stream().toList();
  }

  static ArrayNode array(String json) {
    try {
      return (ArrayNode) Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    secrets.close();
    signing.close();
  }
}
