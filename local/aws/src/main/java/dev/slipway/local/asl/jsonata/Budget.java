package dev.slipway.local.asl.jsonata;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time, depth and memory that one evaluation may use. AWS documents one second, and others
 * measured a depth of 100; there are three seconds, as this machine may be slow or busy. The bound
 * on memory is ours: an expression's values are small, and one server evaluates many.
 *
 * <p>Time is the evaluation's own: a pause of the machine counts little. Every few milliseconds the
 * evaluation pauses for others, as an expression may run on a virtual thread, and those share few
 * carriers.
 */
public final class Budget {
  private static final int DEEPEST = 100;
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /** Bytes, roughly, of all values that the evaluation makes. */
  private static final long LARGEST = 200_000_000;

  /** Of the time between two looks at the clock, no more counts. */
  private static final long LONGEST_STEP = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long SHARE = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * A thread that only yields comes back before whatever was started outside of the carriers: two
   * of them for each carrier would keep all requests out.
   */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  /** Steps between two looks at the clock, less one; a mask. */
  private static final int STEPS = 0x3FF;

  /** How deep JSON may nest. */
  private static final int DEEPEST_VALUE = 1000;

  private final long longest;
  private int depth;
  private int valueDepth;
  private int steps;
  private long bytes;
  private long used;
  private long looked = System.nanoTime();
  private long shared = looked;

  /** The usual one. */
  public Budget() {
    this(LONGEST);
  }

  /**
   * @param longest how much time there is
   */
  public Budget(Duration longest) {
    this.longest = longest.toNanos();
  }

  /** Goes one level deeper. */
  void enter() {
    if (++depth > DEEPEST) {
      throw new JsonataException(
          null,
          "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting"
              + " as tail-recursive.");
    }
    step();
  }

  void leave() {
    depth--;
  }

  /** Goes one level deeper into a value. */
  public void enterValue() {
    if (++valueDepth > DEEPEST_VALUE) {
      throw new JsonataException(null, "A value nests deeper than " + DEEPEST_VALUE + " levels");
    }
    step();
  }

  /** Comes back. */
  public void leaveValue() {
    valueDepth--;
  }

  /** Counts a piece of work of less than a microsecond. */
  public void step() {
    if ((++steps & STEPS) == 0) {
      look();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // It only lets others have a turn.
  private void look() {
    long now = System.nanoTime();
    used += Math.min(now - looked, LONGEST_STEP);
    looked = now;
    if (used > longest) {
      throw new JsonataException(null, "Expression evaluation timeout: Check for infinite loop");
    }
    if (now - shared > SHARE) {
      LockSupport.parkNanos(PAUSE);
      looked = System.nanoTime();
      shared = looked;
    }
  }

  /** Counts memory before it is taken. */
  public void take(double more) {
    bytes += (long) more;
    if (bytes > LARGEST || more > LARGEST) {
      throw memoryExceeded();
    }
  }

  /** The error when there is no memory left. */
  public static JsonataException memoryExceeded() {
    return new JsonataException(
        null, "Expression evaluation memory limit exceeded: Check for excessive memory usage");
  }

  /** Counts the memory of so many elements of an array. */
  public void takeItems(double count) {
    take(count * 24);
    // Making or copying that many items costs that many steps.
    steps += (int) Math.min(count, STEPS);
    step();
  }
}
