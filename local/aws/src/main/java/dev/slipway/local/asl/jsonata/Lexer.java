package dev.slipway.local.asl.jsonata;

import java.util.Set;

/** Splits an expression into tokens, one at a time. */
final class Lexer {
  enum Type {
    OPERATOR,
    STRING,
    NUMBER,
    VALUE,
    NAME,
    VARIABLE,
    REGEX,
    END
  }

  /**
   * One token.
   *
   * @param value a text, a {@code Double}, a {@code Boolean}, {@link Null} or a {@link Regex}
   * @param position where it ends
   */
  record Token(Type type, Object value, int position) {}

  private static final String SPACE = " \t\n\r\u000B";
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final Set<String> LONG_OPERATORS =
      Set.of("..", ":=", "!=", ">=", "<=", "**", "~>");

  private final String source;
  private int at;

  Lexer(String source) {
    this.source = source;
  }

  int length() {
    return source.length();
  }

  private char here() {
    return at(at);
  }

  private char at(int index) {
    return index < source.length() ? source.charAt(index) : '\0';
  }

  private JsonataException error(String code, String message) {
    return new JsonataException(code, message + " (at character " + (at + 1) + ")");
  }

  private Token token(Type type, Object value) {
    return new Token(type, value, at);
  }

  /**
   * The next token.
   *
   * @param afterOperand whether a slash means division
   */
  Token next(boolean afterOperand) {
    skipSpace();
    if (at >= source.length()) {
      return token(Type.END, "(end)");
    }
    char c = here();
    if (c == '/' && !afterOperand) {
      at++;
      return token(Type.REGEX, regex());
    }
    if (at + 2 <= source.length() && LONG_OPERATORS.contains(source.substring(at, at + 2))) {
      at += 2;
      return token(Type.OPERATOR, source.substring(at - 2, at));
    }
    if (OPERATORS.indexOf(c) >= 0) {
      at++;
      return token(Type.OPERATOR, String.valueOf(c));
    }
    if (c == '"' || c == '\'') {
      return token(Type.STRING, string(c));
    }
    int digits = number();
    if (digits > 0) {
      double number = Double.parseDouble(source.substring(at, at + digits));
      if (Double.isInfinite(number)) {
        throw error("S0102", "Number out of range: " + source.substring(at, at + digits));
      }
      at += digits;
      return token(Type.NUMBER, number);
    }
    return c == '`' ? quotedName() : word();
  }

  private void skipSpace() {
    while (at < source.length()) {
      if (SPACE.indexOf(here()) >= 0) {
        at++;
      } else if (here() == '/' && at(at + 1) == '*') {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw error("S0106", "Comment has no closing tag");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private String string(char quote) {
    StringBuilder text = new StringBuilder();
    for (at++; at < source.length(); at++) {
      char c = here();
      if (c == quote) {
        at++;
        return text.toString();
      }
      text.append(c == '\\' ? escaped() : c);
    }
    throw error("S0101", "String literal must be terminated by a matching quote");
  }

  private char escaped() {
    char c = at(++at);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int end = Math.min(source.length(), at + 5);
        String digits = source.substring(at + 1, end);
        if (digits.isEmpty()
            || !digits.chars().allMatch(d -> Character.digit(d, 16) >= 0 && d < 128)) {
          throw error("S0104", "The escape sequence \\u must be followed by 4 hex digits");
        }
        at += 4;
        yield (char) Integer.parseInt(digits, 16);
      }
      default -> throw error("S0103", "Unsupported escape sequence: \\" + c);
    };
  }

  /** How many characters from here are a number. */
  private int number() {
    int end = at;
    if (at(end) == '0') {
      end++;
    } else {
      end = digits(end);
    }
    if (end == at) {
      return 0;
    }
    if (at(end) == '.' && isDigit(at(end + 1))) {
      end = digits(end + 1);
    }
    if (at(end) == 'e' || at(end) == 'E') {
      int power = at(end + 1) == '+' || at(end + 1) == '-' ? end + 2 : end + 1;
      end = isDigit(at(power)) ? digits(power) : end;
    }
    return end - at;
  }

  private int digits(int from) {
    int end = from;
    while (isDigit(at(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token quotedName() {
    int end = source.indexOf('`', at + 1);
    if (end < 0) {
      throw error("S0105", "Quoted property name must be terminated with a backquote (`)");
    }
    String name = source.substring(at + 1, end);
    at = end + 1;
    return token(Type.NAME, name);
  }

  private Token word() {
    int start = at;
    while (at < source.length() && SPACE.indexOf(here()) < 0 && OPERATORS.indexOf(here()) < 0) {
      at++;
    }
    if (source.charAt(start) == '$') {
      return token(Type.VARIABLE, source.substring(start + 1, at));
    }
    String word = source.substring(start, at);
    return switch (word) {
      case "or", "in", "and" -> token(Type.OPERATOR, word);
      case "true" -> token(Type.VALUE, true);
      case "false" -> token(Type.VALUE, false);
      case "null" -> token(Type.VALUE, Null.NULL);
      default -> token(Type.NAME, word);
    };
  }

  private Regex regex() {
    int start = at;
    int depth = 0;
    while (at < source.length()) {
      char c = here();
      boolean escaped = at > 0 && source.charAt(at - 1) == '\\';
      if (c == '/' && depth == 0 && isClosing()) {
        String pattern = source.substring(start, at);
        if (pattern.isEmpty()) {
          throw error("S0301", "Empty regular expressions are not allowed");
        }
        int flags = ++at;
        while (here() == 'i' || here() == 'm') {
          at++;
        }
        return Regex.compile(pattern, source.substring(flags, at));
      }
      if (!escaped) {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
      at++;
    }
    throw error("S0302", "No terminating / in regular expression");
  }

  /** An even number of backslashes before a slash escape each other, not the slash. */
  private boolean isClosing() {
    int backslashes = 0;
    while (backslashes < at && source.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 0;
  }
}
