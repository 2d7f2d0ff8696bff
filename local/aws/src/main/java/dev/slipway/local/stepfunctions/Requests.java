package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.aws.AwsException;
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
    if (!request.hasNonNull(member)) {
      return Optional.empty();
    }
    if (!request.get(member).isValueNode()) {
      throw new AwsException("SerializationException", "'%s' must be a text".formatted(member));
    }
    return Optional.of(request.get(member).asText());
  }

  /** The name of a state machine or execution, checked. */
  static String name(String name) {
    if (name.length() > 80) {
      throw constraint(name, "name", "Member must have length less than or equal to 80");
    }
    if (name.isEmpty() || FORBIDDEN.matcher(name).find()) {
      throw new AwsException("InvalidName", "Invalid Name: '%s'".formatted(name));
    }
    return name;
  }

  /**
   * A member that says which of some things are meant.
   *
   * @throws AwsException if it is none of the permitted values
   */
  static Optional<String> choice(JsonNode request, String member, List<String> permitted) {
    var value = optional(request, member);
    if (value.isPresent() && !permitted.contains(value.get())) {
      throw constraint(value.get(), member, "Member must satisfy enum value set: " + permitted);
    }
    return value;
  }

  /** A text of a length that the API reference bounds. */
  static Optional<String> atMost(JsonNode request, String member, int longest) {
    var text = optional(request, member);
    if (text.isPresent() && text.get().length() > longest) {
      throw constraint(
          text.get().substring(0, longest) + "…",
          member,
          "Member must have length less than or equal to " + longest);
    }
    return text;
  }

  static AwsException constraint(String value, String member, String constraint) {
    return Failures.validation(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(value, member, constraint));
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
      int most = most(request.path("maxResults"));
      int size = most == 0 ? 100 : most;
      int from = 0;
      var token = optional(request, "nextToken");
      if (token.isPresent()) {
        var after = decoded(token.get());
        while (from < all.size() && !key.apply(all.get(from), from).equals(after)) {
          from++;
        }
        if (from == all.size()) {
          throw noToken();
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

    private static int most(JsonNode wanted) {
      if (wanted.isMissingNode() || wanted.isNull()) {
        return 0;
      }
      if (!wanted.isInt()) {
        throw new AwsException("SerializationException", "'maxResults' must be a whole number");
      }
      int most = wanted.asInt();
      if (most < 0) {
        throw constraint(
            wanted.asText(), "maxResults", "Member must have value greater than or equal to 0");
      }
      if (most > 1000) {
        throw constraint(
            wanted.asText(), "maxResults", "Member must have value less than or equal to 1000");
      }
      return most;
    }

    private static AwsException noToken() {
      return new AwsException("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    private static String encoded(String key) {
      return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
      try {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw noToken();
      }
    }
  }
}
