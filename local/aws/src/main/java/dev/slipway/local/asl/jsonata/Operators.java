package dev.slipway.local.asl.jsonata;

import java.util.List;

/** The operators that look at both of their operands. */
final class Operators {
  private static final double LONGEST_RANGE = 1e7;

  private Operators() {}

  static Object apply(String operator, Object left, Object right, Budget budget) {
    return switch (operator) {
      case "+", "-", "*", "/", "%" -> calculate(operator, left, right);
      case "=" -> left != null && right != null && Data.areEqual(left, right, budget);
      case "!=" -> left != null && right != null && !Data.areEqual(left, right, budget);
      case "<", "<=", ">", ">=" -> compare(operator, left, right);
      case "&" -> concatenate(left, right, budget);
      case ".." -> range(left, right, budget);
      case "in" -> isIn(left, right, budget);
      default -> throw new IllegalStateException(operator);
    };
  }

  private static Object calculate(String operator, Object left, Object right) {
    if (left != null && !Numbers.isNumeric(left)) {
      throw new JsonataException(
          "T2001", "The left side of the \"" + operator + "\" operator must evaluate to a number");
    }
    if (right != null && !Numbers.isNumeric(right)) {
      throw new JsonataException(
          "T2002", "The right side of the \"" + operator + "\" operator must evaluate to a number");
    }
    if (left == null || right == null) {
      return null;
    }
    double a = (Double) left;
    double b = (Double) right;
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      default -> a % b;
    };
  }

  private static Object compare(String operator, Object left, Object right) {
    if ((left != null && !Sorting.isComparable(left))
        || (right != null && !Sorting.isComparable(right))) {
      throw new JsonataException(
          "T2010",
          "The expressions either side of operator \""
              + operator
              + "\" must evaluate to numeric or string values");
    }
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof String ^ right instanceof String) {
      throw new JsonataException(
          "T2009",
          "The values %s and %s either side of operator \"%s\" must be of the same data type"
              .formatted(shown(left), shown(right), operator));
    }
    if (left instanceof Double a && right instanceof Double b) {
      return switch (operator) {
        case "<" -> a < b;
        case "<=" -> a <= b;
        case ">" -> a > b;
        default -> a >= b;
      };
    }
    int order = ((String) left).compareTo((String) right);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static String shown(Object value) {
    return value instanceof Double number ? Numbers.text(number) : "\"" + value + "\"";
  }

  private static String concatenate(Object left, Object right, Budget budget) {
    String first = left == null ? "" : JsonWriter.text(left, false, budget);
    String second = right == null ? "" : JsonWriter.text(right, false, budget);
    budget.take((double) first.length() + second.length());
    return first.concat(second);
  }

  private static Object range(Object left, Object right, Budget budget) {
    if (left != null && !isInteger(left)) {
      throw new JsonataException(
          "T2003", "The left side of the range operator (..) must evaluate to an integer");
    }
    if (right != null && !isInteger(right)) {
      throw new JsonataException(
          "T2004", "The right side of the range operator (..) must evaluate to an integer");
    }
    if (left == null || right == null || (Double) left > (Double) right) {
      return null;
    }
    double first = (Double) left;
    double size = (Double) right - first + 1;
    if (size > LONGEST_RANGE) {
      throw new JsonataException(
          "D2014",
          "The size of the sequence allocated by the range operator (..) must not exceed 1e6. "
              + " Attempted to allocate "
              + Numbers.text(size)
              + ".");
    }
    budget.takeItems(size);
    Items numbers = new Items((int) size);
    numbers.sequence = true;
    for (int i = 0; i < size; i++) {
      numbers.add(first + i);
    }
    return numbers;
  }

  private static boolean isInteger(Object value) {
    return value instanceof Double number && Double.isFinite(number) && number == Math.rint(number);
  }

  /** To be in an array, an object or an array must be the very one. */
  private static boolean isIn(Object left, Object right, Budget budget) {
    if (left == null || right == null) {
      return false;
    }
    if (!(right instanceof List<?> list)) {
      return Data.areSame(left, right);
    }
    for (Object item : list) {
      budget.step();
      if (Data.areSame(left, item)) {
        return true;
      }
    }
    return false;
  }
}
