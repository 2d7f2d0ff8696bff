package dev.slipway.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.schedule.LocalTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LambdaHostTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:f";

  private final AtomicInteger instances = new AtomicInteger();
  private final List<LogSink.Line> logs = new CopyOnWriteArrayList<>();
  private final LocalTime time = LocalTime.real();
  private volatile RequestStreamHandler handler;
  private final LambdaHost host =
      new LambdaHost(
          (spec, clock) -> {
            instances.incrementAndGet();
            return handler;
          },
          time,
          logs::add,
          function -> {});

  @AfterEach
  void close() {
    host.close();
    time.close();
  }

  private InvocationResult invoke(Duration timeout) {
    if (host.find("f").isEmpty()) {
      host.deploy(new FunctionSpec("f", ARN, "any.Class::handle", 512, timeout, Map.of()));
    }
    return host.invoke(ARN + ":$LATEST", JsonNodeFactory.instance.objectNode().put("a", 1)).join();
  }

  @Test
  void tellsTheFunctionWhatLambdaWould() {
    handler =
        (input, output, context) -> {
          context.getLogger().log("seen\n");
          var answer = new ObjectMapper().createObjectNode();
          answer.set("event", new ObjectMapper().readTree(input));
          answer.put("name", context.getFunctionName());
          answer.put("arn", context.getInvokedFunctionArn());
          answer.put("memory", context.getMemoryLimitInMB());
          answer.put("left", context.getRemainingTimeInMillis());
          new ObjectMapper().writeValue(output, answer);
        };
    var result = invoke(Duration.ofMinutes(2));
    assertEquals(1, result.payload().at("/event/a").asInt());
    assertEquals("f", result.payload().path("name").asText());
    assertEquals(ARN, result.payload().path("arn").asText());
    assertEquals(512, result.payload().path("memory").asInt());
    assertTrue(result.payload().path("left").asInt() > 1000);
    assertEquals("seen", logs.getFirst().text());
    assertEquals(result.requestId(), logs.getFirst().requestId());
    invoke(Duration.ofMinutes(2));
    assertEquals(1, instances.get());
  }

  @Test
  void endsAFunctionThatTakesTooLongAndStartsItAnew() {
    handler =
        (input, output, context) -> {
          try {
            Thread.sleep(Duration.ofMinutes(2));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    var result = invoke(Duration.ofMillis(1250));
    assertEquals("Sandbox.Timedout", result.errorType().orElseThrow());
    assertTrue(result.errorMessage().endsWith("Error: Task timed out after 1.25 seconds"));
    handler = (input, output, context) -> output.write("true".getBytes(StandardCharsets.UTF_8));
    assertTrue(invoke(Duration.ofMillis(1250)).payload().asBoolean());
    assertEquals(2, instances.get());
  }

  @Test
  void tellsAnErrorAsTheJavaRuntimeDoes() {
    handler =
        (input, output, context) -> {
          throw new IllegalStateException();
        };
    var result = invoke(Duration.ofMinutes(2));
    assertEquals("java.lang.IllegalStateException", result.errorType().orElseThrow());
    assertEquals("java.lang.IllegalStateException", result.errorMessage());
    assertTrue(result.payload().path("stackTrace").isArray());
  }

  @Test
  void knowsNoOtherFunctions() {
    var refused =
        assertThrows(
            CompletionException.class,
            () -> host.invoke("other", JsonNodeFactory.instance.objectNode()).join());
    assertEquals("ResourceNotFoundException", ((LambdaServiceException) refused.getCause()).code());
  }
}
