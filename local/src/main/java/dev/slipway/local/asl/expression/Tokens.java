package dev.slipway.local.asl.expression;

import java.util.ArrayList;
import java.util.List;

/** Splits a JSONata expression into tokens. */
final class Tokens {
  enum Kind {
    NAME,
    VARIABLE,
    LITERAL,
    OPERATOR,
    END
  }

  /** One token; a variable's text is its name without the {@code $}. */
  record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  private static final List<String> LONG_OPERATORS =
      List.of("?:", "??", "..", ":=", "!=", ">=", "<=", "**", "~>");
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String source) {
    this.source = source;
  }

  /** The tokens, with one of kind {@code END} last. */
  static List<Token> of(String source) {
    Tokens tokens = new Tokens(source);
    tokens.run();
    return tokens.tokens;
  }

  private void run() {
    while (skipSpace()) {
      char c = source.charAt(at);
      if (c == '"' || c == '\'') {
        add(Kind.LITERAL, quoted(c));
      } else if (c == '`') {
        add(Kind.NAME, quoted(c));
      } else if (Character.isDigit(c)) {
        add(Kind.LITERAL, number());
      } else if (c == '$') {
        at++;
        add(Kind.VARIABLE, source.startsWith("$", at) ? source.substring(at, ++at) : word());
      } else if (c == '/' && !afterOperand()) {
        add(Kind.LITERAL, regex());
      } else if (operator() != null) {
        String operator = operator();
        at += operator.length();
        add(Kind.OPERATOR, operator);
      } else {
        word(c);
      }
    }
    add(Kind.END, "");
  }

  private void word(char first) {
    String word = word();
    switch (word) {
      case "" -> throw new ExpressionSyntaxException("unexpected character '" + first + "'");
      case "true", "false", "null" -> add(Kind.LITERAL, word);
      default -> add(Kind.NAME, word);
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text));
  }

  /** Whether the token before ends an operand, so that a slash means division. */
  private boolean afterOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    return last.kind != Kind.OPERATOR || last.is(")") || last.is("]") || last.is("}");
  }

  private boolean skipSpace() {
    while (at < source.length()) {
      if (Character.isWhitespace(source.charAt(at))) {
        at++;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw new ExpressionSyntaxException("comment has no closing tag");
        }
        at = end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private String quoted(char quote) {
    int start = ++at;
    while (at < source.length() && source.charAt(at) != quote) {
      at += source.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    if (at >= source.length()) {
      throw new ExpressionSyntaxException("no closing " + quote);
    }
    return source.substring(start, at++);
  }

  private String number() {
    int start = at;
    while (at < source.length() && isNumberPart(start)) {
      at++;
    }
    return source.substring(start, at);
  }

  private boolean isNumberPart(int start) {
    char c = source.charAt(at);
    char before = at > start ? source.charAt(at - 1) : ' ';
    boolean exponent = c == 'e' || c == 'E' || ((c == '+' || c == '-') && (before | ' ') == 'e');
    boolean point =
        c == '.' && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1));
    return Character.isDigit(c) || exponent || point;
  }

  private String regex() {
    int start = at++;
    int depth = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == '/' && depth == 0) {
        at++;
        while (at < source.length() && "im".indexOf(source.charAt(at)) >= 0) {
          at++;
        }
        return source.substring(start, at);
      }
      at++;
    }
    throw new ExpressionSyntaxException("no terminating / in regular expression");
  }

  private String operator() {
    for (String operator : LONG_OPERATORS) {
      if (source.startsWith(operator, at)) {
        return operator;
      }
    }
    char c = source.charAt(at);
    return OPERATORS.indexOf(c) >= 0 ? String.valueOf(c) : null;
  }

  private String word() {
    int start = at;
    while (at < source.length() && isWordPart(source.charAt(at))) {
      at++;
    }
    return source.substring(start, at);
  }

  private static boolean isWordPart(char c) {
    return !Character.isWhitespace(c) && OPERATORS.indexOf(c) < 0 && "\"'`$".indexOf(c) < 0;
  }
}
