package dev.slipway.local.asl.jsonata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that take a function: {@code $map} and its kin. */
final class HigherOrderFunctions {
  private HigherOrderFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of("map", 2, "<af>", HigherOrderFunctions::map)
        .of("filter", 2, "<af>", HigherOrderFunctions::filter)
        .of("single", 2, "<af?>", HigherOrderFunctions::single)
        .of("reduce", 3, "<afj?:j>", HigherOrderFunctions::reduce)
        .add("each", 2, "<o-f:a>", HigherOrderFunctions::each)
        .add("sift", 2, "<o-f?:o>", HigherOrderFunctions::sift)
        .all();
  }

  /** Calls a function with as many of the three as it has names for, but at least one. */
  private static Object call(
      Evaluation evaluation, Callable function, Object item, Object place, Object all) {
    if (function == null) {
      throw new JsonataException("T1006", "Attempted to invoke a non-function");
    }
    return switch (function.arity()) {
      case 0, 1 -> evaluation.call(function, item);
      case 2 -> evaluation.call(function, item, place);
      default -> evaluation.call(function, item, place, all);
    };
  }

  private static Object map(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    Items results = Items.sequence();
    for (int i = 0; i < list.size(); i++) {
      Object result = call(evaluation, given.function(1), list.get(i), (double) i, list);
      if (result != null) {
        evaluation.budget().takeItems(1);
        results.add(result);
      }
    }
    return results;
  }

  private static Object filter(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    Items results = Items.sequence();
    for (int i = 0; i < list.size(); i++) {
      Object result = call(evaluation, given.function(1), list.get(i), (double) i, list);
      if (Data.isTrue(result, evaluation.budget())) {
        evaluation.budget().takeItems(1);
        results.add(list.get(i));
      }
    }
    return results;
  }

  private static Object single(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    Callable function = given.function(1);
    int found = -1;
    for (int i = 0; i < list.size(); i++) {
      if (function == null
          || Data.isTrue(
              call(evaluation, function, list.get(i), (double) i, list), evaluation.budget())) {
        if (found >= 0) {
          throw new JsonataException(
              "D3138",
              "The $single() function expected exactly 1 matching result.  Instead it matched"
                  + " more.");
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new JsonataException(
          "D3139",
          "The $single() function expected exactly 1 matching result.  Instead it matched 0.");
    }
    return list.get(found);
  }

  private static Object reduce(Arguments given, Evaluation evaluation) {
    List<?> list = given.list(0);
    Callable function = given.function(1);
    int arity = function == null ? 0 : function.arity();
    if (arity < 2) {
      throw new JsonataException(
          "D3050",
          "The second argument of reduce function must be a function with at least two arguments");
    }
    boolean started = given.at(2) != null || list.isEmpty();
    Object result = started ? given.at(2) : list.getFirst();
    for (int i = started ? 0 : 1; i < list.size(); i++) {
      Object item = list.get(i);
      result =
          switch (arity) {
            case 2 -> evaluation.call(function, result, item);
            case 3 -> evaluation.call(function, result, item, (double) i);
            default -> evaluation.call(function, result, item, (double) i, list);
          };
    }
    return result;
  }

  private static Object each(Arguments given, Evaluation evaluation) {
    Items results = Items.sequence();
    if (given.at(0) instanceof Map<?, ?> map) {
      map.forEach(
          (key, field) -> {
            Object result = call(evaluation, given.function(1), field, key, map);
            if (result != null) {
              evaluation.budget().takeItems(1);
              results.add(result);
            }
          });
    }
    return results;
  }

  private static Object sift(Arguments given, Evaluation evaluation) {
    Map<String, Object> kept = new LinkedHashMap<>();
    if (given.at(0) instanceof Map<?, ?> map) {
      map.forEach(
          (key, field) -> {
            Object result = call(evaluation, given.function(1), field, key, map);
            if (Data.isTrue(result, evaluation.budget())) {
              evaluation.budget().take(64);
              kept.put((String) key, field);
            }
          });
    }
    return kept.isEmpty() ? null : kept;
  }
}
