package dev.slipway.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A function and its one instance, which is made when it is first needed and then stays, as in a
 * warm Lambda. Unlike there, invocations may share the instance at the same time.
 */
final class HostedFunction {
  private final FunctionSpec spec;
  private final FunctionFactory factory;
  private final Clock clock;
  private final AtomicReference<RequestStreamHandler> instance = new AtomicReference<>();

  HostedFunction(FunctionSpec spec, FunctionFactory factory, Clock clock) {
    this.spec = spec;
    this.factory = factory;
    this.clock = clock;
  }

  FunctionSpec spec() {
    return spec;
  }

  RequestStreamHandler instance() throws Exception {
    var ready = instance.get();
    if (ready != null) {
      return ready;
    }
    synchronized (this) {
      if (instance.get() == null) {
        instance.set(factory.create(spec, clock));
      }
      return instance.get();
    }
  }

  /** Lambda ends the process of a function that timed out; the next invocation starts anew. */
  void discard(RequestStreamHandler timedOut) {
    instance.compareAndSet(timedOut, null);
  }
}
