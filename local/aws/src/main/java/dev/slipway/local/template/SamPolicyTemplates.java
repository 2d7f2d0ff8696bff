package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** SAM's policy templates, as far as they are in use. */
final class SamPolicyTemplates {
  private final Stack stack;

  SamPolicyTemplates(Stack stack) {
    this.stack = stack;
  }

  /** The statements of a template; empty for one that is not known here. */
  Optional<List<ObjectNode>> expand(String name, JsonNode arguments) {
    return switch (name) {
      case "DynamoDBCrudPolicy" -> {
        var table = stack.arn("dynamodb", "table/" + arguments.path("TableName").asText().strip());
        yield Optional.of(
            List.of(
                allow(
                    List.of(
                        "dynamodb:GetItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:PutItem",
                        "dynamodb:Scan",
                        "dynamodb:Query",
                        "dynamodb:UpdateItem",
                        "dynamodb:BatchWriteItem",
                        "dynamodb:BatchGetItem",
                        "dynamodb:DescribeTable",
                        "dynamodb:ConditionCheckItem"),
                    List.of(table, table + "/index/*"))));
      }
      case "LambdaInvokePolicy" ->
          Optional.of(
              List.of(
                  allow(
                      List.of("lambda:InvokeFunction"),
                      List.of(
                          stack.arn(
                              "lambda",
                              "function:" + arguments.path("FunctionName").asText() + "*")))));
      default -> Optional.empty();
    };
  }

  private static ObjectNode allow(List<String> actions, List<String> resources) {
    var statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
    actions.forEach(statement.putArray("Action")::add);
    resources.forEach(statement.putArray("Resource")::add);
    return statement;
  }
}
