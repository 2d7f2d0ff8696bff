package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.List;

/** The reference's merge sort, which asks only whether two elements change places. */
final class Sorting {
  private Sorting() {}

  /** Tells whether two elements have to change places. */
  interface Order {
    boolean isWrong(Object left, Object right);
  }

  /** The elements in order; an array of one or none as it is. */
  static List<?> sort(List<?> elements, Order order, Budget budget) {
    return elements.size() < 2 ? elements : new Items(sorted(elements, order, budget));
  }

  private static List<?> sorted(List<?> elements, Order order, Budget budget) {
    if (elements.size() < 2) {
      return elements;
    }
    int middle = elements.size() / 2;
    List<?> left = sorted(elements.subList(0, middle), order, budget);
    List<?> right = sorted(elements.subList(middle, elements.size()), order, budget);
    budget.takeItems(elements.size());
    List<Object> merged = new ArrayList<>(elements.size());
    int taken = 0;
    for (Object element : left) {
      while (taken < right.size() && order.isWrong(element, right.get(taken))) {
        budget.step();
        merged.add(right.get(taken++));
      }
      budget.step();
      merged.add(element);
    }
    merged.addAll(right.subList(taken, right.size()));
    return merged;
  }

  /**
   * Compares the keys of an order-by clause; undefined ones come last.
   *
   * <p>Fails with {@code T2007} or {@code T2008} if they do not compare.
   */
  static int compare(Object one, Object other) {
    if (one == null || other == null) {
      return one == other ? 0 : one == null ? 1 : -1;
    }
    if (!isComparable(one) || !isComparable(other)) {
      throw new JsonataException(
          "T2008",
          "The expressions within an order-by clause must evaluate to numeric or string values");
    }
    if (one instanceof String text && other instanceof String another) {
      return Integer.signum(text.compareTo(another));
    }
    if (one instanceof Double number && other instanceof Double another) {
      return number.doubleValue() == another ? 0 : number < another ? -1 : 1;
    }
    throw new JsonataException(
        "T2007",
        "Type mismatch when comparing values %s and %s in order-by clause".formatted(one, other));
  }

  static boolean isComparable(Object value) {
    return value instanceof String || value instanceof Double;
  }
}
