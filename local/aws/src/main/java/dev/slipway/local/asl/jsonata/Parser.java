package dev.slipway.local.asl.jsonata;

import dev.slipway.local.asl.jsonata.Lexer.Token;
import dev.slipway.local.asl.jsonata.Node.Kind;
import java.util.ArrayList;
import java.util.List;

/** The first pass: operators by their binding power (top down, after Pratt). */
final class Parser {
  /** Deeper than any evaluation may go. */
  static final int DEEPEST = 500;

  private final Lexer lexer;
  private Token token;
  private int depth;

  private Parser(String source) {
    this.lexer = new Lexer(source);
  }

  /** Fails with one of the reference's codes that begin with {@code S}. */
  static Node parse(String source) {
    Parser parser = new Parser(source);
    parser.advance(false);
    Node parsed = parser.expression(0);
    if (parser.token.type() != Lexer.Type.END) {
      throw parser.error("S0201", "Syntax error: " + parser.token.value());
    }
    return new Refiner().refine(parsed);
  }

  private JsonataException error(String code, String message) {
    return new JsonataException(
        code, message + " (before character " + (token.position() + 1) + ")");
  }

  private boolean is(String operator) {
    return token.type() == Lexer.Type.OPERATOR && token.value().equals(operator);
  }

  /**
   * Goes on to the next token.
   *
   * @param afterOperand whether a slash there means division
   */
  private void advance(boolean afterOperand) {
    token = lexer.next(afterOperand);
    if (is("!") || is("~")) {
      throw error("S0204", "Unknown operator: " + token.value());
    }
  }

  private void expect(String operator, boolean afterOperand) {
    if (!is(operator)) {
      throw token.type() == Lexer.Type.END
          ? error("S0203", "Expected \"" + operator + "\" before end of expression")
          : error("S0202", "Expected \"" + operator + "\", got \"" + token.value() + "\"");
    }
    advance(afterOperand);
  }

  private void expect(String operator) {
    expect(operator, false);
  }

  private boolean accept(String operator) {
    if (!is(operator)) {
      return false;
    }
    advance(false);
    return true;
  }

  private Node expression(int power) {
    if (++depth > DEEPEST) {
      throw error(null, "The expression is nested too deep");
    }
    Token first = token;
    advance(true);
    Node left = operand(first);
    while (power < power(token)) {
      Token operator = token;
      advance(false);
      left = infix(operator, left);
    }
    depth--;
    return left;
  }

  private static int power(Token token) {
    if (token.type() != Lexer.Type.OPERATOR) {
      return 0;
    }
    return switch ((String) token.value()) {
      case "[", "(", "@", "#" -> 80;
      case "." -> 75;
      case "{" -> 70;
      case "*", "/", "%" -> 60;
      case "+", "-", "&" -> 50;
      case "=", "!=", "<", ">", "<=", ">=", "^", "~>", "in" -> 40;
      case "and" -> 30;
      case "or" -> 25;
      case "?" -> 20;
      case ":=" -> 10;
      default -> 0;
    };
  }

  private Node operand(Token first) {
    return switch (first.type()) {
      case NAME -> new Node(Kind.NAME, first.value());
      case VARIABLE -> new Node(Kind.VARIABLE, first.value());
      case STRING -> new Node(Kind.STRING, first.value());
      case NUMBER -> new Node(Kind.NUMBER, first.value());
      case VALUE -> new Node(Kind.VALUE, first.value());
      case REGEX -> new Node(Kind.REGEX, first.value());
      case END -> new Node(Kind.END, first.value());
      case OPERATOR -> prefix((String) first.value());
    };
  }

  private Node prefix(String operator) {
    return switch (operator) {
      case "and", "or", "in" -> new Node(Kind.OPERATOR, operator);
      case "*" -> new Node(Kind.WILDCARD, operator);
      case "**" -> new Node(Kind.DESCENDANT, operator);
      case "%" -> new Node(Kind.PARENT, operator);
      case "-" -> {
        Node negation = new Node(Kind.NEGATION, operator);
        negation.lhs = expression(70);
        yield negation;
      }
      case "(" -> block();
      case "[" -> array();
      case "{" -> {
        Node object = new Node(Kind.OBJECT, operator);
        object.pairs = pairs();
        yield object;
      }
      case "|" -> transform();
      default ->
          throw error(
              "S0211", "The symbol \"" + operator + "\" cannot be used as a unary operator");
    };
  }

  private Node block() {
    Node block = new Node(Kind.BLOCK, "(");
    block.parts = new ArrayList<>();
    while (!is(")")) {
      block.parts.add(expression(0));
      if (!accept(";")) {
        break;
      }
    }
    expect(")", true);
    return block;
  }

  private Node array() {
    Node array = new Node(Kind.ARRAY, "[");
    array.parts = new ArrayList<>();
    if (!is("]")) {
      do {
        Node item = expression(0);
        if (accept("..")) {
          Node range = new Node(Kind.BINARY, "..");
          range.lhs = item;
          range.rhs = expression(0);
          item = range;
        }
        array.parts.add(item);
      } while (accept(","));
    }
    expect("]", true);
    return array;
  }

  private List<Node[]> pairs() {
    List<Node[]> pairs = new ArrayList<>();
    if (!is("}")) {
      do {
        Node key = expression(0);
        expect(":");
        pairs.add(new Node[] {key, expression(0)});
      } while (accept(","));
    }
    expect("}", true);
    return pairs;
  }

  private Node transform() {
    Node transform = new Node(Kind.TRANSFORM, "|");
    transform.lhs = expression(0);
    expect("|");
    transform.rhs = expression(0);
    if (accept(",")) {
      transform.other = expression(0);
    }
    expect("|");
    return transform;
  }

  private Node infix(Token operator, Node left) {
    String symbol = (String) operator.value();
    return switch (symbol) {
      case "(" -> call(left);
      case "[" -> predicate(left);
      case "{" -> {
        Node grouped = binary(Kind.BINARY, symbol, left);
        grouped.pairs = pairs();
        yield grouped;
      }
      case "^" -> order(left);
      case "?" -> condition(left);
      case ":=" -> {
        if (!left.is(Kind.VARIABLE)) {
          throw error("S0212", "The left side of := must be a variable name (start with $)");
        }
        Node bind = binary(Kind.BINARY, symbol, left);
        bind.rhs = expression(9);
        yield bind;
      }
      case "@", "#" -> {
        Node binding = binary(Kind.BINARY, symbol, left);
        binding.rhs = expression(80);
        if (!binding.rhs.is(Kind.VARIABLE)) {
          throw error(
              "S0214",
              "The right side of \"" + symbol + "\" must be a variable name (start with $)");
        }
        yield binding;
      }
      default -> {
        Node binary = binary(Kind.BINARY, symbol, left);
        binary.rhs = expression(power(operator));
        yield binary;
      }
    };
  }

  private static Node binary(Kind kind, String symbol, Node left) {
    Node binary = new Node(kind, symbol);
    binary.lhs = left;
    return binary;
  }

  private Node call(Node procedure) {
    Node call = binary(Kind.FUNCTION, "(", procedure);
    call.parts = new ArrayList<>();
    if (!is(")")) {
      do {
        if (is("?")) {
          call.kind = Kind.PARTIAL;
          call.parts.add(new Node(Kind.OPERATOR, "?"));
          advance(false);
        } else {
          call.parts.add(expression(0));
        }
      } while (accept(","));
    }
    expect(")", true);
    if (procedure.is(Kind.NAME, "function") || procedure.is(Kind.NAME, "\u03BB")) {
      lambda(call);
    }
    return call;
  }

  private void lambda(Node lambda) {
    for (int i = 0; i < lambda.parts.size(); i++) {
      if (!lambda.parts.get(i).is(Kind.VARIABLE)) {
        throw error(
            "S0208",
            "Parameter %d of function definition must be a variable name (start with $)"
                .formatted(i + 1));
      }
    }
    lambda.kind = Kind.LAMBDA;
    lambda.lhs = null;
    if (is("<")) {
      lambda.signature = signature();
    }
    expect("{");
    lambda.rhs = expression(0);
    expect("}");
  }

  private Signature signature() {
    StringBuilder text = new StringBuilder("<");
    int open = 1;
    while (open > 0 && !is("{") && token.type() != Lexer.Type.END) {
      advance(false);
      open += is("<") ? 1 : is(">") ? -1 : 0;
      text.append(token.value());
    }
    expect(">");
    return Signature.parse(text.toString());
  }

  private Node predicate(Node left) {
    if (is("]")) {
      Node step = left;
      while (step.is(Kind.BINARY, "[")) {
        step = step.lhs;
      }
      step.keepArray = true;
      advance(false);
      return left;
    }
    Node predicate = binary(Kind.BINARY, "[", left);
    predicate.rhs = expression(0);
    expect("]", true);
    return predicate;
  }

  private Node order(Node left) {
    Node order = binary(Kind.BINARY, "^", left);
    order.terms = new ArrayList<>();
    expect("(");
    do {
      boolean descending = is(">");
      if (descending || is("<")) {
        advance(false);
      }
      order.terms.add(new Node.Term(descending, expression(0)));
    } while (accept(","));
    expect(")");
    return order;
  }

  private Node condition(Node left) {
    Node condition = binary(Kind.CONDITION, "?", left);
    condition.rhs = expression(0);
    if (accept(":")) {
      condition.other = expression(0);
    }
    return condition;
  }
}
