package dev.slipway.local.asl.jsonata;

import java.util.List;
import java.util.Map;

/** Rules about values that operators and functions share. */
final class Data {
  private Data() {}

  static boolean isArray(Object value) {
    return value instanceof List<?>;
  }

  /** Whether it counts as true; false for the undefined value. */
  static boolean isTrue(Object value, Budget budget) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case Double ignored -> Numbers.isNumeric(value) && (Double) value != 0;
      case List<?> list -> {
        budget.enterValue();
        boolean any = list.stream().anyMatch(item -> isTrue(item, budget));
        budget.leaveValue();
        yield any;
      }
      case Map<?, ?> map -> !map.isEmpty();
      // To the reference a function is an object, and no longer one when it was handed over.
      case Lambda ignored -> true;
      case Builtin ignored -> true;
      default -> false;
    };
  }

  /** Whether two values, neither undefined, are equal through and through. */
  static boolean areEqual(Object one, Object other, Budget budget) {
    budget.step();
    if (one instanceof List<?> list && other instanceof List<?> others) {
      if (list.size() != others.size()) {
        return false;
      }
      budget.enterValue();
      for (int i = 0; i < list.size(); i++) {
        if (!areEqual(list.get(i), others.get(i), budget)) {
          budget.leaveValue();
          return false;
        }
      }
      budget.leaveValue();
      return true;
    }
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
      if (map.size() != others.size()) {
        return false;
      }
      budget.enterValue();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!others.containsKey(entry.getKey())
            || !areEqual(entry.getValue(), others.get(entry.getKey()), budget)) {
          budget.leaveValue();
          return false;
        }
      }
      budget.leaveValue();
      return true;
    }
    return areSame(one, other);
  }

  /** Whether two values are one: equal if they are neither arrays nor objects. */
  static boolean areSame(Object one, Object other) {
    if (one instanceof Double number && other instanceof Double another) {
      return number.doubleValue() == another.doubleValue();
    }
    boolean identity = one instanceof List<?> || one instanceof Map<?, ?>;
    return one == other || (!identity && one != null && one.equals(other));
  }

  /** The value of a field; of an array, the values of its elements' fields. */
  static Object lookup(Object input, Object key, Budget budget) {
    if (input instanceof List<?> list) {
      Items all = Items.sequence();
      budget.enterValue();
      for (Object item : list) {
        Object found = lookup(item, key, budget);
        if (found instanceof List<?> several) {
          budget.takeItems(several.size());
          all.addAll(several);
        } else if (found != null) {
          budget.takeItems(1);
          all.add(found);
        }
      }
      budget.leaveValue();
      return all;
    }
    return input instanceof Map<?, ?> map ? map.get(key) : null;
  }

  /** One array of two values; the other one if one is undefined. */
  static Object append(Object first, Object second, Budget budget) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    List<?> left = first instanceof List<?> list ? list : Items.sequenceOf(first);
    List<?> right = second instanceof List<?> list ? list : Items.sequenceOf(second);
    budget.takeItems((double) left.size() + right.size());
    Items both = new Items(left.size() + right.size());
    both.addAll(left);
    both.addAll(right);
    return both;
  }
}
