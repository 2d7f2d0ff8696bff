package dev.slipway.local.asl.jsonata;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** {@code $append}, {@code $distinct} and the like. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .add(
            "count",
            1,
            "<a:n>",
            (given, ignored) -> given.at(0) == null ? 0.0 : given.list(0).size())
        .add("append", 2, "<xx:a>", (given, e) -> Data.append(given.at(0), given.at(1), e.budget()))
        .add("zip", 0, "<a+>", ArrayFunctions::zip)
        .of("reverse", 1, "<a:a>", ArrayFunctions::reverse)
        .of("shuffle", 1, "<a:a>", ArrayFunctions::shuffle)
        .of("sort", 2, "<af?:a>", ArrayFunctions::sort)
        .of("distinct", 1, "<x:x>", ArrayFunctions::distinct)
        .all();
  }

  private static Object zip(Arguments given, Evaluation evaluation) {
    int length =
        given.all().stream()
            .mapToInt(a -> a instanceof List<?> list ? list.size() : 0)
            .min()
            .orElse(0);
    evaluation.budget().takeItems((double) length * (given.all().size() + 1));
    Items tuples = new Items();
    for (int i = 0; i < length; i++) {
      Items tuple = new Items();
      for (Object array : given.all()) {
        tuple.add(((List<?>) array).get(i));
      }
      tuples.add(tuple);
    }
    return tuples;
  }

  private static Object reverse(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    evaluation.budget().takeItems(list.size());
    return list.size() < 2 ? list : new Items(list.reversed());
  }

  private static Object shuffle(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    if (list.size() < 2) {
      return list;
    }
    evaluation.budget().takeItems(list.size());
    Items shuffled = new Items(list.size());
    for (Object item : list) {
      int at = ThreadLocalRandom.current().nextInt(shuffled.size() + 1);
      shuffled.add(item);
      shuffled.set(shuffled.size() - 1, shuffled.get(at));
      shuffled.set(at, item);
    }
    return shuffled;
  }

  private static Object sort(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    if (list.size() < 2) {
      return list;
    }
    Callable comparator = given.function(1);
    Sorting.Order order =
        comparator == null
            ? natural(list)
            : (left, right) -> isTruthy(evaluation.call(comparator, left, right));
    return Sorting.sort(list, order, evaluation.budget());
  }

  /** Whether JavaScript takes a value for true. */
  private static boolean isTruthy(Object value) {
    return switch (value) {
      case null -> false;
      case Null ignored -> false;
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case Double number -> number != 0 && !number.isNaN();
      default -> true;
    };
  }

  private static Sorting.Order natural(List<?> list) {
    if (list.stream().allMatch(Numbers::isNumeric)) {
      return (left, right) -> (Double) left > (Double) right;
    }
    if (list.stream().allMatch(String.class::isInstance)) {
      return (left, right) -> ((String) left).compareTo((String) right) > 0;
    }
    throw new JsonataException(
        "D3070",
        "The single argument form of the sort function can only be applied to an array of strings"
            + " or an array of numbers.  Use the second argument to specify a comparison function");
  }

  /** An element as what equals another one if the two values are equal. */
  private record Key(Object value, int hash, Budget budget) {
    static Key of(Object value, Budget budget) {
      return new Key(value, hash(value, budget), budget);
    }

    private static int hash(Object value, Budget budget) {
      budget.step();
      return switch (value) {
        case null -> 0;
        case Double number -> Double.hashCode(number + 0.0);
        case List<?> list -> {
          budget.enterValue();
          int hash = 1;
          for (Object item : list) {
            hash = 31 * hash + hash(item, budget);
          }
          budget.leaveValue();
          yield hash;
        }
        case Map<?, ?> map -> {
          budget.enterValue();
          int hash = 2;
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            hash += entry.getKey().hashCode() ^ hash(entry.getValue(), budget);
          }
          budget.leaveValue();
          yield hash;
        }
        default -> value.hashCode();
      };
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && hash == key.hash
          && Data.areEqual(value, key.value, budget);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** A sequence stays one, and an array an array even if one element is left. */
  private static Object distinct(Arguments given, Evaluation evaluation) {
    if (!(given.at(0) instanceof List<?> list) || list.size() < 2) {
      return given.at(0);
    }
    Items distinct = Items.isSequence(list) ? Items.sequence() : new Items();
    Set<Key> seen = new HashSet<>();
    for (Object item : list) {
      evaluation.budget().takeItems(3);
      if (seen.add(Key.of(item, evaluation.budget()))) {
        distinct.add(item);
      }
    }
    return distinct;
  }
}
