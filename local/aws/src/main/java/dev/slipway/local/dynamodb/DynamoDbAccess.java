package dev.slipway.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.template.Stack;
import java.util.ArrayList;
import java.util.List;

/** The permissions that DynamoDB's operations need: IAM's actions and resources. */
public final class DynamoDbAccess {
  private final Stack stack;

  public DynamoDbAccess(Stack stack) {
    this.stack = stack;
  }

  /** The accesses of one request; the same one once, however many items it concerns. */
  public List<Access> of(String operation, JsonNode request) {
    return switch (operation) {
      case "TransactWriteItems" -> transacted(request);
      case "TransactGetItems" ->
          request
              .path("TransactItems")
              .valueStream()
              .map(item -> new Access("dynamodb:GetItem", table(item.path("Get"))))
              .distinct()
              .toList();
      case "BatchGetItem", "BatchWriteItem" ->
          request
              .path("RequestItems")
              .propertyStream()
              .map(table -> new Access("dynamodb:" + operation, arn(table.getKey())))
              .toList();
      // PartiQL: the needs of a statement would have to be read from its text.
      case "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement" ->
          Access.all(
              arn("*"),
              "dynamodb:PartiQLSelect",
              "dynamodb:PartiQLInsert",
              "dynamodb:PartiQLUpdate",
              "dynamodb:PartiQLDelete");
      case "Query", "Scan" ->
          List.of(
              new Access(
                  "dynamodb:" + operation,
                  request.hasNonNull("IndexName")
                      ? table(request) + "/index/" + request.get("IndexName").asText()
                      : table(request)));
      default -> List.of(new Access("dynamodb:" + operation, table(request)));
    };
  }

  private List<Access> transacted(JsonNode request) {
    var accesses = new ArrayList<Access>();
    for (var item : request.path("TransactItems")) {
      for (var part : item.properties()) {
        var action =
            switch (part.getKey()) {
              case "ConditionCheck" -> "dynamodb:ConditionCheckItem";
              default -> "dynamodb:" + part.getKey() + "Item";
            };
        accesses.add(new Access(action, table(part.getValue())));
      }
    }
    return accesses.stream().distinct().toList();
  }

  private String table(JsonNode request) {
    return request.hasNonNull("TableName") ? arn(request.get("TableName").asText()) : arn("*");
  }

  private String arn(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : stack.arn("dynamodb", "table/" + nameOrArn);
  }
}
