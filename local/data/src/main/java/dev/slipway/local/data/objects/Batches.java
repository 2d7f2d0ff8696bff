package dev.slipway.local.data.objects;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands on in batches what comes one by one. */
final class Batches<T> {
  private final Batch<T> each;
  private final List<T> some = new ArrayList<>();

  /** Hears of a batch; it may keep it. */
  @FunctionalInterface
  interface Batch<T> {
    void at(List<T> batch) throws IOException;
  }

  Batches(Batch<T> each) {
    this.each = each;
  }

  void add(T one) throws IOException {
    some.add(one);
    if (some.size() == Workers.AT_ONCE) {
      end();
    }
  }

  /** Hands on what is left. */
  void end() throws IOException {
    if (!some.isEmpty()) {
      List<T> batch = List.copyOf(some);
      some.clear();
      each.at(batch);
    }
  }
}
