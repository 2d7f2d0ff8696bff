package dev.slipway.local.asl.expression;

import dev.slipway.local.asl.jsonata.Node;
import dev.slipway.local.asl.jsonata.Node.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks an expression over for syntax that Step Functions refuses, and for the fields of {@code
 * $states} that it uses.
 *
 * <p>An expression there has no context value: the root is undefined. So {@code $}, {@code $$},
 * wildcards and field names that nothing precedes are refused; after a {@code .} or in a predicate
 * there is a context, and they are fine. Also refused is to assign to {@code $states}.
 */
final class Screening {
  private static final String STATES = "states";

  private final Set<String> statesFields = new HashSet<>();

  private Screening() {}

  /**
   * The fields of {@code $states} that are mentioned; {@code *} if it is used as a whole.
   *
   * @throws ExpressionSyntaxException if Step Functions would refuse the expression
   */
  static Set<String> statesFields(Node expression) {
    Screening screening = new Screening();
    screening.look(expression, false, false);
    return screening.statesFields;
  }

  /**
   * @param context whether names are looked up in a value here
   * @param step whether this is a step of a path, which has been looked at as a whole
   */
  private void look(Node node, boolean context, boolean step) {
    switch (node.kind()) {
      case PATH -> path(node.steps());
      case VARIABLE -> {
        variable((String) node.value(), context);
        if (isStates(node) && !step) {
          statesFields.add("*");
        }
      }
      case NAME, WILDCARD, DESCENDANT, PARENT -> {
        if (!context) {
          throw topLevel(String.valueOf(node.value()));
        }
      }
      case BIND -> {
        if (isStates(node.assigned())) {
          throw ExpressionSyntaxException.unsupported(
              "The reserved variable $states can not be assigned.");
        }
      }
      default -> {}
    }
    node.children((child, own) -> look(child, context || own, node.kind() == Kind.PATH));
  }

  private static boolean isStates(Node node) {
    return node.kind() == Kind.VARIABLE && STATES.equals(node.value());
  }

  /** Notes which part of {@code $states} is taken. */
  private void path(List<Node> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (isStates(steps.get(i))) {
        boolean field = i + 1 < steps.size() && steps.get(i + 1).kind() == Kind.NAME;
        statesFields.add(field ? (String) steps.get(i + 1).value() : "*");
      }
    }
  }

  private static void variable(String name, boolean context) {
    if (name.equals("$")) {
      throw ExpressionSyntaxException.unsupported("Reference to '$$' is not supported.");
    }
    if (name.isEmpty() && !context) {
      throw topLevel("$");
    }
  }

  private static ExpressionSyntaxException topLevel(String reference) {
    return ExpressionSyntaxException.unsupported(
        "Reference to '" + reference + "' at the top level is not supported.");
  }
}
