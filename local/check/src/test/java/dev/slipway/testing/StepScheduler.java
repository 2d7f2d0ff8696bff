package dev.slipway.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Runs actors one step at a time, in an order that chance decides: the same seed gives the same
 * order. A step is what an actor does up to its next call of a client made by {@link #stepping}.
 */
public final class StepScheduler {
  private final RandomGenerator chance;
  private final List<Actor> actors = new ArrayList<>();
  private final Map<Thread, Actor> current = new ConcurrentHashMap<>();
  private int steps;
  private volatile Throwable failure;

  public StepScheduler(RandomGenerator chance) {
    this.chance = chance;
  }

  /** Thrown into an actor that dies at a step. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What an actor does; it may end with any exception. */
  public interface Act {
    void run() throws Exception;
  }

  private static final class Actor {
    final Semaphore permit = new Semaphore(0);
    final Semaphore paused = new Semaphore(0);
    volatile boolean killed;
    volatile boolean done;
  }

  /**
   * Adds an actor; it begins when it is first chosen.
   *
   * @param end told how it ended: null, or what it threw
   */
  public synchronized void add(Act act, java.util.function.Consumer<Throwable> end) {
    Actor actor = new Actor();
    actors.add(actor);
    Thread.ofVirtual()
        .start(
            () -> {
              current.put(Thread.currentThread(), actor);
              Throwable thrown = null;
              try {
                pause(actor);
                act.run();
              } catch (Throwable e) {
                thrown = e;
              }
              try {
                end.accept(thrown);
              } catch (Throwable e) {
                failure = e;
              } finally {
                current.remove(Thread.currentThread());
                actor.done = true;
                actor.paused.release();
              }
            });
    actor.paused.acquireUninterruptibly();
  }

  /** A client whose every call is a step. Calls outside an actor go straight through. */
  @SuppressWarnings("unchecked")
  public <T> T stepping(Class<T> type, T client) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Actor actor = current.get(Thread.currentThread());
              if (actor != null) {
                actor.paused.release();
                await(actor);
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void pause(Actor actor) {
    actor.paused.release();
    await(actor);
  }

  private static void await(Actor actor) {
    actor.permit.acquireUninterruptibly();
    if (actor.killed) {
      throw new Killed();
    }
  }

  /** Lets one actor, chosen by chance, take a step; answers false if there is none. */
  public boolean step(boolean kill) {
    Actor chosen;
    synchronized (this) {
      actors.removeIf(actor -> actor.done);
      if (actors.isEmpty()) {
        return false;
      }
      chosen = actors.get(chance.nextInt(actors.size()));
    }
    chosen.killed = kill;
    steps++;
    chosen.permit.release();
    chosen.paused.acquireUninterruptibly();
    if (failure != null) {
      throw new AssertionError("an actor failed", failure);
    }
    return true;
  }

  /** How many steps were taken. */
  public int steps() {
    return steps;
  }
}
