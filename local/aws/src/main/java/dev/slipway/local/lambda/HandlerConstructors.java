package dev.slipway.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Makes handlers by their public constructors: the one that takes a context, if the context's class
 * has a public static {@code of(Map, Clock, Optional)} for environment, time and the way to AWS's
 * services, so that one JVM can play many functions; else the one without arguments, which is what
 * AWS calls.
 */
public final class HandlerConstructors implements FunctionFactory {
  private final ClassLoader loader;

  public HandlerConstructors(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public RequestStreamHandler create(FunctionSpec function, Clock clock) throws Exception {
    Class<?> type;
    try {
      type = loader.loadClass(function.handlerClass());
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException("Class not found: " + function.handlerClass(), e);
    }
    if (!RequestStreamHandler.class.isAssignableFrom(type)) {
      throw new ClassCastException(
          type.getName() + " is not a RequestStreamHandler, the only kind that runs locally");
    }
    try {
      for (var constructor : type.getConstructors()) {
        if (constructor.getParameterCount() == 1) {
          var factory = contextFactory(constructor.getParameterTypes()[0]);
          if (factory.isPresent()) {
            var context = factory.get().invoke(null, function.environment(), clock, function.aws());
            return (RequestStreamHandler) constructor.newInstance(context);
          }
        }
      }
      return (RequestStreamHandler) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static Optional<Method> contextFactory(Class<?> context) {
    for (var method : context.getMethods()) {
      var takes = method.getParameterTypes();
      if (method.getName().equals("of")
          && Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == context
          && takes.length == 3
          && takes[0] == Map.class
          && takes[1].isAssignableFrom(Clock.class)
          && takes[2] == Optional.class) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
