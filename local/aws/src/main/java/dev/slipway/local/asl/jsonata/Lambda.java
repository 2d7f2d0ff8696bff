package dev.slipway.local.asl.jsonata;

import java.util.List;

/**
 * A function that an expression defines, or one that was applied in part.
 *
 * @param body what it evaluates; null if it is a function of the library, applied in part
 * @param builtin that function; else null
 * @param signature null if there is none
 * @param tailCall whether it stands for a call that is yet to be made
 */
record Lambda(
    List<String> parameters,
    Node body,
    Builtin builtin,
    Object input,
    Frame frame,
    Signature signature,
    boolean tailCall)
    implements Callable {
  @Override
  public int arity() {
    return parameters.size();
  }

  // A function equals itself only.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
