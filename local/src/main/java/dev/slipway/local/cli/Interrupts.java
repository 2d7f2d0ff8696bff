package dev.slipway.local.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Ctrl-C and a polite kill: the first asks the command to stop, the second ends the process at
 * once.
 */
public final class Interrupts {
  /** What a shell makes of SIGINT. */
  public static final int EXIT_CODE = 130;

  private final AtomicBoolean asked = new AtomicBoolean();

  private Interrupts() {}

  /** Handles the signals from now on. */
  public static Interrupts handle(Runnable onFirst) {
    Interrupts interrupts = new Interrupts();
    Consumer<String> heard =
        name -> {
          if (!interrupts.asked.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(EXIT_CODE);
          }
          onFirst.run();
        };
    listen("INT", heard);
    listen("TERM", heard);
    return interrupts;
  }

  /** Whether the process was asked to stop. */
  public boolean asked() {
    return asked.get();
  }

  /**
   * The JDK has no supported way to hear signals. This one is in every JDK 25; where it is missing,
   * Ctrl-C ends the process as ever, which leaves nothing broken either.
   */
  private static void listen(String signal, Consumer<String> heard) {
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
      signalType
          .getMethod("handle", signalType, handlerType)
          .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot listen for SIG" + signal, e);
    }
  }
}
