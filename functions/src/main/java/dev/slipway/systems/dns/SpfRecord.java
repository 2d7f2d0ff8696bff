package dev.slipway.systems.dns;

import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.NameAnswer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An SPF record, read as RFC 7208 has it (sections 4.5, 4.6.1, 7.1 and 12): one syntax error
 * anywhere makes all of it a permerror.
 *
 * @param mechanisms in their order
 * @param redirect the domain that {@code redirect=} names
 */
record SpfRecord(List<Mechanism> mechanisms, Optional<String> redirect) {

  private static final String VERSION = "v=spf1";
  private static final String MACRO_LETTERS = "slodiphv";

  /** May stand in the text of an explanation only. */
  private static final String EXPLANATION_LETTERS = MACRO_LETTERS + "crt";

  private static final String DELIMITERS = ".-+,/_=";

  /** The eight mechanisms. */
  enum Kind {
    ALL,
    INCLUDE,
    A,
    MX,
    PTR,
    IP4,
    IP6,
    EXISTS
  }

  /**
   * One mechanism.
   *
   * @param text as it is published, without its qualifier
   * @param qualifier what a match means: {@code +}, {@code -}, {@code ~} or {@code ?}
   * @param domain the domain it names, perhaps with macros; empty: the record's own
   * @param v4Bits the prefix for IPv4 of {@code a} and {@code mx}
   * @param v6Bits the prefix for IPv6 of {@code a} and {@code mx}
   * @param network of {@code ip4} and {@code ip6}
   */
  record Mechanism(
      String text,
      char qualifier,
      Kind kind,
      String domain,
      int v4Bits,
      int v6Bits,
      Optional<Cidr> network) {

    /** Whether the term means another thing for each mail. */
    boolean hasMacro() {
      return domain.indexOf('%') >= 0;
    }

    /** Whether a look-up of it counts towards the limit (section 4.6.4). */
    boolean asksDns() {
      return kind != Kind.ALL && kind != Kind.IP4 && kind != Kind.IP6;
    }

    /** The term as it is published. */
    String term() {
      return (qualifier == '+' ? "" : qualifier) + text;
    }
  }

  SpfRecord {
    mechanisms = List.copyOf(mechanisms);
  }

  /** The texts that are SPF records: the version, and then a space or the end. */
  static List<String> among(NameAnswer texts) {
    return texts.values().stream()
        .filter(
            text ->
                text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                    && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' '))
        .toList();
  }

  /**
   * Reads a record.
   *
   * @param domain whose record it is, for the message
   * @throws SpfFault a permerror, which names the term
   */
  static SpfRecord parse(String domain, String record) {
    List<Mechanism> mechanisms = new ArrayList<>();
    Map<String, String> modifiers = new HashMap<>();
    for (String term : record.substring(VERSION.length()).split(" ", -1)) {
      if (term.isEmpty()) {
        continue;
      }
      try {
        int equals = term.indexOf('=');
        if (equals > 0 && isName(term.substring(0, equals))) {
          modifier(term.substring(0, equals), term.substring(equals + 1), modifiers);
        } else {
          mechanisms.add(mechanism(term));
        }
      } catch (IllegalArgumentException e) {
        throw SpfFault.permanent(
            "the term \""
                + term
                + "\" in the record of "
                + domain
                + " is not SPF: "
                + e.getMessage());
      }
    }
    return new SpfRecord(mechanisms, Optional.ofNullable(modifiers.get("redirect")));
  }

  private static void modifier(String name, String value, Map<String, String> modifiers) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.equals("redirect") && !lower.equals("exp")) {
      checkMacros(value, EXPLANATION_LETTERS);
      return;
    }
    checkDomain(value);
    if (modifiers.put(lower, value) != null) {
      throw new IllegalArgumentException(lower + "= may stand there once only; take one away.");
    }
  }

  private static Mechanism mechanism(String term) {
    boolean qualified = "+-~?".indexOf(term.charAt(0)) >= 0;
    String text = qualified ? term.substring(1) : term;
    int end = 0;
    while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '/') {
      end++;
    }
    Kind kind = kind(text.substring(0, end));
    String rest = text.substring(end);
    char qualifier = qualified ? term.charAt(0) : '+';
    return switch (kind) {
      case ALL -> {
        if (!rest.isEmpty()) {
          throw new IllegalArgumentException("\"all\" stands alone.");
        }
        yield plain(text, qualifier, kind, "");
      }
      case INCLUDE, EXISTS -> plain(text, qualifier, kind, domain(rest, true));
      case PTR -> plain(text, qualifier, kind, domain(rest, false));
      case IP4, IP6 ->
          new Mechanism(text, qualifier, kind, "", 0, 0, network(rest, kind == Kind.IP6));
      case A, MX -> {
        int v6 = rest.lastIndexOf("//");
        boolean hasV6 = v6 >= 0 && isDigits(rest.substring(v6 + 2));
        String beforeV6 = hasV6 ? rest.substring(0, v6) : rest;
        int v4 = beforeV6.lastIndexOf('/');
        boolean hasV4 = v4 >= 0 && isDigits(beforeV6.substring(v4 + 1));
        yield new Mechanism(
            text,
            qualifier,
            kind,
            domain(hasV4 ? beforeV6.substring(0, v4) : beforeV6, false),
            hasV4 ? bits(beforeV6.substring(v4 + 1), 32) : 32,
            hasV6 ? bits(rest.substring(v6 + 2), 128) : 128,
            Optional.empty());
      }
    };
  }

  private static Mechanism plain(String text, char qualifier, Kind kind, String domain) {
    return new Mechanism(text, qualifier, kind, domain, 32, 128, Optional.empty());
  }

  private static Kind kind(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no mechanism \""
                        + name
                        + "\"; ip4:, ip6:, a, mx, include: and all"
                        + " are the usual ones."));
  }

  private static String domain(String rest, boolean required) {
    if (rest.isEmpty() && !required) {
      return "";
    }
    if (!rest.startsWith(":")) {
      throw new IllegalArgumentException("a colon and a domain belong there.");
    }
    checkDomain(rest.substring(1));
    return rest.substring(1);
  }

  private static Optional<Cidr> network(String rest, boolean v6) {
    String text = rest.startsWith(":") ? rest.substring(1) : "";
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int most = v6 ? 128 : 32;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    if (v6 ? !isV6(address) : !isV4(address)) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is no " + (v6 ? "IPv6" : "IPv4") + " address.");
    }
    InetAddress network = InetAddress.ofLiteral(address);
    // A mapped address (::ffff:192.0.2.1) is one of IPv6 here, and no sender has one (section 5).
    return v6 && network.getAddress().length == 4
        ? Optional.empty()
        : Optional.of(new Cidr(network, bits));
  }

  private static boolean isV4(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length == 4
        && Arrays.stream(parts)
            .allMatch(part -> isDigits(part) && !hasLeadingZero(part) && number(part) <= 255);
  }

  private static boolean isV6(String text) {
    if (text.indexOf(':') < 0
        || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int bits(String text, int most) {
    if (!isDigits(text) || hasLeadingZero(text) || number(text) > most) {
      throw new IllegalArgumentException("the prefix length goes from 0 to " + most + ".");
    }
    return number(text);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean hasLeadingZero(String digits) {
    return digits.length() > 1 && digits.charAt(0) == '0';
  }

  private static int number(String digits) {
    return digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static boolean isName(String text) {
    return isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_' || c == '.');
  }

  /** A domain-spec ends with a label that is no number, or with a macro (section 7.1). */
  private static void checkDomain(String text) {
    boolean endsWithMacro = checkMacros(text, MACRO_LETTERS);
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    int dot = name.lastIndexOf('.');
    if (!endsWithMacro && (dot < 0 || !isTopLabel(name.substring(dot + 1)))) {
      throw new IllegalArgumentException("\"" + text + "\" is no domain.");
    }
  }

  private static boolean isTopLabel(String label) {
    return !label.isEmpty()
        && label.chars().allMatch(c -> isAlphanumeric(c) || c == '-')
        && !isDigits(label)
        && !label.startsWith("-")
        && !label.endsWith("-");
  }

  /** Whether the text ends with a macro; it fails on one that is none. */
  private static boolean checkMacros(String text, String letters) {
    int at = 0;
    boolean macro = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < 0x21 || c > 0x7e) {
        throw new IllegalArgumentException("only printable ASCII characters may stand there.");
      }
      macro = c == '%';
      at = macro ? endOfMacro(text, at + 1, letters) : at + 1;
    }
    return macro;
  }

  private static int endOfMacro(String text, int start, String letters) {
    if (start < text.length() && "%_-".indexOf(text.charAt(start)) >= 0) {
      return start + 1;
    }
    int close = text.indexOf('}', start);
    if (start < text.length() && text.charAt(start) == '{' && close > start + 1) {
      String macro = text.substring(start + 1, close).toLowerCase(Locale.ROOT);
      int at = 1;
      while (at < macro.length() && Character.isDigit(macro.charAt(at))) {
        at++;
      }
      boolean zero = at > 1 && macro.substring(1, at).chars().allMatch(c -> c == '0');
      if (at < macro.length() && macro.charAt(at) == 'r') {
        at++;
      }
      if (letters.indexOf(macro.charAt(0)) >= 0
          && !zero
          && macro.substring(at).chars().allMatch(c -> DELIMITERS.indexOf(c) >= 0)) {
        return close + 1;
      }
    }
    throw new IllegalArgumentException(
        "the macro at \"" + text.substring(start - 1) + "\" is none.");
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAlphanumeric(int c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }
}
