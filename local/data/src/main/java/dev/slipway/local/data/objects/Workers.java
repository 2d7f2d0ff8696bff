package dev.slipway.local.data.objects;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does some requests at once, for each alone mostly waits. */
final class Workers implements AutoCloseable {
  /** How many objects are asked for at once. */
  static final int AT_ONCE = 32;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What is done with each. */
  @FunctionalInterface
  interface Work<T, R> {
    R with(T each) throws IOException;
  }

  /** Does it with all, and answers the results in the same order once the last one is there. */
  <T, R> List<R> all(List<T> each, Work<T, R> work) throws IOException {
    List<Future<R>> begun = new ArrayList<>();
    each.forEach(one -> begun.add(threads.submit(() -> work.with(one))));
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> one : begun) {
        results.add(one.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof IOException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } finally {
      begun.forEach(one -> one.cancel(true));
    }
    return results;
  }

  @Override
  public void close() {
    threads.close();
  }
}
