package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As much of Secrets Manager as keeping a credential takes, and a look inside. */
final class FakeSecrets implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Map<String, Version>> secrets = new LinkedHashMap<>();

  private final Map<String, Instant> deletions = new HashMap<>();
  private final Set<String> goingNow = new HashSet<>();
  private boolean restoring = true;
  private boolean reading;

  record Version(String value, Set<String> stages) {}

  FakeSecrets() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized Map<String, Version> versions(String name) {
    return secrets.getOrDefault(name, Map.of());
  }

  synchronized String current(String name) {
    return versions(name).entrySet().stream()
        .filter(version -> version.getValue().stages().contains("AWSCURRENT"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Schedules a secret for deletion, as {@code aws secretsmanager delete-secret} does. */
  synchronized void schedule(String name, Instant deletion) {
    deletions.put(name, deletion);
  }

  /** Removes a secret by force. */
  synchronized void remove(String name) {
    secrets.remove(name);
  }

  /** A removal by force that was answered and goes on: the name is not free yet. */
  synchronized void removing(String name) {
    secrets.remove(name);
    goingNow.add(name);
  }

  /** Such a removal is over. */
  synchronized void removed(String name) {
    goingNow.remove(name);
  }

  /** The role may not restore anything. */
  synchronized void refuseToRestore() {
    restoring = false;
  }

  /** The role may read, as a task's and a gate's may; the API's may not. */
  synchronized void permitReading() {
    reading = true;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    JsonNode request = Json.MAPPER.readTree(exchange.getRequestBody());
    ObjectNode answer = Json.MAPPER.createObjectNode();
    int status = act(target.substring(target.indexOf('.') + 1), request, answer);
    byte[] bytes = answer.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized int act(String action, JsonNode request, ObjectNode answer) {
    String name = request.path(request.has("Name") ? "Name" : "SecretId").asText();
    Map<String, Version> versions = secrets.get(name);
    boolean going = goingNow.contains(name) && action.equals("CreateSecret");
    boolean scheduled =
        deletions.containsKey(name) && !List.of("DescribeSecret", "RestoreSecret").contains(action);
    if (going || scheduled) {
      answer.put("__type", "InvalidRequestException").put("message", "scheduled for deletion");
      return 400;
    }
    if (action.equals("CreateSecret")) {
      versions = secrets.computeIfAbsent(name, key -> new LinkedHashMap<>());
      return put(versions, request, Set.of("AWSCURRENT"), answer);
    }
    if (versions == null) {
      answer.put("__type", "ResourceNotFoundException").put("message", "no such secret");
      return 400;
    }
    switch (action) {
      case "PutSecretValue" ->
          put(
              versions,
              request,
              Set.of(request.path("VersionStages").path(0).asText("AWSCURRENT")),
              answer);
      case "DeleteSecret" -> secrets.remove(name);
      case "RestoreSecret" -> {
        if (!restoring) {
          answer.put("__type", "AccessDeniedException").put("message", action);
          return 400;
        }
        deletions.remove(name);
      }
      case "DescribeSecret" -> {
        if (deletions.containsKey(name)) {
          answer.put("DeletedDate", deletions.get(name).getEpochSecond());
        }
        ObjectNode stages = answer.putObject("VersionIdsToStages");
        versions.forEach(
            (id, version) -> {
              if (!version.stages().isEmpty()) {
                var array = stages.putArray(id);
                version.stages().forEach(array::add);
              }
            });
      }
      case "UpdateSecretVersionStage" -> {
        if (!versions.containsKey(request.path("MoveToVersionId").asText())) {
          answer.put("__type", "ResourceNotFoundException").put("message", "no such version");
          return 400;
        }
        move(
            versions,
            request.path("VersionStage").asText(),
            request.path("MoveToVersionId").asText());
      }
      case "GetSecretValue" -> {
        if (!reading) {
          answer.put("__type", "AccessDeniedException").put("message", action);
          return 400;
        }
        String version = request.path("VersionId").asText(current(name));
        answer.put("SecretString", versions.get(version).value()).put("VersionId", version);
      }
      default -> {
        answer.put("__type", "AccessDeniedException").put("message", action);
        return 400;
      }
    }
    return 200;
  }

  private static int put(
      Map<String, Version> versions, JsonNode request, Set<String> stages, ObjectNode answer) {
    String id = request.path("ClientRequestToken").asText();
    versions.put(id, new Version(request.path("SecretString").asText(), new LinkedHashSet<>()));
    stages.forEach(stage -> move(versions, stage, id));
    answer.put("VersionId", id);
    return 200;
  }

  private static void move(Map<String, Version> versions, String stage, String to) {
    versions.values().forEach(version -> version.stages().remove(stage));
    versions.get(to).stages().add(stage);
  }
}
