package dev.slipway.local.asl.jsonata;

/** A function as a value. */
public sealed interface Callable permits Builtin, Lambda, Closure, RegexFunction {
  /** How many arguments it has names for: {@code $map} and its kin give no more. */
  int arity();
}
