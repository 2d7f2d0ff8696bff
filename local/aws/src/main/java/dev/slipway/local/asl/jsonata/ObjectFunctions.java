package dev.slipway.local.asl.jsonata;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code $keys}, {@code $merge}, {@code $type} and the like. */
final class ObjectFunctions {
  private ObjectFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of("boolean", 1, "<x-:b>", (given, e) -> Data.isTrue(given.at(0), e.budget()))
        .of("not", 1, "<x-:b>", (given, e) -> !Data.isTrue(given.at(0), e.budget()))
        .add("exists", 1, "<x:b>", (given, ignored) -> given.at(0) != null)
        .of("type", 1, "<x:s>", (given, ignored) -> type(given.at(0)))
        .add("keys", 1, "<x-:a<s>>", ObjectFunctions::keys)
        .of("lookup", 2, "<x-s:x>", (given, e) -> Data.lookup(given.at(0), given.at(1), e.budget()))
        .add("spread", 1, "<x-:a<o>>", (given, e) -> spread(given.at(0), e.budget()))
        .of("merge", 1, "<a<o>:o>", ObjectFunctions::merge)
        .of("clone", 1, "<(oa)-:o>", (given, e) -> e.copy(given.at(0)))
        .add("error", 1, "<s?:x>", (given, ignored) -> error(given.text(0)))
        .add("assert", 2, "<bs?:x>", ObjectFunctions::check)
        .all();
  }

  private static String type(Object value) {
    return switch (value) {
      case Null ignored -> "null";
      case String ignored -> "string";
      case Boolean ignored -> "boolean";
      case List<?> ignored -> "array";
      case Callable ignored -> "function";
      default -> Numbers.isNumeric(value) ? "number" : "object";
    };
  }

  private static Object keys(Arguments given, Evaluation evaluation) {
    Set<Object> names = new LinkedHashSet<>();
    collect(given.at(0), names, evaluation.budget());
    Items keys = Items.sequence();
    keys.addAll(names);
    return keys;
  }

  private static void collect(Object value, Set<Object> names, Budget budget) {
    if (value instanceof List<?> list) {
      budget.enterValue();
      list.forEach(item -> collect(item, names, budget));
      budget.leaveValue();
    } else if (value instanceof Map<?, ?> map) {
      budget.takeItems(map.size());
      names.addAll(map.keySet());
    }
  }

  private static Object spread(Object value, Budget budget) {
    if (value instanceof List<?> list) {
      Items all = Items.sequence();
      budget.enterValue();
      for (Object item : list) {
        Object spread = spread(item, budget);
        budget.takeItems(1);
        if (spread instanceof List<?> several) {
          budget.takeItems(several.size());
          all.addAll(several);
        } else if (spread != null) {
          all.add(spread);
        }
      }
      budget.leaveValue();
      // A longer array is no sequence, as concatenation makes none.
      all.sequence = list.isEmpty();
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      Items fields = Items.sequence();
      map.forEach(
          (key, field) -> {
            budget.take(120);
            Map<String, Object> single = new LinkedHashMap<>();
            single.put((String) key, field);
            fields.add(single);
          });
      return fields;
    }
    return value;
  }

  private static Object merge(Arguments given, Evaluation evaluation) {
    Map<String, Object> merged = new LinkedHashMap<>();
    for (Object object : given.list(0)) {
      if (object instanceof Map<?, ?> map) {
        evaluation.budget().take(64.0 * map.size());
        evaluation.budget().step();
        map.forEach((key, field) -> merged.put((String) key, field));
      }
    }
    return merged;
  }

  private static Object error(String message) {
    throw new JsonataException(
        "D3137", message == null || message.isEmpty() ? "$error() function evaluated" : message);
  }

  private static Object check(Arguments given, Evaluation evaluation) {
    if (!Boolean.TRUE.equals(given.at(0))) {
      String message = given.text(1);
      throw new JsonataException(
          "D3141", message == null || message.isEmpty() ? "$assert() statement failed" : message);
    }
    return null;
  }
}
