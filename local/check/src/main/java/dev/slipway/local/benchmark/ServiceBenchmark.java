package dev.slipway.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.asl.benchmark.Heap;
import dev.slipway.local.aws.Authorizer;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.stepfunctions.StepFunctionsService;
import dev.slipway.local.template.Stack;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures an execution that waits for a token in the Step Functions service, with history, timers
 * and the open token, but without other parts: no ledger, no database.
 */
public final class ServiceBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WAITING = 2_000;
  private static final Caller OPERATOR = new Caller("any", "operator");
  private static final String MACHINE =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Remember", "States": {
        "Remember": {"Type": "Pass", "Next": "Ask",
          "Assign": {"onboardingId": "{% $states.input.onboardingId %}", "run": 1}},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Arguments": {"FunctionName": "ask", "Payload": {
            "onboardingId": "{% $onboardingId %}", "run": "{% $run %}",
            "taskToken": "{% $states.context.Task.Token %}"}},
          "Retry": [{"ErrorEquals": ["Lambda.ServiceException"], "MaxAttempts": 5}],
          "TimeoutSeconds": 2592000, "End": true}}}
      """;

  private final AtomicInteger asked = new AtomicInteger();

  /** Bytes of heap for a waiting execution. */
  public long bytesPerWaiting() throws InterruptedException {
    LocalTime time = LocalTime.real();
    Stack stack = Stack.local("slipway", Map.of());
    LambdaHost functions =
        new LambdaHost(
            (function, clock) ->
                (input, output, context) -> {
                  asked.incrementAndGet();
                  JSON.writeValue(output, Map.of());
                },
            time,
            LogSink.none(),
            function -> {});
    functions.deploy(
        new FunctionSpec(
            "ask",
            stack.arn("lambda", "function:ask"),
            "any",
            128,
            Duration.ofSeconds(5),
            Map.of()));
    try (time;
        functions;
        StepFunctionsService service =
            new StepFunctionsService(
                stack,
                time,
                Optional.empty(),
                new StepFunctionsService.Surroundings(functions, Authorizer.none()))) {
      service.open();
      JsonNode created =
          service.perform(
              "CreateStateMachine",
              JSON.createObjectNode()
                  .put("name", "waiting")
                  .put("definition", MACHINE)
                  .put("roleArn", stack.arn("iam", "role/any")),
              OPERATOR);
      start(service, created, "warm-up", 100);
      long before = Heap.used();
      start(service, created, "measured", WAITING);
      return (Heap.used() - before) / WAITING;
    }
  }

  private void start(StepFunctionsService service, JsonNode machine, String prefix, int count)
      throws InterruptedException {
    int until = asked.get() + count;
    for (int i = 0; i < count; i++) {
      service.perform(
          "StartExecution",
          JSON.createObjectNode()
              .put("stateMachineArn", machine.path("stateMachineArn").asText())
              .put("name", prefix + "-" + i)
              .put("input", "{\"onboardingId\": \"example-hosting-" + i + "\"}"),
          OPERATOR);
    }
    while (asked.get() < until) {
      Thread.sleep(20);
    }
    // The last answers are on their way.
    Thread.sleep(500);
  }
}
