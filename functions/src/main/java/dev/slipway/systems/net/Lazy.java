package dev.slipway.systems.net;

import java.util.function.Supplier;

/** Computes a value on first use and keeps it. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> source;
  private T value;

  Lazy(Supplier<T> source) {
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
