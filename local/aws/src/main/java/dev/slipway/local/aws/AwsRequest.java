package dev.slipway.local.aws;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to one of AWS's services, however it came.
 *
 * @param path as it was signed
 * @param query as it was signed; null where there is none
 * @param headers the values of a header, whatever the case of its name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
record AwsRequest(
    String method, String path, String query, Function<String, List<String>> headers, byte[] body) {

  /** The first value of a header. */
  Optional<String> header(String name) {
    return headers.apply(name).stream().findFirst();
  }

  /** The target, such as {@code DynamoDB_20120810.GetItem}; empty in the Query protocol. */
  String target() {
    return header("X-Amz-Target").orElse("");
  }

  /** The target's part before its last dot; empty if there is none. */
  String service() {
    return target().substring(0, Math.max(target().lastIndexOf('.'), 0));
  }

  /** The target's part after its last dot. */
  String action() {
    return target().substring(target().lastIndexOf('.') + 1);
  }
}
