package dev.slipway.local.asl.benchmark;

/** The heap of this process, as benchmarks compare it. */
public final class Heap {
  private Heap() {}

  /** Bytes in use after a collection. */
  public static long used() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
