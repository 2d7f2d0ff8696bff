package dev.slipway.local.aws;

import java.util.HashMap;
import java.util.Map;

/**
 * The answer of a service.
 *
 * @param headers those that the caller is to see
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
public record AwsAnswer(int status, Map<String, String> headers, byte[] body) {
  public AwsAnswer {
    headers = Map.copyOf(headers);
  }

  AwsAnswer with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new AwsAnswer(status, more, body);
  }
}
