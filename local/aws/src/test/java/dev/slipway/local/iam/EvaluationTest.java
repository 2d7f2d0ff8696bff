package dev.slipway.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.aws.Access;
import dev.slipway.local.dynamodb.DynamoDbAccess;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.template.PolicyStatement;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.TemplateException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class EvaluationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLE = Path.of("src/test/resources/sample");
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/T";

  @TempDir private Path folder;

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Role role(String... statements) {
    return new Role(
        "Owner",
        "arn:aws:sts::000000000000:assumed-role/r/s",
        Stream.of(statements)
            .map(text -> new PolicyStatement(json(text), Path.of("template.yaml"), 7, "Owner"))
            .toList());
  }

  private static boolean may(Role role, String action, String resource) {
    return role.refusal(new Access(action, resource)).isEmpty();
  }

  @Test
  void matchesWildcardsPartByPart() {
    var role =
        role(
            "{'Effect': 'Allow', 'Action': ['dynamodb:Get*', 'dynamodb:?uery'], 'Resource':"
                + " 'arn:aws:dynamodb:*:000000000000:table/T*'}");
    assertTrue(may(role, "dynamodb:GetItem", TABLE));
    assertTrue(may(role, "DynamoDB:getitem", TABLE));
    assertTrue(may(role, "dynamodb:Query", TABLE + "/index/i"));
    assertEquals(false, may(role, "dynamodb:PutItem", TABLE));
    assertEquals(false, may(role, "dynamodb:GetItem", TABLE.replace("table/T", "table/U")));
    assertEquals(false, may(role, "dynamodb:GetItem", "arn:aws:dynamodb:x:y:000000000000:table/T"));
  }

  @Test
  void letsADenialWinAndDeniesByDefault() {
    var role =
        role(
            "{'Effect': 'Allow', 'NotAction': 'dynamodb:Delete*', 'Resource': '*'}",
            "{'Effect': 'Deny', 'Action': '*', 'NotResource': '" + TABLE + "'}");
    assertTrue(may(role, "dynamodb:GetItem", TABLE));
    assertEquals(false, may(role, "dynamodb:DeleteItem", TABLE));
    assertTrue(
        role.refusal(new Access("dynamodb:GetItem", TABLE + "2"))
            .orElseThrow()
            .endsWith(" with an explicit deny in an identity-based policy"));
    assertEquals(false, may(role(), "dynamodb:GetItem", TABLE));
  }

  @Test
  void honoursConditions() {
    var role =
        role(
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': '*', 'Condition':"
                + " {'StringEquals': {'kms:MessageType': ['DIGEST']}}}");
    var digest = Map.of("kms:MessageType", "DIGEST");
    assertTrue(role.refusal(new Access("kms:Sign", TABLE, TABLE, digest)).isEmpty());
    assertEquals(false, may(role, "kms:Sign", TABLE));
  }

  @Test
  void refusesWhatItDoesNotUnderstandAndSaysWhere() {
    for (var statement :
        List.of(
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': '*', 'Principal': '*'}",
            "{'Effect': 'Allow', 'Action': 'kms:Sign'}",
            "{'Effect': 'Maybe', 'Action': 'kms:Sign', 'Resource': '*'}",
            "{'Effect': 'Allow', 'Action': 'sign', 'Resource': '*'}",
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': 'table/T'}",
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': 'arn:aws:kms:a:b:${aws:user}'}",
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': '*', 'Condition':"
                + " {'StringEquals': {'aws:SourceIp': '1'}}}",
            "{'Effect': 'Allow', 'Action': 'kms:Sign', 'Resource': '*', 'Condition': {'Bool':"
                + " {'kms:MessageType': 'true'}}}")) {
      var problem = assertThrows(TemplateException.class, () -> role(statement), statement);
      assertTrue(problem.getMessage().startsWith("template.yaml:7: Owner: "), statement);
    }
  }

  @Test
  void countsAGrantAsUsedOnce() {
    var statement = "{'Effect': 'Allow', 'Action': 'dynamodb:GetItem', 'Resource': '*'}";
    var role = role(statement, statement.replace("'*'", "'" + TABLE + "'"));
    assertTrue(may(role, "dynamodb:GetItem", TABLE));
    assertEquals(List.of(true, false), role.grants().stream().map(Grant::used).toList());
  }

  @Test
  void knowsWhatOperationsOfDynamoDbDo() {
    var access = new DynamoDbAccess(Stack.local("sample", Map.of()));
    assertEquals(
        List.of(
            new Access("dynamodb:PutItem", TABLE),
            new Access("dynamodb:ConditionCheckItem", TABLE),
            new Access("dynamodb:UpdateItem", TABLE),
            new Access("dynamodb:DeleteItem", TABLE)),
        access.of(
            "TransactWriteItems",
            json(
                "{'TransactItems': [{'Put': {'TableName': 'T'}}, {'ConditionCheck':"
                    + " {'TableName': 'T'}}, {'Put': {'TableName': 'T'}}, {'Update':"
                    + " {'TableName': 'T'}}, {'Delete': {'TableName': 'T'}}]}")));
    assertEquals(
        List.of(new Access("dynamodb:Query", TABLE + "/index/signals")),
        access.of("Query", json("{'TableName': 'T', 'IndexName': 'signals'}")));
    assertEquals(
        List.of(new Access("dynamodb:BatchWriteItem", TABLE)),
        access.of("BatchWriteItem", json("{'RequestItems': {'T': []}}")));
    assertEquals(
        List.of(new Access("dynamodb:GetItem", TABLE)),
        access.of("TransactGetItems", json("{'TransactItems': [{'Get': {'TableName': 'T'}}]}")));
  }

  private Path copy(String from, String to) throws Exception {
    Files.createDirectories(folder.resolve("statemachines"));
    for (var file : List.of("statemachines/child.asl.json", "statemachines/parent.asl.json")) {
      Files.copy(SAMPLE.resolve(file), folder.resolve(file));
    }
    var template = Files.readString(SAMPLE.resolve("template.yaml"));
    assertTrue(template.contains(from));
    Files.writeString(folder.resolve("template.yaml"), template.replace(from, to));
    return folder;
  }

  @Test
  void refusesToStartWithAPolicyItDoesNotKnow() throws Exception {
    var root = copy("- !Ref Answerer", "- S3CrudPolicy: { }");
    var problem =
        assertThrows(
            TemplateException.class, () -> LocalRuntime.start(RuntimeOptions.of(root, "sample")));
    assertEquals("Wake", problem.resource());
    assertTrue(problem.getMessage().contains("S3CrudPolicy"), problem.getMessage());
  }

  /** The same request succeeds with the grant: see the test of the runtime. */
  @Test
  void failsACallWhoseGrantIsMissing() throws Exception {
    var root = copy("Action: dynamodb:UpdateItem", "Action: dynamodb:GetItem");
    try (var runtime = LocalRuntime.start(RuntimeOptions.of(root, "sample"));
        var client = HttpClient.newHttpClient()) {
      var token = runtime.issuer().token("someone", Map.of("roles", List.of("manager")));
      var answer =
          client.send(
              HttpRequest.newBuilder(runtime.apiUri().resolve("/answers/first"))
                  .header("Authorization", "Bearer " + token)
                  .POST(BodyPublishers.ofString("yes"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(500, answer.statusCode());
      var refusal = runtime.permissions().refusals().getFirst();
      assertTrue(
          refusal.endsWith(
              " is not authorized to perform: dynamodb:UpdateItem on resource: "
                  + TABLE.replace("/T", "/sample-Questions")
                  + " because no identity-based policy allows the dynamodb:UpdateItem action"),
          refusal);
    }
  }

  /** Error and cause with which an execution of the sample fails. */
  private static List<String> failure(Path root, String machineId) throws Exception {
    try (var runtime = LocalRuntime.start(RuntimeOptions.of(root, "sample"))) {
      var key = runtime.operatorKey();
      var machine = runtime.template().stateMachine(machineId).orElseThrow().arn();
      try (var client =
          SfnClient.builder()
              .endpointOverride(runtime.awsUri())
              .region(Region.US_EAST_1)
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(key.id(), key.secret())))
              .build()) {
        var arn =
            client
                .startExecution(r -> r.stateMachineArn(machine).input("{\"id\": \"one\"}"))
                .executionArn();
        for (int i = 0; i < 2400; i++) {
          var execution = client.describeExecution(r -> r.executionArn(arn));
          if (execution.status() != ExecutionStatus.RUNNING) {
            return List.of(execution.error(), execution.cause());
          }
          Thread.sleep(50);
        }
        throw new AssertionError("the execution does not end");
      }
    }
  }

  @Test
  void failsAStateAsAwsDoesWhenItsRoleMayNotStartAnExecution() throws Exception {
    var granted = "Action: states:StartExecution\n              Resource: !Ref Child";
    var failure = failure(copy(granted, granted.replace("Start", "Stop")), "Parent");
    assertEquals("StepFunctions.AWSStepFunctionsException", failure.getFirst());
    assertTrue(
        failure
            .getLast()
            .matches(
                "User: arn:aws:sts::000000000000:assumed-role/sample-ParentRole/\\S+ is not"
                    + " authorized to perform: states:StartExecution on resource: \\S+ because no"
                    + " identity-based policy allows the states:StartExecution action \\(Service:"
                    + " AWSStepFunctions; Status Code: 400; Error Code: AccessDeniedException;"
                    + " Request ID: \\S+; Proxy: null\\)"),
        failure.getLast());
  }

  @Test
  void failsAStateAsAwsDoesWhenItsRoleMayNotInvokeAFunction() throws Exception {
    var failure = failure(copy("Resource: !GetAtt Ask.Arn", "Resource: !GetAtt Wake.Arn"), "Child");
    assertEquals("Lambda.AWSLambdaException", failure.getFirst());
    assertTrue(
        failure
            .getLast()
            .matches(
                "User: arn:aws:sts::000000000000:assumed-role/sample-ChildRole/\\S+ is not"
                    + " authorized to perform: lambda:InvokeFunction on resource:"
                    + " arn:aws:lambda:us-east-1:000000000000:function:sample-Ask because no"
                    + " identity-based policy allows the lambda:InvokeFunction action \\(Service:"
                    + " AWSLambda; Status Code: 403; Error Code: AccessDeniedException;"
                    + " Request ID: \\S+; Proxy: null\\)"),
        failure.getLast());
  }
}
