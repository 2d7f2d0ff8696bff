package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every line that functions log in a whole run says what it belongs to, and holds no secret. */
@ExtendWith(FinishedRun.Resolver.class)
@Order(3) // Takes long, so it begins early.
class LogLinesTest {
  private static final String PROFILE = "hosting-provider-troubles.json";

  @Test
  void sayWhatTheyBelongToAndHoldNoSecret(
      @FinishedRun.Of(value = PROFILE, signedOff = true) FinishedRun run) throws Exception {
    assertEquals(0, run.ended().exit(), run.ended().toString());
    Path root = ProjectRoot.find();
    Template template =
        Template.read(
            root.resolve("template.yaml"),
            Stack.local("slipway", Map.of("JwtIssuer", "https://issuer.test")));
    Set<String> functionsOfRoutes =
        template.routes().stream().map(RouteResource::functionId).collect(Collectors.toSet());
    String onboarding = run.report().path("onboarding").asText();
    Set<String> attempts = new HashSet<>();
    Set<String> answered = new HashSet<>();
    Set<String> tasks = new TreeSet<>();
    for (JsonNode line : lines(run)) {
      String function = line.path("function").asText().replaceFirst("^slipway-", "");
      assertTrue(template.function(function).isPresent(), line::toString);
      assertFalse(line.path("invocation").asText().isEmpty(), line::toString);
      if (line.has("_aws")) {
        assertFalse(line.has("onboarding"), line::toString);
      } else if (functionsOfRoutes.contains(function)) {
        has(line, "request", "route", "status", "caller");
        if (line.path("route").asText().contains("{onboarding}")) {
          assertEquals(onboarding, line.path("onboarding").asText(), line::toString);
        }
      } else {
        has(line, "onboarding", "run", "message");
        if (function.equals("Wake") && line.has("task")) {
          has(line, "attempt");
          answered.add(line.path("task").asText() + line.path("attempt").asText());
        } else if (!function.equals("Wake") && !function.endsWith("Run")) {
          has(line, "task", "attempt");
          tasks.add(function);
          attempts.add(line.path("task").asText() + line.path("attempt").asText());
        }
      }
    }
    assertTrue(tasks.size() > 10, tasks::toString);
    assertFalse(answered.isEmpty());
    answered.removeAll(attempts);
    assertEquals(Set.of(), answered, "Wake answers attempts that have a line of their own");
    for (String secret :
        secrets(
            new ProfileReader(new Checklists())
                .read(root.resolve("events/profiles").resolve(PROFILE))
                .credentials())) {
      for (JsonNode line : lines(run)) {
        assertFalse(line.toString().contains(secret), line::toString);
      }
    }
  }

  private static void has(JsonNode line, String... fields) {
    for (String field : fields) {
      assertFalse(line.path(field).asText().isEmpty(), () -> field + " in " + line);
    }
  }

  /** What a credential's fields hold, but for names of users, which are no secrets. */
  private static List<String> secrets(Map<String, JsonNode> credentials) {
    return credentials.values().stream()
        .flatMap(fields -> fields.properties().stream())
        .filter(field -> !Set.of("user", "identifier", "accessKey").contains(field.getKey()))
        .map(field -> field.getValue().asText())
        .filter(value -> value.length() > 5)
        .toList();
  }

  private static List<JsonNode> lines(FinishedRun run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(run.logs())) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(Json.MAPPER.readTree(line));
        }
      }
    }
    assertFalse(lines.isEmpty());
    return lines;
  }
}
