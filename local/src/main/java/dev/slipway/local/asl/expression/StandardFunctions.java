package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of JSONata's own library that the evaluator in use does not get right. */
final class StandardFunctions {
  /** From here on JSONata writes numbers with an exponent. */
  private static final double EXPONENT_FROM = 1e21;

  /** By name, for expressions to call. */
  static final Map<String, Jsonata.JFunction> ALL =
      Map.of(
          "sort",
          new Jsonata.JFunction((input, arguments) -> sort((List<?>) arguments), "<af?:a>"),
          "string",
          new Jsonata.JFunction((input, arguments) -> string((List<?>) arguments), "<x-b?:s>"));

  private StandardFunctions() {}

  /** Whether two elements have to change places. */
  private interface Order {
    boolean isWrong(Object left, Object right) throws Throwable;
  }

  /**
   * Merges, as JSONata does, and so keeps the order of elements that the comparator (which only
   * says whether two change places) does not tell apart.
   */
  private static Object sort(List<?> arguments) throws Throwable {
    if (!(arguments.getFirst() instanceof List<?> elements) || elements.size() < 2) {
      return arguments.getFirst();
    }
    Object comparator = second(arguments);
    Order order =
        comparator == null
            ? natural(elements)
            : (left, right) ->
                Boolean.TRUE.equals(
                    Functions.toBoolean(Functions.funcApply(comparator, listOf(left, right))));
    return sorted(new ArrayList<>(elements), order);
  }

  private static List<Object> listOf(Object one, Object other) {
    List<Object> both = new ArrayList<>(2);
    both.add(one);
    both.add(other);
    return both;
  }

  private static Order natural(List<?> elements) {
    if (elements.stream().allMatch(Number.class::isInstance)) {
      return (left, right) -> ((Number) left).doubleValue() > ((Number) right).doubleValue();
    }
    if (elements.stream().allMatch(String.class::isInstance)) {
      return (left, right) -> ((String) left).compareTo((String) right) > 0;
    }
    throw new IllegalArgumentException(
        "D3070: The single argument form of the sort function can only be applied to an array of"
            + " strings or an array of numbers.  Use the second argument to specify a comparison"
            + " function");
  }

  private static List<Object> sorted(List<Object> elements, Order order) throws Throwable {
    if (elements.size() < 2) {
      return elements;
    }
    int middle = elements.size() / 2;
    List<Object> left = sorted(elements.subList(0, middle), order);
    List<Object> right = sorted(elements.subList(middle, elements.size()), order);
    List<Object> merged = new ArrayList<>(elements.size());
    int taken = 0;
    for (Object element : left) {
      while (taken < right.size() && order.isWrong(element, right.get(taken))) {
        merged.add(right.get(taken++));
      }
      merged.add(element);
    }
    merged.addAll(right.subList(taken, right.size()));
    return merged;
  }

  /** Whole numbers in full, also those that no long holds. */
  private static Object string(List<?> arguments) {
    if (arguments.getFirst() instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < EXPONENT_FROM) {
      return new BigDecimal(number.toString()).toBigInteger().toString();
    }
    return Functions.string(arguments.getFirst(), (Boolean) second(arguments));
  }

  /** Null if it is undefined, or was not given (by {@code $map}, say, which gives one). */
  private static Object second(List<?> arguments) {
    return arguments.size() < 2 ? null : arguments.get(1);
  }
}
