package dev.slipway.local.asl.jsonata;

import java.time.InstantSource;
import java.util.function.Function;

/** A parsed expression. Immutable; may be evaluated by many threads. */
public final class Jsonata {
  private final Node root;

  private Jsonata(Node root) {
    this.root = root;
  }

  /**
   * Parses an expression.
   *
   * @throws JsonataException if it is none
   */
  public static Jsonata parse(String source) {
    return new Jsonata(Parser.parse(source));
  }

  /** The root of its syntax tree. */
  public Node root() {
    return root;
  }

  /**
   * The value; null if it is undefined.
   *
   * @param input the context value; null if there is none
   * @param variables what a variable stands for by its name without {@code $}; null for those of
   *     the library, which are looked up here then
   * @param clock read once, if at all
   * @throws JsonataException if it cannot be evaluated, or not within its bounds
   */
  public Object evaluate(
      Object input, Function<String, Object> variables, InstantSource clock, Budget budget) {
    Frame frame =
        Frame.outermost(
            name -> {
              Object value = variables.apply(name);
              return value == null ? Library.find(name) : value;
            });
    Object context = input;
    if (input instanceof Items items && !items.sequence) {
      Items wrapped = Items.sequenceOf(items);
      wrapped.outer = true;
      context = wrapped;
    }
    return new Evaluation(budget, clock).evaluate(root, context, frame);
  }
}
