package dev.slipway.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A service that answers elsewhere: requests are let through as they are, or refused. */
public interface PassThrough {

  /** The part before the dot in {@code X-Amz-Target}, for example {@code DynamoDB_20120810}. */
  String target();

  /** {@code 1.0} or {@code 1.1}. */
  String jsonVersion();

  /** The permissions that a request needs, checked before it is let through. */
  List<Access> needs(String action, JsonNode request);

  /** The refusal in the words of this service. */
  default AwsException refusal(AwsException denied) {
    return denied;
  }

  /**
   * Hands a request on and answers what comes back.
   *
   * @param target the whole of {@code X-Amz-Target}
   * @param authorization the header as it came
   */
  AwsAnswer forward(String target, Optional<String> authorization, byte[] body);
}
