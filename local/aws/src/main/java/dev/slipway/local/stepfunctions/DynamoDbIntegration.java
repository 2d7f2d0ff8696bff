package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import dev.slipway.local.dynamodb.DynamoDbAccess;
import dev.slipway.local.dynamodb.DynamoDbWire;
import dev.slipway.local.dynamodb.DynamoDbWireException;
import dev.slipway.local.schedule.Work;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** {@code dynamodb:getItem} and its like, and {@code aws-sdk:dynamodb:*}. */
final class DynamoDbIntegration implements Integration {
  private static final String OPTIMISED = "arn:aws:states:::dynamodb:";
  private static final String SDK = "arn:aws:states:::aws-sdk:dynamodb:";

  private final Supplier<DynamoDbWire> dynamoDb;
  private final DynamoDbAccess access;
  private final Executor threads;
  private final Work work;
  private final Runnable afterEach;

  /**
   * @param afterEach called after each call, which may have changed a table
   */
  DynamoDbIntegration(
      Supplier<DynamoDbWire> dynamoDb,
      DynamoDbAccess access,
      Executor threads,
      Work work,
      Runnable afterEach) {
    this.dynamoDb = dynamoDb;
    this.access = access;
    this.threads = threads;
    this.work = work;
    this.afterEach = afterEach;
  }

  @Override
  public boolean performs(String resource) {
    return (resource.startsWith(OPTIMISED) || resource.startsWith(SDK))
        && resource.indexOf('.') < 0;
  }

  @Override
  public List<Access> needs(TaskRequest request) {
    return access.of(operation(request.resource()), request.arguments());
  }

  @Override
  public String errorWhenDenied(TaskRequest request) {
    return request.resource().startsWith(OPTIMISED)
        ? "DynamoDB.AmazonDynamoDBException"
        : "DynamoDb.DynamoDbException";
  }

  @Override
  public String causeWhenDenied(TaskRequest request, String message) {
    return request.resource().startsWith(OPTIMISED)
        ? SdkMetadata.cause(message, "AmazonDynamoDBv2", "AccessDeniedException")
        : message;
  }

  private static String operation(String resource) {
    var action = resource.substring(resource.lastIndexOf(':') + 1);
    return action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1);
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    work.begin();
    threads.execute(
        () -> {
          try {
            call(request, completion);
          } finally {
            work.end();
          }
        });
    return RunningTask.notCancellable();
  }

  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    return start(request, completion);
  }

  private void call(TaskRequest request, TaskCompletion completion) {
    var resource = request.resource();
    boolean optimised = resource.startsWith(OPTIMISED);
    try {
      var answer = (ObjectNode) dynamoDb.get().dynamoDb(operation(resource), request.arguments());
      afterEach.run();
      completion.succeed(
          optimised ? SdkMetadata.add(answer, UUID.randomUUID().toString()) : answer);
    } catch (DynamoDbWireException e) {
      completion.fail(
          errorName(e.code(), optimised),
          SdkMetadata.cause(e.getMessage(), "AmazonDynamoDBv2", e.code()));
    } catch (RuntimeException e) {
      completion.fail((optimised ? "DynamoDB." : "DynamoDb.") + "SdkClientException", e.toString());
    }
  }

  /** An error that the service's model does not know by name has the name of them all. */
  private static String errorName(String code, boolean optimised) {
    boolean modelled = !code.equals("ValidationException");
    if (optimised) {
      return "DynamoDB." + (modelled ? code : "AmazonDynamoDBException");
    }
    return "DynamoDb." + (modelled ? code : "DynamoDbException");
  }
}
