package dev.slipway.systems.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the organisation's domain by Mozilla's public suffix list: {@code hoster.co.uk} for {@code
 * mail.hoster.co.uk} (RFC 7489, section 3.2; the rules are those of publicsuffix.org). The list is
 * read through at each call and not kept: that takes milliseconds, and one function asks once.
 */
final class PublicSuffixes {

  /** Brought by httpclient5, whose build renews it; functions/pom.xml takes the file alone. */
  private static final String LIST = "/org/publicsuffix/list/effective_tld_names.dat";

  /** The domain that an organisation registered; a suffix, or a single label, is its own. */
  String organisation(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    List<String> labels = List.of(lower.split("\\.", -1));
    Set<String> rules = rules(labels);
    for (int at = 0; at < labels.size(); at++) {
      String name = join(labels, at);
      String below = "*." + join(labels, at + 1);
      if (rules.contains("!" + name)) {
        return name;
      }
      if (rules.contains(name) || rules.contains(below) || at == labels.size() - 1) {
        return join(labels, Math.max(at - 1, 0));
      }
    }
    return lower;
  }

  /** The rules of the list that can concern these labels. */
  private static Set<String> rules(List<String> labels) {
    Set<String> wanted = new HashSet<>();
    List<String> unicode = labels.stream().map(IDN::toUnicode).toList();
    Set<String> found = new HashSet<>();
    for (int at = 0; at < labels.size(); at++) {
      for (String mark : List.of("", "*.", "!")) {
        wanted.add(mark + join(unicode, at));
      }
    }
    try (InputStream in = PublicSuffixes.class.getResourceAsStream(LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(wanted::contains).forEach(rule -> found.add(ascii(rule)));
    } catch (IOException e) {
      throw new UncheckedIOException("the public suffix list cannot be read", e);
    }
    return found;
  }

  private static String ascii(String rule) {
    List<String> labels = new ArrayList<>();
    for (String label : rule.split("\\.", -1)) {
      labels.add(
          label.startsWith("!") ? "!" + IDN.toASCII(label.substring(1)) : IDN.toASCII(label));
    }
    return String.join(".", labels);
  }

  private static String join(List<String> labels, int from) {
    return String.join(".", labels.subList(Math.min(from, labels.size()), labels.size()));
  }
}
