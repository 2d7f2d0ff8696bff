package dev.slipway.systems.net;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the secrets in use out of a text before it is stored, shown or thrown: as they are; under
 * the escapes of JSON, HTML and URLs, also one inside of another ({@link Unescaped}); in Base64,
 * alone, as {@code user:password} and inside of more; in hexadecimal; and misread from UTF-8.
 */
public final class Redactor {

  /** The text in place of a secret. */
  public static final String MASK = "[redacted]";

  /** Shorter values would blank out ordinary words. */
  private static final int SHORTEST = 4;

  /** Shorter ones are looked for inside of longer Base64 in vain: chance finds them anywhere. */
  private static final int SHORTEST_INSIDE = 6;

  /** A text that was escaped more often is not taken for one. */
  private static final int ROUNDS = 4;

  private static final int LONGEST_ANSWER = 300;
  private static final int MOST_BYTES = 2048 - "…".getBytes(StandardCharsets.UTF_8).length;

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final Set<String> secrets;
  private final List<String> forms;

  private Redactor(Collection<String> secrets) {
    this.secrets = new LinkedHashSet<>(secrets);
    Set<String> all = new LinkedHashSet<>();
    for (String secret : this.secrets) {
      add(all, secret);
      for (String other : this.secrets) {
        base64(all, (secret + ":" + other).getBytes(StandardCharsets.UTF_8));
      }
    }
    this.forms =
        all.stream()
            .filter(form -> form.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
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
      if (secret != null && secret.length() >= SHORTEST) {
        all.add(secret);
      }
    }
    return all.size() == secrets.size() ? this : new Redactor(all);
  }

  private static void add(Set<String> all, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Set<String> read = new LinkedHashSet<>(List.of(secret));
    // UTF-8 taken for another encoding, and another encoding taken for UTF-8.
    read.add(new String(bytes, StandardCharsets.ISO_8859_1));
    read.add(new String(bytes, WINDOWS));
    if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(secret)) {
      byte[] latin = secret.getBytes(StandardCharsets.ISO_8859_1);
      read.add(new String(latin, StandardCharsets.UTF_8));
      base64(all, latin);
    }
    for (String form : read) {
      all.add(form);
      all.add(form.replace(' ', '+'));
      // An apparent escape in it is undone in the text as well.
      all.add(Unescaped.wholly(form, ROUNDS));
    }
    all.add(HexFormat.of().formatHex(bytes));
    all.add(HexFormat.of().withUpperCase().formatHex(bytes));
    base64(all, bytes);
    if (bytes.length >= SHORTEST_INSIDE) {
      for (int before = 0; before < 3; before++) {
        inside(all, bytes, before);
      }
    }
  }

  private static void base64(Set<String> all, byte[] bytes) {
    all.add(Base64.getEncoder().encodeToString(bytes));
    all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    all.add(Base64.getUrlEncoder().encodeToString(bytes));
    all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The characters that only the secret decides, after so many bytes modulo three. */
  private static void inside(Set<String> all, byte[] secret, int before) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    int from = (before * 8 + 5) / 6;
    int to = bytes.length * 8 / 6;
    all.add(Base64.getEncoder().encodeToString(bytes).substring(from, to));
    all.add(Base64.getUrlEncoder().encodeToString(bytes).substring(from, to));
  }

  /**
   * The text without any secret, and with 2 KB in UTF-8 at most: a third party's words are stored,
   * mailed and read by people.
   */
  public String redact(String text) {
    return text == null ? "" : cut(forms.isEmpty() ? text : clean(text));
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

  private String clean(String text) {
    List<int[]> found = new ArrayList<>();
    Unescaped read = Unescaped.of(text);
    for (int round = 0; round <= ROUNDS; round++) {
      for (String form : forms) {
        find(read, form, found);
      }
      Unescaped next = read.again();
      if (next.text().equals(read.text())) {
        break;
      }
      read = next;
    }
    return masked(text, found);
  }

  private static void find(Unescaped read, String form, List<int[]> found) {
    int at = read.text().indexOf(form);
    while (at >= 0) {
      int end = at + form.length();
      found.add(new int[] {read.from(at), read.to(end - 1)});
      at = read.text().indexOf(form, end);
    }
  }

  private static String masked(String text, List<int[]> found) {
    if (found.isEmpty()) {
      return text;
    }
    int[][] places = found.toArray(int[][]::new);
    Arrays.sort(places, Comparator.comparingInt(place -> place[0]));
    StringBuilder clean = new StringBuilder();
    int done = 0;
    int i = 0;
    while (i < places.length) {
      int from = places[i][0];
      int to = places[i][1];
      // Overlapping places are one secret in several forms.
      for (i++; i < places.length && places[i][0] < to; i++) {
        to = Math.max(to, places[i][1]);
      }
      clean.append(text, done, from).append(MASK);
      done = to;
    }
    return clean.append(text, done, text.length()).toString();
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
    return "Redactor[" + secrets.size() + " secrets]";
  }
}
