package dev.slipway.systems.net;

import java.util.function.Supplier;

/** Computes a value on first use and keeps it. */
final class Once<T> implements Supplier<T> {

  private final Supplier<T> source;
  private T value;

  Once(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = source.get();
    }
    return value;
  }
}
