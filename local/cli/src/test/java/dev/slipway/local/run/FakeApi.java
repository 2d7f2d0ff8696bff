package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An API with one onboarding of one task that fails until the credential `smtp` is stored a second
 * time, then waits for the step `confirm-receipt`, then is done.
 */
final class FakeApi implements AutoCloseable {
  static final String TASK = "technical-configuration.configure-smtp";

  private final HttpServer server;
  private final List<String> requests = new ArrayList<>();
  private String state = "INTAKE";
  private String outcome = "PENDING";
  private int credentials;
  private int answers;

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  Callers callers() {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var http = SlipwayApi.httpClient();
    return (role, onboarding, second) -> new SlipwayApi(http, base, role.wireName());
  }

  /** Method, path and caller of each request but those that only look. */
  synchronized List<String> changes() {
    return requests.stream().filter(line -> !line.startsWith("GET")).toList();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String caller = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    requests.add(line + " by " + caller);
    JsonNode body;
    try (var in = exchange.getRequestBody()) {
      body = Json.MAPPER.readTree(in);
    }
    JsonNode answer =
        switch (line) {
          case "POST /onboardings" ->
              tree("{\"onboarding\": {\"id\": \"o1\", \"state\": \"INTAKE\"}}");
          case "GET /onboardings/o1/elements" -> tree("{\"elements\": []}");
          case "GET /onboardings/o1/plan" -> tree("{\"hash\": \"h\", \"entries\": []}");
          case "POST /onboardings/o1/start" -> started();
          case "PUT /onboardings/o1/credentials/smtp" -> stored();
          case "POST /onboardings/o1/tasks/" + TASK + "/complete" -> completed(body);
          case "GET /onboardings/o1" -> standing();
          default -> tree("{\"version\": 1}");
        };
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private JsonNode started() {
    state = "RUNNING";
    outcome = "FAILED";
    return tree("{}");
  }

  private JsonNode stored() {
    credentials++;
    if (credentials == 2) {
      outcome = "WAITING";
    }
    return tree(
        credentials == 1 ? "{\"grade\": \"INVALID_CREDENTIALS\"}" : "{\"grade\": \"VALID\"}");
  }

  private JsonNode completed(JsonNode body) {
    answers++;
    if (body.path("step").asText().equals("confirm-receipt")) {
      outcome = "DONE";
      state = "COMPLETED";
    }
    return tree("{}");
  }

  private JsonNode standing() {
    ObjectNode answer = (ObjectNode) tree("{\"onboarding\": {\"id\": \"o1\", \"name\": \"n\"}}");
    ((ObjectNode) answer.path("onboarding")).put("state", state);
    ObjectNode section = answer.putArray("sections").addObject();
    section.put("section", "technical-configuration").put("title", "Technical configuration");
    section
        .putArray("tasks")
        .addObject()
        .put("task", TASK)
        .put("instance", "")
        .put("row", "V01")
        .put("title", "Configure the mail server")
        .put("outcome", outcome)
        .put("attempts", credentials + answers);
    var open = answer.putArray("openWork");
    if (outcome.equals("FAILED")) {
      ObjectNode work = open.addObject().put("task", TASK).put("party", "CUSTOMER");
      work.put("section", "technical-configuration");
      work.putObject("problem")
          .put("code", "smtp.authentication-failed")
          .put("field", "credential:smtp")
          .put("message", "The mail server refused the login.")
          .put("nextStep", "Store another password.");
    }
    if (outcome.equals("WAITING")) {
      open.addObject()
          .put("task", TASK)
          .put("section", "technical-configuration")
          .put("party", "CUSTOMER")
          .put("step", "confirm-receipt")
          .put("instructions", "Look into the test mailbox.");
    }
    return answer;
  }

  private static JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
