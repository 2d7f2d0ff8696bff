package dev.slipway.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsAnswer;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.PassThrough;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets requests through to DynamoDB Local, which knows no permissions: the bytes of request and
 * answer stay as they are.
 *
 * <p>DynamoDB Local answers a transaction when its commit is queued, not when it is done: a process
 * that is killed right then has promised what it forgets. Where tables are to outlive the process,
 * a transaction is therefore followed by a read, which waits in the same queue, before it is
 * answered.
 */
public final class DynamoDbPassThrough implements PassThrough {
  private static final String TRANSACTION = ".TransactWriteItems";
  private static final String READ = ".ListTables";
  private static final String READ_BODY = "{\"Limit\":1}";

  private final DynamoDbPort port;
  private final DynamoDbAccess access;
  private final boolean durable;

  /**
   * @param durable whether the tables are to outlive the process
   */
  public DynamoDbPassThrough(DynamoDbPort port, DynamoDbAccess access, boolean durable) {
    this.port = port;
    this.access = access;
    this.durable = durable;
  }

  @Override
  public String target() {
    return "DynamoDB_20120810";
  }

  @Override
  public String jsonVersion() {
    return "1.0";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    return access.of(action, request);
  }

  /** DynamoDB names errors that all of AWS's services share with their name space. */
  @Override
  public AwsException refusal(AwsException denied) {
    return new AwsException(
        "com.amazon.coral.service#" + denied.code(), denied.getMessage(), 400, Map.of());
  }

  @Override
  public AwsAnswer forward(String target, Optional<String> authorization, byte[] body) {
    var answer = port.send(target, authorization, body);
    if (durable && target.endsWith(TRANSACTION) && answer.status() == 200) {
      port.send(target.replace(TRANSACTION, READ), authorization, READ_BODY.getBytes(UTF_8));
    }
    return answer;
  }
}
