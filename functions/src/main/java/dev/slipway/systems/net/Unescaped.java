package dev.slipway.systems.net;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;

/**
 * A text with the escapes of JSON (RFC 8259), HTML and URLs (RFC 3986) undone once, which still
 * knows where in the original each character stood. Read in one pass; all other characters stay.
 */
final class Unescaped {
  private static final int LONGEST_NAME = 8;

  /** The names of HTML for what secrets hold: the signs of ASCII, and common letters of Latin 1. */
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          entry("quot", (int) '"'),
          entry("QUOT", (int) '"'),
          entry("amp", (int) '&'),
          entry("AMP", (int) '&'),
          entry("apos", (int) '\''),
          entry("lt", (int) '<'),
          entry("LT", (int) '<'),
          entry("gt", (int) '>'),
          entry("GT", (int) '>'),
          entry("nbsp", 0xa0),
          entry("excl", (int) '!'),
          entry("num", (int) '#'),
          entry("dollar", (int) '$'),
          entry("percnt", (int) '%'),
          entry("lpar", (int) '('),
          entry("rpar", (int) ')'),
          entry("ast", (int) '*'),
          entry("plus", (int) '+'),
          entry("comma", (int) ','),
          entry("period", (int) '.'),
          entry("sol", (int) '/'),
          entry("colon", (int) ':'),
          entry("semi", (int) ';'),
          entry("equals", (int) '='),
          entry("quest", (int) '?'),
          entry("commat", (int) '@'),
          entry("lsqb", (int) '['),
          entry("lbrack", (int) '['),
          entry("bsol", (int) '\\'),
          entry("rsqb", (int) ']'),
          entry("rbrack", (int) ']'),
          entry("Hat", (int) '^'),
          entry("lowbar", (int) '_'),
          entry("grave", (int) '`'),
          entry("lcub", (int) '{'),
          entry("lbrace", (int) '{'),
          entry("verbar", (int) '|'),
          entry("vert", (int) '|'),
          entry("rcub", (int) '}'),
          entry("rbrace", (int) '}'),
          entry("auml", 0xe4),
          entry("ouml", 0xf6),
          entry("uuml", 0xfc),
          entry("Auml", 0xc4),
          entry("Ouml", 0xd6),
          entry("Uuml", 0xdc),
          entry("szlig", 0xdf),
          entry("eacute", 0xe9),
          entry("egrave", 0xe8),
          entry("agrave", 0xe0),
          entry("ccedil", 0xe7),
          entry("ntilde", 0xf1),
          entry("sect", 0xa7),
          entry("para", 0xb6),
          entry("pound", 0xa3),
          entry("euro", 0x20ac));

  private final String text;
  private final int[] from;
  private final int[] to;

  private Unescaped(String text, int[] from, int[] to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** As it is. */
  static Unescaped of(String text) {
    int[] from = new int[text.length()];
    int[] to = new int[text.length()];
    for (int i = 0; i < from.length; i++) {
      from[i] = i;
      to[i] = i + 1;
    }
    return new Unescaped(text, from, to);
  }

  /** A text with its escapes undone until none is left, at most so many times. */
  static String wholly(String text, int times) {
    Unescaped read = of(text);
    for (int i = 0; i < times; i++) {
      read = read.again();
    }
    return read.text;
  }

  String text() {
    return text;
  }

  /** The index in the original at which a character begins. */
  int from(int at) {
    return from[at];
  }

  /** The index in the original behind a character. */
  int to(int at) {
    return to[at];
  }

  /** With the escapes undone once more. */
  Unescaped again() {
    return new Pass().run();
  }

  private final class Pass {
    private final StringBuilder plain = new StringBuilder(text.length());
    private final int[] begins = new int[text.length()];
    private final int[] ends = new int[text.length()];
    private int at;

    Unescaped run() {
      while (at < text.length()) {
        switch (text.charAt(at)) {
          case '\\' -> backslash();
          case '&' -> entity();
          case '%' -> percent();
          default -> put(text.charAt(at), 1);
        }
      }
      return new Unescaped(
          plain.toString(),
          Arrays.copyOf(begins, plain.length()),
          Arrays.copyOf(ends, plain.length()));
    }

    /** One character instead of the next so many. */
    private void put(int code, int length) {
      int first = plain.length();
      plain.appendCodePoint(code);
      for (int i = first; i < plain.length(); i++) {
        begins[i] = from[at];
        ends[i] = to[at + length - 1];
      }
      at += length;
    }

    private void backslash() {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      int digits = next == 'u' ? 4 : next == 'x' ? 2 : 0;
      int code = digits == 0 ? -1 : hex(at + 2, digits);
      if (code >= 0) {
        put(code, 2 + digits);
        return;
      }
      int plainly = "\"\\/'bfnrt".indexOf(next);
      if (plainly < 0) {
        put('\\', 1);
      } else {
        put("\"\\/'\b\f\n\r\t".charAt(plainly), 2);
      }
    }

    private void entity() {
      int end = at + 1;
      while (end < text.length() && end - at <= LONGEST_NAME && isOfName(text.charAt(end))) {
        end++;
      }
      int code = named(text.substring(at + 1, end));
      if (code < 0 || !Character.isValidCodePoint(code) || code == 0) {
        put('&', 1);
      } else {
        boolean closed = end < text.length() && text.charAt(end) == ';';
        put(code, end - at + (closed ? 1 : 0));
      }
    }

    private static int named(String name) {
      boolean number = name.startsWith("#") && name.length() > 1;
      if (!number) {
        return NAMES.getOrDefault(name, -1);
      }
      boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
      try {
        return Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      } catch (NumberFormatException e) {
        return -1;
      }
    }

    private static boolean isOfName(char c) {
      return c < 0x80 && (Character.isLetterOrDigit(c) || c == '#');
    }

    /** A byte, or the bytes of one character in UTF-8. */
    private void percent() {
      int first = hex(at + 1, 2);
      if (first < 0) {
        int legacy = at + 1 < text.length() && text.charAt(at + 1) == 'u' ? hex(at + 2, 4) : -1;
        put(legacy < 0 ? '%' : legacy, legacy < 0 ? 1 : 6);
        return;
      }
      int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
      int code = more == 0 ? first : first & (0x3f >> more);
      for (int i = 1; i <= more; i++) {
        int place = at + 3 * i;
        int next = place < text.length() && text.charAt(place) == '%' ? hex(place + 1, 2) : -1;
        if (next >> 6 != 2) {
          put(first, 3);
          return;
        }
        code = code << 6 | (next & 0x3f);
      }
      if (Character.isValidCodePoint(code)) {
        put(code, 3 * (more + 1));
      } else {
        put(first, 3);
      }
    }

    private int hex(int start, int digits) {
      if (start + digits > text.length()) {
        return -1;
      }
      int code = 0;
      for (int i = start; i < start + digits; i++) {
        int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
        if (digit < 0) {
          return -1;
        }
        code = code << 4 | digit;
      }
      return code;
    }
  }
}
