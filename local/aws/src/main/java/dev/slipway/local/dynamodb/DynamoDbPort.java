package dev.slipway.local.dynamodb;

import dev.slipway.local.aws.AwsAnswer;
import java.util.Optional;

/** Answers DynamoDB's JSON protocol. */
@FunctionalInterface
public interface DynamoDbPort {

  /**
   * Hands in a request and waits for its answer, whatever its status.
   *
   * @param target the whole of {@code X-Amz-Target}, for example {@code DynamoDB_20120810.GetItem}
   * @param authorization the header, signed by anybody
   * @param body JSON
   * @throws java.io.UncheckedIOException if there is no answer
   */
  AwsAnswer send(String target, Optional<String> authorization, byte[] body);
}
