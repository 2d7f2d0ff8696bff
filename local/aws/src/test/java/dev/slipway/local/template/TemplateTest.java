package dev.slipway.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
  private static final Path SAMPLE = Path.of("src/test/resources/sample/template.yaml");

  @TempDir Path folder;

  @Test
  void readsFunctionsWithGlobalsAndReferencesResolved() {
    var template = Template.read(SAMPLE, Stack.local("sample", Map.of()));
    var start = template.function("Start").orElseThrow();
    assertEquals("arn:aws:lambda:us-east-1:000000000000:function:sample-Start", start.arn());
    assertEquals(Duration.ofSeconds(10), start.timeout());
    assertEquals(512, start.memorySize());
    assertEquals(
        Map.of(
            "SAMPLE_TABLE",
            "sample-Questions",
            "SAMPLE_STATE_MACHINE",
            "arn:aws:states:us-east-1:000000000000:stateMachine:sample-Parent"),
        start.environment());
    assertTrue(template.function("OnlyInProduction").isEmpty());
    assertEquals("is-test", template.outputs().get("TableName"));
  }

  @Test
  void appliesOverridesOfParameters() {
    var template = Template.read(SAMPLE, Stack.local("sample", Map.of("Stage", "production")));
    assertTrue(template.function("OnlyInProduction").isPresent());
    assertEquals("sample-Questions", template.outputs().get("TableName"));
    assertThrows(
        TemplateException.class,
        () -> Template.read(SAMPLE, Stack.local("sample", Map.of("Stage", "elsewhere"))));
    assertThrows(
        TemplateException.class,
        () -> Template.read(SAMPLE, Stack.local("sample", Map.of("No", "such"))));
  }

  @Test
  void readsWhatInvokesFunctions() {
    var template =
        Template.read(SAMPLE, Stack.local("sample", Map.of("Issuer", "https://other.example")));
    assertEquals(
        List.of("POST /answers/{id}", "POST /runs", "GET /health"),
        template.routes().stream().map(RouteResource::routeKey).toList());
    assertEquals(
        "https://other.example", template.routes().getFirst().authorizer().orElseThrow().issuer());
    assertTrue(template.routes().getLast().authorizer().isEmpty());
    var stream = template.streams().getFirst();
    assertEquals("sample-Questions", stream.tableName());
    assertEquals(2, stream.maximumRetries().orElseThrow());
    assertTrue(stream.bisect() && stream.reportsItemFailures());
    assertEquals(
        "[\"INSERT\",\"MODIFY\"]", stream.patterns().getFirst().path("eventName").toString());
    assertEquals("rate(5 minutes)", template.schedules().getFirst().expression());
    assertTrue(
        template.stateMachine("Child").orElseThrow().definition().contains("function:sample-Ask"));
  }

  @Test
  void saysWhereAMistakeIs() throws IOException {
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.B
              Environment:
                Variables:
                  TABLE: !Ref Nowhere
        """,
        "template.yaml:8: One: refers to 'Nowhere', which is not in the template");
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              Timeout: 1000
              Handler: a.B
        """,
        "template.yaml:5: One: 'Timeout' must be from 1 to 900 seconds");
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              MemorySize: 128
        """,
        "template.yaml:4: One: 'Handler' is missing");
    assertProblem(
        """
        Resources:
          One: {Type: AWS::Logs::LogGroup}
          One: {Type: AWS::Logs::LogGroup}
        """,
        "template.yaml:3: key 'One' stands twice");
    Files.writeString(folder.resolve("m.asl.json"), "{\n \"a\": \"${Missing}\"\n}");
    assertProblem(
        """
        Resources:
          Machine:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: m.asl.json
              DefinitionSubstitutions: {}
        """,
        "template.yaml:6: Machine: no substitution for '${Missing}' (m.asl.json:2)");
  }

  /** What runs on AWS and not here is refused before anything starts. */
  @Test
  void refusesByNameWhatDoesNotRunLocally() throws IOException {
    assertProblem(
        """
        Resources:
          One: {Type: AWS::Events::Rule}
        """,
        "template.yaml:2: One: resources of type 'AWS::Events::Rule' do not run locally; use"
            + " AWS::Serverless::Function with events of type HttpApi, DynamoDB or Schedule, or"
            + " AWS::Serverless::StateMachine");
    assertEvent(
        "{Type: EventBridgeRule}",
        "events of type 'EventBridgeRule' do not run locally; HttpApi, DynamoDB and Schedule do");
    assertEvent(
        "{Type: Schedule, Properties: {Schedule: cron(0 8 ? * MON-FRI *)}}",
        "the schedule 'cron(0 8 ? * MON-FRI *)' does not run locally; rate(n minutes), of hours and"
            + " of days do");
    assertEvent(
        "{Type: Schedule, Properties: {Schedule: rate(1 day), Input: '{}'}}",
        "'Input' of a schedule does not run locally");
    assertEvent(
        "{Type: DynamoDB, Properties: {Stream: 'arn:aws:dynamodb:a:1:table/T/stream/x',"
            + " FilterCriteria: {Filters: [{Pattern: '{\"a\": {\"b\": [{\"prefix\": \"c\"}]}}'}]}}}",
        "the operator 'prefix' does not run locally; list values or use 'exists'");
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.B
              Policies: [{DynamoDBCrudPolicy: {TableName: T}}]
        """,
        "template.yaml:6: One: a policy that is not known here:"
            + " {\"DynamoDBCrudPolicy\":{\"TableName\":\"T\"}}; write its statements out");
    assertProblem(
        """
        Parameters:
          Zones: {Type: CommaDelimitedList, Default: a}
        Resources:
          One: {Type: AWS::Logs::LogGroup}
        """,
        "template.yaml:2: parameter 'Zones' is of type 'CommaDelimitedList', which does not run"
            + " locally; String and Number do");
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              Handler: !Select [0, [a.B]]
        """,
        "template.yaml:5: One: Fn::Select does not run locally; Ref, Fn::GetAtt, Fn::Sub, Fn::If,"
            + " Fn::Join, Fn::Equals and Fn::Not do");
  }

  private void assertEvent(String event, String message) throws IOException {
    assertProblem(
        """
        Resources:
          One:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.B
              Events:
                Event: %s
        """
            .formatted(event),
        "template.yaml:7: One: " + message);
  }

  private void assertProblem(String text, String message) throws IOException {
    var file = folder.resolve("template.yaml");
    Files.writeString(file, text);
    var problem =
        assertThrows(
            TemplateException.class, () -> Template.read(file, Stack.local("sample", Map.of())));
    assertEquals(message, problem.getMessage());
  }
}
