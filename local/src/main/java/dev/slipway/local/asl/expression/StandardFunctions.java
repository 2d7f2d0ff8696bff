package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions on arrays of JSONata's own library that the evaluator in use does not get right. */
final class StandardFunctions {
  /** By name, for expressions to call. */
  static final Map<String, Jsonata.JFunction> ALL =
      Map.of(
          "sort",
          new LibraryFunction("sort", 2, "<af?:a>", StandardFunctions::sort),
          "count",
          new LibraryFunction("count", 1, "<x:n>", StandardFunctions::count),
          "sum",
          new LibraryFunction("sum", 1, "<a<n>:n>", StandardFunctions::sum),
          "average",
          new LibraryFunction("average", 1, "<a<n>:n>", StandardFunctions::average),
          "distinct",
          new LibraryFunction("distinct", 1, "<x:x>", StandardFunctions::distinct));

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
    Object comparator = LibraryFunction.argument(arguments, 1);
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

  /** JSON's null is one value. */
  private static Object count(List<?> arguments) {
    Object value = arguments.getFirst();
    return value instanceof List<?> elements ? elements.size() : value == null ? 0 : 1;
  }

  private static Object sum(List<?> arguments) {
    return arguments.getFirst() instanceof List<?> numbers
        ? Utils.convertNumber(total(numbers))
        : null;
  }

  private static Object average(List<?> arguments) {
    return arguments.getFirst() instanceof List<?> numbers && !numbers.isEmpty()
        ? Utils.convertNumber(total(numbers) / numbers.size())
        : null;
  }

  /** One by one, as JSONata adds: a stream would make up for what gets lost in rounding. */
  private static double total(List<?> numbers) {
    double total = 0;
    for (Object number : numbers) {
      total += ((Number) number).doubleValue();
    }
    return total;
  }

  /** A sequence stays one, and an array an array even if one element is left. */
  private static Object distinct(List<?> arguments) {
    if (!(arguments.getFirst() instanceof List<?> elements) || elements.size() < 2) {
      return arguments.getFirst();
    }
    Map<Object, Object> seen = new LinkedHashMap<>();
    elements.forEach(element -> seen.putIfAbsent(comparable(element), element));
    List<Object> distinct = Utils.isSequence(elements) ? Utils.createSequence() : new ArrayList<>();
    distinct.addAll(seen.values());
    return distinct;
  }

  /** What equals another such value if JSONata's values are equal: 1 is 1.0. */
  private static Object comparable(Object value) {
    return switch (value) {
      case null -> Jsonata.NULL_VALUE;
      case Number number -> number.doubleValue() + 0.0;
      case List<?> list -> list.stream().map(StandardFunctions::comparable).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> all = new HashMap<>();
        map.forEach((key, element) -> all.put(key, comparable(element)));
        yield all;
      }
      default -> value;
    };
  }
}
