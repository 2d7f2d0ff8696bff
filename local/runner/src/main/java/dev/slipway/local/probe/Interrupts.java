package dev.slipway.local.probe;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Ctrl-C and a polite kill: the first asks the command to stop, the second ends the process at
 * once.
 */
public final class Interrupts implements AutoCloseable {
  /** The exit code that a shell gives for SIGINT. */
  public static final int EXIT_CODE = 130;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final Deque<Restore> before = new ArrayDeque<>();

  /** Puts the handling of a signal back. */
  private interface Restore {
    void run() throws ReflectiveOperationException;
  }

  private Interrupts() {}

  /** Handles the signals from now on. */
  public static Interrupts handle(Runnable onFirst) {
    Interrupts interrupts = new Interrupts();
    Consumer<String> heard =
        name -> {
          if (interrupts.asked()) {
            Runtime.getRuntime().halt(EXIT_CODE);
          }
          interrupts.asked.countDown();
          onFirst.run();
        };
    interrupts.listen("INT", heard);
    interrupts.listen("TERM", heard);
    return interrupts;
  }

  /** Whether the process was asked to stop. */
  public boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits until the process is asked to stop. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /**
   * The JDK has no supported way to hear signals. This one is in every JDK 25; where it is missing,
   * Ctrl-C ends the process as ever, which leaves nothing broken either.
   */
  private void listen(String signal, Consumer<String> heard) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      heard.accept(signal);
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> signal;
                  });
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object handled = signalType.getConstructor(String.class).newInstance(signal);
      Object earlier = handle.invoke(null, handled, handler);
      before.push(() -> handle.invoke(null, handled, earlier));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot listen for SIG" + signal, e);
    }
  }

  /** The signals are handled as before. */
  @Override
  public void close() {
    while (!before.isEmpty()) {
      try {
        before.pop().run();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
