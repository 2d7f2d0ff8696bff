package dev.slipway.local.asl.jsonata;

/** A function that was handed over as an argument; it is called without a context value. */
record Closure(Callable target) implements Callable {
  @Override
  public int arity() {
    return target.arity();
  }
}
