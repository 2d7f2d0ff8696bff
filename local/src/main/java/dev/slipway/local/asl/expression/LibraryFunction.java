package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;

/** A function of ours for expressions to call, to pass on, and to apply in part. */
final class LibraryFunction extends Jsonata.JFunction {
  private final int arity;
  private final Body body;

  /** Gets the arguments that were given; undefined ones are null. */
  interface Body {
    Object call(List<?> arguments) throws Throwable;
  }

  /**
   * @param name what it is called; applied in part, it is looked up by that
   * @param arity how many arguments it takes at most
   */
  LibraryFunction(String name, int arity, String signature, Body body) {
    // Only what is built from a method has a name. That one is never called.
    super(name, signature, Functions.class, null, "string");
    this.arity = arity;
    this.body = body;
  }

  /** Null if it is undefined, or was not given (by {@code $map}, say, which gives one). */
  static Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  @Override
  public Object call(Object input, @SuppressWarnings("rawtypes") List arguments) {
    try {
      return body.call(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public int getNumberOfArgs() {
    return arity;
  }
}
