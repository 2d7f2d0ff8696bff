package dev.slipway.local.asl.jsonata;

import java.util.List;

/** A function of a library. */
public final class Builtin implements Callable {
  private final int arity;
  private final Signature signature;
  private final Body body;

  /** Gets the arguments that were given; undefined ones are null. */
  @FunctionalInterface
  public interface Body {
    /**
     * Answers a call.
     *
     * @param evaluation to call functions with, and to count work
     */
    Object call(Arguments arguments, Evaluation evaluation);
  }

  /**
   * @param name what messages call it
   * @param arity how many arguments it has names for
   * @param signature such as {@code <s-nn?:s>}; null if any arguments will do
   */
  public Builtin(String name, int arity, String signature, Body body) {
    this.arity = arity;
    this.signature = signature == null ? null : Signature.parse(signature).named(name);
    this.body = body;
  }

  @Override
  public int arity() {
    return arity;
  }

  Signature signature() {
    return signature;
  }

  Object call(List<Object> arguments, Evaluation evaluation) {
    return body.call(new Arguments(arguments), evaluation);
  }
}
