package dev.slipway.local.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.dynamodb.DynamoDbLocal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class RestartedStreamTest {
  private static final Path SAMPLE = Path.of("src/test/resources/sample");

  @TempDir Path folder;

  @Test
  void deliversWhatWasWrittenWhileNobodyRead() throws Exception {
    var options = RuntimeOptions.of(SAMPLE, "sample").withData(folder);
    String arn;
    try (var runtime = LocalRuntime.start(options);
        var client = LocalRuntimeTest.client(runtime)) {
      var child = runtime.template().stateMachine("Child").orElseThrow().arn();
      arn =
          client
              .startExecution(start -> start.stateMachineArn(child).input("{\"id\": \"one\"}"))
              .executionArn();
      LocalRuntimeTest.await(
          () ->
              client
                  .getExecutionHistory(get -> get.executionArn(arnOf(child, client)))
                  .events()
                  .stream()
                  .anyMatch(event -> event.typeAsString().equals("TaskSubmitted")));
    }
    try (var alone = DynamoDbLocal.inFolder(folder.resolve("dynamodb"))) {
      alone
          .wire()
          .dynamoDb(
              "UpdateItem",
              new ObjectMapper()
                  .readTree(
                      """
                      {"TableName": "sample-Questions", "Key": {"PK": {"S": "one"}},
                       "UpdateExpression": "SET answer = :a",
                       "ExpressionAttributeValues": {":a": {"S": "yes"}}}
                      """));
    }
    try (var runtime = LocalRuntime.start(RuntimeOptions.of(SAMPLE, "sample").withData(folder));
        var client = LocalRuntimeTest.client(runtime)) {
      var before = Instant.now();
      LocalRuntimeTest.await(
          () ->
              client.describeExecution(describe -> describe.executionArn(arn)).status()
                  == ExecutionStatus.SUCCEEDED);
      assertTrue(Duration.between(before, Instant.now()).toSeconds() < 20);
    }
  }

  private static String arnOf(
      String machine, software.amazon.awssdk.services.sfn.SfnClient client) {
    return client
        .listExecutions(list -> list.stateMachineArn(machine))
        .executions()
        .getFirst()
        .executionArn();
  }
}
