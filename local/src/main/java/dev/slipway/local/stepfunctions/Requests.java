package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the members of requests and writes those of answers. */
final class Requests {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]");

  private Requests() {}

  static String required(JsonNode request, String member) {
    return optional(request, member)
        .orElseThrow(
            () ->
                Failures.validation(
                    "1 validation error detected: Value null at '%s' failed to satisfy constraint:"
                            .formatted(member)
                        + " Member must not be null"));
  }

  static Optional<String> optional(JsonNode request, String member) {
    return request.hasNonNull(member)
        ? Optional.of(request.get(member).asText())
        : Optional.empty();
  }

  /** The name of a state machine or execution, checked. */
  static String name(String name) {
    if (name.isEmpty() || name.length() > 80 || FORBIDDEN.matcher(name).find()) {
      throw new dev.slipway.local.aws.AwsException(
          "InvalidName", "Invalid Name: '%s'".formatted(name));
    }
    return name;
  }

  /** JSON text; empty if it is none. */
  static Optional<JsonNode> json(String text) {
    try {
      var node = JSON.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Seconds since the epoch, with milliseconds. */
  static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  /** One page of a list. */
  record Page<T>(List<T> items, Optional<String> nextToken) {
    /**
     * The page that the request asks for.
     *
     * @param key identifies an item; the next page begins after the one that the token names
     */
    static <T> Page<T> of(List<T> all, JsonNode request, BiFunction<T, Integer, String> key) {
      int most = request.path("maxResults").asInt(0);
      int size = most <= 0 ? 100 : Math.min(most, 1000);
      int from = 0;
      var token = optional(request, "nextToken");
      if (token.isPresent()) {
        var after = decoded(token.get());
        while (from < all.size() && !key.apply(all.get(from), from).equals(after)) {
          from++;
        }
        from++;
      }
      int to = Math.min(all.size(), from + size);
      if (from >= all.size()) {
        return new Page<>(List.of(), Optional.empty());
      }
      return new Page<>(
          all.subList(from, to),
          to < all.size()
              ? Optional.of(encoded(key.apply(all.get(to - 1), to - 1)))
              : Optional.empty());
    }

    private static String encoded(String key) {
      return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
      try {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new dev.slipway.local.aws.AwsException(
            "InvalidToken", "Invalid Token: 'Invalid token'");
      }
    }
  }
}
