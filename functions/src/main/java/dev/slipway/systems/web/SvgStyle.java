package dev.slipway.systems.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the CSS of an SVG, in a sheet or in an attribute: no part of it may load from elsewhere or
 * run. Read with its escapes (CSS Syntax 3, section 4.3.7) and without its comments, one character
 * after the other.
 */
final class SvgStyle {
  /** At-rules that load nothing by themselves. */
  private static final Set<String> RULES =
      Set.of("media", "supports", "font-face", "keyframes", "-webkit-keyframes", "charset");

  /** Functions that take an address, {@code url} aside. */
  private static final Set<String> LOADING =
      Set.of(
          "image-set", "-webkit-image-set", "image", "cross-fade", "src", "expression", "element");

  /** Properties by which old browsers ran code. */
  private static final Set<String> RUNNING = Set.of("behavior", "-moz-binding", "-ms-behavior");

  private final String css;
  private int at;

  private SvgStyle(String css) {
    this.css = css;
  }

  /** The error; empty: none. */
  static Optional<String> objection(String css) {
    return new SvgStyle(css).read();
  }

  /** Whether an address is a raster image held in itself. */
  static boolean isRaster(String address) {
    String lower = address.strip().toLowerCase(Locale.ROOT);
    return Set.of("png", "jpeg", "jpg", "gif", "webp").stream()
        .anyMatch(type -> lower.startsWith("data:image/" + type + ";base64,"));
  }

  private static boolean isFont(String address) {
    String lower = address.strip().toLowerCase(Locale.ROOT);
    return Set.of("font/", "application/font-", "application/x-font-").stream()
        .anyMatch(type -> lower.startsWith("data:" + type));
  }

  private Optional<String> read() {
    while (at < css.length()) {
      char c = css.charAt(at);
      if (c == '<') {
        return Optional.of("a <");
      } else if (css.startsWith("/*", at)) {
        int end = css.indexOf("*/", at + 2);
        at = end < 0 ? css.length() : end + 2;
      } else if (c == '"' || c == '\'') {
        string();
      } else if (c == '@') {
        at++;
        String rule = name();
        if (!RULES.contains(rule)) {
          return Optional.of("@" + rule);
        }
      } else if (isName(c)) {
        String name = name();
        Optional<String> wrong = named(name);
        if (wrong.isPresent()) {
          return wrong;
        }
      } else {
        at++;
      }
    }
    return Optional.empty();
  }

  private Optional<String> named(String name) {
    char next = at < css.length() ? css.charAt(at) : ' ';
    if (next == '(' && name.equals("url")) {
      at++;
      String address = address();
      boolean within = address.isEmpty() || address.startsWith("#");
      return within || isRaster(address) || isFont(address)
          ? Optional.empty()
          : Optional.of("url(…), which refers to an address outside of the file");
    }
    if (next == '(' && LOADING.contains(name)) {
      return Optional.of(name + "(…)");
    }
    return RUNNING.contains(name) ? Optional.of(name) : Optional.empty();
  }

  private String address() {
    blanks();
    if (at < css.length() && (css.charAt(at) == '"' || css.charAt(at) == '\'')) {
      return string().strip();
    }
    StringBuilder address = new StringBuilder();
    while (at < css.length() && css.charAt(at) != ')') {
      character(address);
    }
    return address.toString().strip();
  }

  /** Stands at the opening quote; answers what is between the quotes, or up to the line's end. */
  private String string() {
    char quote = css.charAt(at);
    at++;
    StringBuilder text = new StringBuilder();
    while (at < css.length() && css.charAt(at) != quote && css.charAt(at) != '\n') {
      character(text);
    }
    at++;
    return text.toString();
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (at < css.length() && isName(css.charAt(at))) {
      character(name);
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private void blanks() {
    while (at < css.length() && css.charAt(at) <= ' ') {
      at++;
    }
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '\\' || c > 0x7f;
  }

  /** One character, or the one that an escape stands for. */
  private void character(StringBuilder to) {
    char c = css.charAt(at);
    at++;
    if (c != '\\' || at >= css.length()) {
      to.append(c);
      return;
    }
    int digits = 0;
    int code = 0;
    while (digits < 6 && at < css.length() && Character.digit(css.charAt(at), 16) >= 0) {
      code = code * 16 + Character.digit(css.charAt(at), 16);
      at++;
      digits++;
    }
    if (digits == 0) {
      char escaped = css.charAt(at);
      at++;
      if (escaped != '\n') {
        to.append(escaped);
      }
      return;
    }
    if (at < css.length() && css.charAt(at) <= ' ') {
      at++;
    }
    to.appendCodePoint(Character.isValidCodePoint(code) ? code : '\uFFFD');
  }
}
