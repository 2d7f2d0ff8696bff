package dev.slipway.local.asl.expression;

import dev.slipway.local.asl.expression.Tokens.Kind;
import dev.slipway.local.asl.expression.Tokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads an expression for what Step Functions refuses in one, and for the variables it uses.
 *
 * <p>An expression there has no context value: the root is undefined. So {@code $}, {@code $$},
 * wildcards and field names that nothing precedes are refused; after a {@code .} or in a predicate
 * there is a context, and they are fine. Also refused: assigning to {@code $states}, and the
 * operators {@code ?:} and {@code ??}, which came after the JSONata version in use there.
 *
 * <p>A syntax check is not the aim (the evaluator's parser does that): this reads what is valid
 * correctly and may read what is invalid somehow.
 */
final class Screening {
  private static final Token LAMBDA = new Token(Kind.NAME, "λ");

  /** So many tokens cannot nest deeper than the service allows. */
  private static final int SHORT = 80;

  private final List<Token> tokens;
  private final Set<String> variables = new HashSet<>();
  private final Set<String> statesFields = new HashSet<>();
  private boolean multiplies;
  private int at;

  private Screening(String source) {
    this.tokens = Tokens.of(source);
  }

  /**
   * @param variables names of the variables and functions mentioned, without {@code $}
   * @param statesFields the fields of {@code $states} mentioned; {@code *} if it is used as a whole
   * @param boundless whether its evaluation might take more than a pass over its values: because it
   *     defines a function or applies one in part, computes a step of a path or a predicate, or is
   *     long
   */
  record Result(Set<String> variables, Set<String> statesFields, boolean boundless) {}

  static Result of(String source) {
    Screening screening = new Screening(source);
    screening.expression(0, false);
    if (screening.peek().kind() != Kind.END) {
      throw new ExpressionSyntaxException("unexpected '" + screening.peek().text() + "'");
    }
    boolean boundless = screening.multiplies || screening.tokens.size() > SHORT;
    return new Result(screening.variables, screening.statesFields, boundless);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  private void expect(String operator) {
    Token token = next();
    if (!token.is(operator)) {
      throw new ExpressionSyntaxException(
          "expected '" + operator + "', got '" + token.text() + "'");
    }
  }

  private boolean accept(String operator) {
    boolean is = peek().is(operator);
    if (is) {
      at++;
    }
    return is;
  }

  /**
   * @param context whether names are looked up in something here
   */
  private void expression(int power, boolean context) {
    operand(context);
    while (power < power(peek())) {
      infix(next(), context);
    }
  }

  private static int power(Token token) {
    if (token.kind() == Kind.NAME) {
      return switch (token.text()) {
        case "and" -> 30;
        case "or" -> 25;
        case "in" -> 40;
        default -> 0;
      };
    }
    if (token.kind() != Kind.OPERATOR) {
      return 0;
    }
    return switch (token.text()) {
      case "[", "(", "@", "#" -> 80;
      case "." -> 75;
      case "{" -> 70;
      case "*", "/", "%" -> 60;
      case "+", "-", "&" -> 50;
      case "=", "!=", "<", ">", "<=", ">=", "^", "~>", "?:", "??" -> 40;
      case "?", ".." -> 20;
      case ":=" -> 10;
      default -> 0;
    };
  }

  private void operand(boolean context) {
    Token token = next();
    switch (token.kind()) {
      case VARIABLE -> variable(token.text(), context);
      case NAME -> name(token, context);
      case OPERATOR -> prefix(token.text(), context);
      case LITERAL -> {}
      case END -> throw new ExpressionSyntaxException("unexpected end of expression");
    }
  }

  private void variable(String name, boolean context) {
    if (name.equals("$")) {
      throw ExpressionSyntaxException.unsupported("Reference to '$$' is not supported.");
    }
    if (name.isEmpty() && !context) {
      throw topLevel("$");
    }
    if (name.equals("states")) {
      statesField();
    }
    variables.add(name);
  }

  /** Notes which part of {@code $states} follows. */
  private void statesField() {
    if (peek().is(":=")) {
      throw ExpressionSyntaxException.unsupported(
          "The reserved variable $states can not be assigned.");
    }
    boolean field = peek().is(".") && tokens.get(at + 1).kind() == Kind.NAME;
    statesFields.add(field ? tokens.get(at + 1).text() : "*");
  }

  private void name(Token token, boolean context) {
    if ((token.text().equals("function") || token.equals(LAMBDA)) && peek().is("(")) {
      function(context);
    } else if (!context) {
      throw topLevel(token.text());
    }
  }

  private static ExpressionSyntaxException topLevel(String reference) {
    return ExpressionSyntaxException.unsupported(
        "Reference to '" + reference + "' at the top level is not supported.");
  }

  private void function(boolean context) {
    multiplies = true;
    expect("(");
    while (!accept(")")) {
      next();
      if (peek().kind() == Kind.END) {
        return;
      }
    }
    if (accept("<")) {
      for (int depth = 1; depth > 0 && peek().kind() != Kind.END; ) {
        Token token = next();
        depth += token.is("<") ? 1 : token.is(">") ? -1 : 0;
      }
    }
    expect("{");
    expression(0, context);
    expect("}");
  }

  private void prefix(String operator, boolean context) {
    switch (operator) {
      case "-" -> expression(70, context);
      case "(" -> list(";", ")", context);
      case "[" -> list(",", "]", context);
      case "{" -> object(context);
      case "|" -> transform();
      case "*", "**", "%" -> {
        if (!context) {
          throw topLevel(operator);
        }
      }
      case "?" -> multiplies = true; // a placeholder in a partial application
      default -> throw new ExpressionSyntaxException("unexpected '" + operator + "'");
    }
  }

  private void infix(Token token, boolean context) {
    switch (token.text()) {
      case "." -> {
        multiplies |= isComputed(peek());
        expression(75, true);
      }
      case "[" -> {
        if (!accept("]")) {
          multiplies |= peek().kind() != Kind.LITERAL;
          expression(0, true);
          expect("]");
        }
      }
      case "{" -> object(true);
      case "(" -> list(",", ")", context);
      case "^" -> order();
      case "?" -> {
        expression(0, context);
        if (accept(":")) {
          expression(0, context);
        }
      }
      case "?:", "??" ->
          throw new ExpressionSyntaxException("unknown operator '" + token.text() + "'");
      case ":=" -> expression(9, context);
      case "@", "#" -> next();
      default -> expression(power(token), context);
    }
  }

  /** A step that is more than a name is taken anew for each value before it. */
  private static boolean isComputed(Token step) {
    return step.kind() == Kind.VARIABLE || step.is("(") || step.is("[") || step.is("{");
  }

  private void list(String separator, String end, boolean context) {
    while (!accept(end)) {
      expression(0, context);
      if (!peek().is(end)) {
        expect(separator);
      }
    }
  }

  private void object(boolean context) {
    while (!accept("}")) {
      expression(0, context);
      expect(":");
      expression(0, context);
      if (!peek().is("}")) {
        expect(",");
      }
    }
  }

  private void order() {
    expect("(");
    do {
      if (!accept("<")) {
        accept(">");
      }
      expression(0, true);
    } while (accept(","));
    expect(")");
  }

  /** {@code |location|update, delete|}: applied to a value, which is the context then. */
  private void transform() {
    expression(0, true);
    expect("|");
    expression(0, true);
    if (accept(",")) {
      expression(0, true);
    }
    expect("|");
  }
}
