package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.Collection;

/** An array, with what JSONata notes about it. */
public final class Items extends ArrayList<Object> {
  private static final long serialVersionUID = 1L;

  /** Results that are collected: one stands for itself, none is undefined. */
  boolean sequence;

  /** A sequence that stays an array if there is one result. */
  boolean keepSingleton;

  /** An array that was written as one, which a path does not flatten. */
  boolean constructed;

  /** Holds tuples: maps from names to values, with the context value under {@code @}. */
  boolean tuples;

  /** Wraps the array that is the input. */
  boolean outer;

  public Items() {}

  public Items(Collection<?> items) {
    super(items);
  }

  Items(int capacity) {
    super(capacity);
  }

  /** An empty sequence. */
  public static Items sequence() {
    Items items = new Items();
    items.sequence = true;
    return items;
  }

  /** A sequence of one, which may be undefined. */
  static Items sequenceOf(Object item) {
    Items items = sequence();
    items.add(item);
    return items;
  }

  static boolean isSequence(Object value) {
    return value instanceof Items items && items.sequence;
  }
}
