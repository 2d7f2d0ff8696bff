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
record AwsRequest(
    String method, String path, String query, Function<String, List<String>> headers, byte[] body) {

  /** The first value of a header. */
  Optional<String> header(String name) {
    return headers.apply(name).stream().findFirst();
  }
}
