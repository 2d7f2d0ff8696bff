package dev.slipway.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.local.aws.AwsAnswer;
import dev.slipway.local.template.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DynamoDbPassThroughTest {
  private final List<String> asked = new ArrayList<>();
  private int status = 200;

  @Test
  void aTransactionIsAnsweredAfterAReadThatWaitsForItsCommit() {
    var answer = forward(true, "DynamoDB_20120810.TransactWriteItems");

    assertEquals(
        List.of("DynamoDB_20120810.TransactWriteItems", "DynamoDB_20120810.ListTables"), asked);
    assertEquals("DynamoDB_20120810.TransactWriteItems", new String(answer.body(), UTF_8));
  }

  @Test
  void nothingIsAddedElsewhere() {
    forward(false, "DynamoDB_20120810.TransactWriteItems");
    forward(true, "DynamoDB_20120810.GetItem");
    status = 400;
    forward(true, "DynamoDB_20120810.TransactWriteItems");

    assertEquals(3, asked.size(), asked::toString);
  }

  private AwsAnswer forward(boolean durable, String target) {
    DynamoDbPort port =
        (asking, authorization, body) -> {
          asked.add(asking);
          return new AwsAnswer(status, Map.of(), asking.getBytes(UTF_8));
        };
    var through =
        new DynamoDbPassThrough(port, new DynamoDbAccess(Stack.local("sample", Map.of())), durable);
    return through.forward(target, Optional.empty(), "{}".getBytes(UTF_8));
  }
}
