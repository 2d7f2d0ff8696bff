package dev.slipway.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The context object that Lambda hands to a function. */
final class InvocationContext implements Context {
  private final FunctionSpec function;
  private final String requestId;
  private final long deadlineNanos;
  private final Clock clock;
  private final LogSink logs;

  InvocationContext(FunctionSpec function, String requestId, Clock clock, LogSink logs) {
    this.function = function;
    this.requestId = requestId;
    this.deadlineNanos = System.nanoTime() + function.timeout().toNanos();
    this.clock = clock;
    this.logs = logs;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return function.arn();
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = deadlineNanos - System.nanoTime();
    return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(left));
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memorySize();
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        logs.log(
            new LogSink.Line(clock.instant(), function.name(), requestId, message.stripTrailing()));
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
