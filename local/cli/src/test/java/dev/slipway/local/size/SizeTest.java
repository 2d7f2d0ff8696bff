package dev.slipway.local.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.scaffold.RuntimeClients;
import dev.slipway.local.scaffold.ScaffoldedProject;
import dev.slipway.local.schedule.LocalTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/**
 * An onboarding of 548 instances goes to its end and is signed off, within what AWS allows: events
 * of an execution's history, bytes of an item. (DynamoDB Local itself refuses a transaction of more
 * than 100 items.) {@code mvn verify -Psize} runs it and prints how long each part took.
 */
@EnabledIfSystemProperty(
    named = "size",
    matches = "true",
    disabledReason = "takes a minute or two: mvn verify -Psize runs it")
final class SizeTest {
  private static final int MOST_EVENTS = 15_000;
  private static final int MOST_BYTES = 100_000;

  private static final String METHODS =
      """
        @Override
        protected void perform(Work work) {
          work.step("do").machine(() -> new dev.slipway.task.Finding("do", "outside", "it is done"));
        }

        @Override
        protected void verify(Work work) {
          work.proof(null, () -> new dev.slipway.task.Finding("look", "outside", "it is there"));
        }
      """;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void goesToItsEndAndIsSignedOff() throws Exception {
    ScaffoldedProject project = ScaffoldedProject.into(folder, SizeChecklist.source());
    try (LocalRuntime runtime =
        LocalRuntime.start(project.options(LocalTime.real(), SizeTest::methods))) {
      People people = new People(runtime.apiUri(), runtime.issuer());
      String id =
          people
              .as(Role.MANAGER, "")
              .create(SizeChecklist.NAME, "Largest", "key-of-the-largest")
              .at("/onboarding/id")
              .asText();
      SlipwayApi manager = people.as(Role.MANAGER, id);
      SizeChecklist.values()
          .forEach(
              (element, value) ->
                  manager.saveElement(id, element, Json.tree(value), OptionalLong.empty()));

      Instant begin = Instant.now();
      JsonNode plan = manager.plan(id);
      assertEquals(SizeChecklist.INSTANCES, plan.path("entries").size());
      manager.start(id, plan.path("hash").asText());
      awaitAllFinal(manager, id, 0);
      told("gone to its end", begin);

      begin = Instant.now();
      manager.saveElement(
          id, "settings", Json.MAPPER.readTree("{\"version\": 2}"), OptionalLong.of(1));
      awaitAllFinal(manager, id, 1);
      told("every instance performed again after one element changed", begin);

      List<String> large = new ArrayList<>();
      histories(runtime, large);
      items(runtime, large);
      assertEquals(List.of(), large);

      begin = Instant.now();
      manager.signOff(id, "all is done");
      told("signed off", begin);
      begin = Instant.now();
      JsonNode report = Json.MAPPER.readTree(manager.report(id));
      told("reported", begin);
      assertEquals(SizeChecklist.INSTANCES, report.path("tasks").size());
    }
  }

  private static String methods(Task task) {
    return METHODS;
  }

  private static void told(String what, Instant since) {
    System.out.printf(
        "size: %s: %.1f s%n", what, Duration.between(since, Instant.now()).toMillis() / 1000.0);
  }

  /**
   * Waits until every instance was performed more often than so.
   *
   * @param performed how often each was performed before
   */
  private static void awaitAllFinal(SlipwayApi manager, String id, int performed)
      throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    String found = "";
    while (Instant.now().isBefore(end)) {
      Thread.sleep(500);
      JsonNode now = manager.onboarding(id);
      List<JsonNode> tasks =
          StreamSupport.stream(now.path("sections").spliterator(), false)
              .flatMap(section -> StreamSupport.stream(section.path("tasks").spliterator(), false))
              .toList();
      long done =
          tasks.stream()
              .filter(
                  task ->
                      task.path("outcome").asText().equals("DONE")
                          && !task.path("askedAgain").asBoolean()
                          && task.path("attempts").asInt() > performed)
              .count();
      found = done + " of " + tasks.size() + ", " + now.at("/onboarding/state").asText();
      if (found.equals(
          SizeChecklist.INSTANCES + " of " + SizeChecklist.INSTANCES + ", COMPLETED")) {
        return;
      }
    }
    throw new AssertionError("not final after ten minutes: " + found);
  }

  private static void histories(LocalRuntime runtime, List<String> large) {
    try (SfnClient client = new RuntimeClients(runtime).stepFunctions()) {
      int most = 0;
      for (StateMachineListItem machine : client.listStateMachines().stateMachines()) {
        for (ExecutionListItem execution :
            client.listExecutions(r -> r.stateMachineArn(machine.stateMachineArn())).executions()) {
          int events =
              client
                  .getExecutionHistoryPaginator(r -> r.executionArn(execution.executionArn()))
                  .events()
                  .stream()
                  .mapToInt(event -> 1)
                  .sum();
          most = Math.max(most, events);
          if (events > MOST_EVENTS) {
            large.add(execution.name() + ": " + events + " events");
          }
        }
      }
      System.out.println("size: the longest history has " + most + " events");
      assertTrue(most > 0);
    }
  }

  private static void items(LocalRuntime runtime, List<String> large) {
    try (DynamoDbClient client = new RuntimeClients(runtime).dynamoDb()) {
      String table = runtime.template().tables().getFirst().name();
      int most = 0;
      String largest = "";
      for (var item : client.scanPaginator(r -> r.tableName(table)).items()) {
        int bytes = bytes(item);
        largest = bytes > most ? item.get("SK").s().replaceFirst("#.*", "") : largest;
        most = Math.max(most, bytes);
        if (bytes > MOST_BYTES) {
          large.add(item.get("SK").s() + ": " + bytes + " bytes");
        }
      }
      System.out.println("size: the largest item, of " + largest + ", has some " + most + " bytes");
      assertTrue(most > 0);
    }
  }

  /** As DynamoDB counts an item: names and values, and some bytes for each map and list. */
  private static int bytes(Map<String, AttributeValue> map) {
    return map.entrySet().stream()
        .mapToInt(each -> utf8(each.getKey()) + bytes(each.getValue()) + 1)
        .sum();
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> value.n().length() / 2 + 1;
      case M -> 3 + bytes(value.m());
      case L -> 3 + value.l().stream().mapToInt(each -> bytes(each) + 1).sum();
      case B -> value.b().asByteArray().length;
      default -> 1;
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
