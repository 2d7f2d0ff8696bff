package dev.slipway.systems.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of {@code tag=value} between semicolons (RFC 6376, section 3.2), which DKIM and DMARC
 * share. White space around tag, equals sign and value means nothing; names and values keep their
 * case.
 *
 * @param tags in their order
 * @param faults the parts that are none, in words
 */
record TagList(Map<String, String> tags, List<String> faults) {

  static TagList parse(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    String[] parts = text.split(";", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = trimmed(parts[i]);
      int equals = part.indexOf('=');
      String name = trimmed(part.substring(0, Math.max(equals, 0)));
      if (part.isEmpty()) {
        if (i < parts.length - 1) {
          faults.add("there is nothing before the semicolon number " + (i + 1));
        }
      } else if (!isName(name)) {
        faults.add("\"" + part + "\" is not of the form tag=value");
      } else if (tags.putIfAbsent(name, trimmed(part.substring(equals + 1))) != null) {
        faults.add("the tag " + name + "= stands there twice");
      }
    }
    return new TagList(tags, List.copyOf(faults));
  }

  Optional<String> value(String tag) {
    return Optional.ofNullable(tags.get(tag));
  }

  /** Whether the list begins with this tag. */
  boolean beginsWith(String tag) {
    return tags.keySet().stream().findFirst().equals(Optional.of(tag));
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '_');
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Without the white space of RFC 5322 around it. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhite(text.charAt(start))) {
      start++;
    }
    while (end > start && isWhite(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isWhite(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
