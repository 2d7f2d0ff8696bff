package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares JSON with what is expected, in which {@code <any>} matches any value, and inside of a
 * longer string any run of characters. Numbers are compared by value; strings that hold a JSON
 * object or array on both sides, as JSON.
 */
final class Comparison {
  private static final String ANY = "<any>";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_SHOWN = 200;

  private Comparison() {}

  static boolean matches(JsonNode expected, JsonNode actual) {
    return difference("", expected, actual).isEmpty();
  }

  /**
   * The first difference, if there is one.
   *
   * @param path where the values stand, for the message
   */
  static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
    if (expected.isTextual() && expected.textValue().equals(ANY)) {
      return Optional.empty();
    }
    if (expected.isObject() && actual.isObject()) {
      return inObjects(path, expected, actual);
    }
    if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        Optional<String> difference =
            difference(path + "[" + i + "]", expected.get(i), actual.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return scalarsMatch(expected, actual)
        ? Optional.empty()
        : Optional.of(path + " expected " + shown(expected) + " but was " + shown(actual));
  }

  private static Optional<String> inObjects(String path, JsonNode expected, JsonNode actual) {
    TreeSet<String> names = new TreeSet<>();
    expected.fieldNames().forEachRemaining(names::add);
    actual.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String inside = path.isEmpty() ? name : path + "." + name;
      if (!expected.has(name) || !actual.has(name)) {
        JsonNode there = expected.has(name) ? expected.get(name) : actual.get(name);
        return Optional.of(
            inside + (expected.has(name) ? " missing: " : " not expected: ") + shown(there));
      }
      Optional<String> difference = difference(inside, expected.get(name), actual.get(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static boolean scalarsMatch(JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (expected.isTextual() && actual.isTextual()) {
      return textMatches(expected.textValue(), actual.textValue());
    }
    return expected.equals(actual);
  }

  private static boolean textMatches(String expected, String actual) {
    if (expected.equals(actual)) {
      return true;
    }
    if (expected.contains(ANY)) {
      String pattern =
          Arrays.stream(expected.split(Pattern.quote(ANY), -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches();
    }
    Optional<JsonNode> one = container(expected);
    Optional<JsonNode> other = container(actual);
    return one.isPresent() && other.isPresent() && matches(one.get(), other.get());
  }

  private static Optional<JsonNode> container(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
