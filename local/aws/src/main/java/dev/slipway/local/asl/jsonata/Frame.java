package dev.slipway.local.asl.jsonata;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The variables of a block or a call, within those around it. */
final class Frame {
  private final Frame parent;
  private final Function<String, Object> outside;
  private Map<String, Object> bindings;

  private Frame(Frame parent, Function<String, Object> outside) {
    this.parent = parent;
    this.outside = outside;
  }

  /** The outermost one. */
  static Frame outermost(Function<String, Object> variables) {
    return new Frame(null, variables);
  }

  Frame inner() {
    return new Frame(this, null);
  }

  /** One with the fields of a tuple as variables. */
  Frame inner(Map<?, ?> tuple) {
    Frame frame = inner();
    tuple.forEach((name, value) -> frame.bind((String) name, value));
    return frame;
  }

  void bind(String name, Object value) {
    if (bindings == null) {
      bindings = HashMap.newHashMap(4);
    }
    bindings.put(name, value);
  }

  /** A variable that is bound to the undefined value hides others of its name. */
  Object lookup(String name) {
    Frame frame = this;
    while (true) {
      if (frame.bindings != null && frame.bindings.containsKey(name)) {
        return frame.bindings.get(name);
      }
      if (frame.parent == null) {
        return frame.outside.apply(name);
      }
      frame = frame.parent;
    }
  }
}
