package dev.slipway.local.asl.jsonata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of JSONata, but {@code $eval} and {@code $random}. */
final class Library {
  private static final Map<String, Builtin> FUNCTIONS = collected();

  private Library() {}

  /** The function of that name; null if there is none. */
  static Builtin find(String name) {
    return FUNCTIONS.get(name);
  }

  private static Map<String, Builtin> collected() {
    Map<String, Builtin> all = new HashMap<>();
    for (Map<String, Builtin> some :
        List.of(
            NumberFunctions.all(),
            TextFunctions.all(),
            PatternFunctions.all(),
            UrlFunctions.all(),
            ArrayFunctions.all(),
            ObjectFunctions.all(),
            HigherOrderFunctions.all(),
            DateFunctions.all())) {
      all.putAll(some);
    }
    return Map.copyOf(all);
  }

  /** Collects functions under their names. */
  static final class Shelf {
    private final Map<String, Builtin> functions = new HashMap<>();

    Shelf add(String name, int arity, String signature, Builtin.Body body) {
      functions.put(name, new Builtin(name, arity, signature, body));
      return this;
    }

    /** Of an undefined first argument, the result is undefined. */
    Shelf of(String name, int arity, String signature, Builtin.Body body) {
      return add(
          name,
          arity,
          signature,
          (given, evaluation) -> given.at(0) == null ? null : body.call(given, evaluation));
    }

    Map<String, Builtin> all() {
      return functions;
    }
  }
}
