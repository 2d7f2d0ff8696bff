package dev.slipway.local.iam;

import java.util.regex.Pattern;

/** A text with {@code *} for any characters and {@code ?} for any one. */
record Wildcard(String text, Pattern pattern) {

  static Wildcard of(String text) {
    return new Wildcard(text, Pattern.compile(expression(text), Pattern.DOTALL));
  }

  /** No wildcards at all. */
  static Wildcard exactly(String text) {
    return new Wildcard(text, Pattern.compile(Pattern.quote(text)));
  }

  /** Upper and lower case are the same. */
  static Wildcard ofAction(String text) {
    return new Wildcard(
        text, Pattern.compile(expression(text), Pattern.DOTALL | Pattern.CASE_INSENSITIVE));
  }

  /**
   * For ARNs: a wildcard in one of the first five parts does not reach into the next. The last part
   * may hold colons.
   */
  static Wildcard ofArn(String text) {
    var expression = new StringBuilder();
    var parts = text.split(":", 6);
    for (int i = 0; i < parts.length; i++) {
      var part = expression(parts[i]);
      expression.append(i == 0 ? "" : ":").append(i < 5 ? part.replace(".", "[^:]") : part);
    }
    return new Wildcard(
        text,
        text.equals("*")
            ? Pattern.compile(".*", Pattern.DOTALL)
            : Pattern.compile(expression.toString(), Pattern.DOTALL));
  }

  private static String expression(String text) {
    var expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default ->
            expression.append(
                Character.isLetterOrDigit(c) || c > 127 ? "" + c : "\\x%02x".formatted((int) c));
      }
    }
    return expression.toString();
  }

  boolean matches(String value) {
    return pattern.matcher(value).matches();
  }
}
