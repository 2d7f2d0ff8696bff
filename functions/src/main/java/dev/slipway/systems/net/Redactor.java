package dev.slipway.systems.net;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the secrets in use out of a text before it is stored, shown or thrown. It knows each secret
 * as it is, URL-encoded and in Base64.
 */
public final class Redactor {

  /** What stands in place of a secret. */
  public static final String MASK = "[redacted]";

  /** Shorter values would blank out ordinary words. */
  private static final int SHORTEST = 4;

  private static final int LONGEST_ANSWER = 300;
  private static final int MOST_BYTES = 2048 - "…".getBytes(StandardCharsets.UTF_8).length;

  private final List<String> secrets;

  private Redactor(Collection<String> secrets) {
    this.secrets =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Knows no secret. */
  public static Redactor none() {
    return new Redactor(Set.of());
  }

  /** Knows these secrets; null and empty ones are ignored. */
  public static Redactor of(String... secrets) {
    return none().and(secrets);
  }

  /** Knows every text inside a secret's JSON. */
  public static Redactor ofSecret(JsonNode secret) {
    Set<String> values = new LinkedHashSet<>();
    collect(secret, values);
    return of(values.toArray(String[]::new));
  }

  /** Knows these secrets as well. */
  public Redactor and(String... more) {
    Set<String> all = new LinkedHashSet<>(secrets);
    for (String secret : more) {
      if (secret == null || secret.length() < SHORTEST) {
        continue;
      }
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      all.add(secret);
      all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
      all.add(Base64.getEncoder().encodeToString(bytes));
      all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return new Redactor(all);
  }

  /**
   * The text without any secret, and with 2 KB in UTF-8 at most: whatever a third party says is
   * stored, mailed and read by people.
   */
  public String redact(String text) {
    String clean = text == null ? "" : text;
    for (String secret : secrets) {
      clean = clean.replace(secret, MASK);
    }
    return cut(clean);
  }

  private static String cut(String text) {
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > MOST_BYTES) {
        return text.substring(0, at) + "…";
      }
      at += Character.charCount(character);
    }
    return text;
  }

  /** An answer for the record: redacted, on one line, at most 300 characters. */
  public String answer(String text) {
    String line = redact(text).replaceAll("\\p{Cntrl}+|\\s+", " ").strip();
    return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + "…";
  }

  private static void collect(JsonNode node, Set<String> values) {
    if (node == null) {
      return;
    }
    if (node.isValueNode()) {
      values.add(node.asText());
    } else {
      node.forEach(child -> collect(child, values));
    }
  }

  @Override
  public String toString() {
    return "Redactor[" + secrets.size() + " forms]";
  }
}
