package dev.slipway.local.dynamodb;

import dev.slipway.local.aws.AwsAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The door inside: hands requests to DynamoDB Local's own handler, as the server would that it
 * brings, past sockets and HTTP. Over the loopback interface a request costs several times as much.
 */
final class InnerDoor implements DynamoDbPort, AutoCloseable {
  private static final String JETTY = "org.eclipse.jetty.";
  private static final List<String> SHOWN = List.of("Content-Type", "x-amz-crc32");
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Set<String> WRITES =
      Set.of(
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "BatchWriteItem",
          "TransactWriteItems",
          "ExecuteStatement",
          "BatchExecuteStatement",
          "ExecuteTransaction");

  private final Object handler;
  private final Method handle;
  private final Class<?> request;
  private final Class<?> response;
  private final Object noCallback;
  private final Method newHeaders;
  private final Method putHeader;
  private final Method getHeader;
  private final Method newChunk;

  /** Its own, for an interrupt of whoever asks must not reach the database. */
  private final ExecutorService threads;

  private volatile Runnable written = () -> {};

  /**
   * Opens the door.
   *
   * @param handler DynamoDB Local's server handler, of that loader's classes
   */
  InnerDoor(ClassLoader loader, Object handler) throws ReflectiveOperationException {
    this.handler = handler;
    this.request = loader.loadClass(JETTY + "server.Request");
    this.response = loader.loadClass(JETTY + "server.Response");
    Class<?> callback = loader.loadClass(JETTY + "util.Callback");
    this.noCallback = callback.getField("NOOP").get(null);
    this.handle = handler.getClass().getMethod("handle", request, response, callback);
    Class<?> headers = loader.loadClass(JETTY + "http.HttpFields");
    this.newHeaders = headers.getMethod("build");
    this.putHeader = newHeaders.getReturnType().getMethod("put", String.class, String.class);
    this.getHeader = headers.getMethod("get", String.class);
    this.newChunk =
        loader
            .loadClass(JETTY + "io.Content$Chunk")
            .getMethod("from", ByteBuffer.class, boolean.class);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = Thread.ofPlatform().daemon().name("dynamodb-local").unstarted(task);
              thread.setContextClassLoader(loader);
              return thread;
            });
  }

  @Override
  public AwsAnswer send(String target, Optional<String> authorization, byte[] body) {
    requireOneLine(target);
    authorization.ifPresent(InnerDoor::requireOneLine);
    AwsAnswer answer = answer(target, threads.submit(() -> exchange(target, authorization, body)));
    if (answer.status() == 200 && WRITES.contains(target.substring(target.indexOf('.') + 1))) {
      written.run();
    }
    return answer;
  }

  void whenWritten(Runnable told) {
    written = told;
  }

  /**
   * Waits until the answer is whole, interrupted or not: a request that was begun goes on, and must
   * not be counted as done too early.
   */
  private static AwsAnswer answer(String target, Future<AwsAnswer> answering) {
    boolean interrupted = false;
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (true) {
        try {
          return answering.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw noAnswer(target, e.getCause());
    } catch (TimeoutException e) {
      throw noAnswer(target, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static UncheckedIOException noAnswer(String target, Throwable cause) {
    return new UncheckedIOException(
        "DynamoDB Local does not answer " + target, new IOException(cause));
  }

  private AwsAnswer exchange(String target, Optional<String> authorization, byte[] body)
      throws ReflectiveOperationException {
    Object headers = newHeaders.invoke(null);
    putHeader.invoke(headers, "X-Amz-Target", target);
    if (authorization.isPresent()) {
      putHeader.invoke(headers, "Authorization", authorization.get());
    }
    Answer answer = new Answer(newHeaders.invoke(null));
    handle.invoke(
        handler, proxy(request, new Asked(headers, body)), proxy(response, answer), noCallback);
    Map<String, String> shown = new HashMap<>();
    for (String name : SHOWN) {
      if (getHeader.invoke(answer.headers, name) instanceof String value) {
        shown.put(name, value);
      }
    }
    return new AwsAnswer(answer.status, shown, answer.body);
  }

  private Object proxy(Class<?> type, InvocationHandler methods) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, methods);
  }

  /** The methods of Jetty's request that the handler calls. */
  private final class Asked implements InvocationHandler {
    private final Object headers;
    private final byte[] body;

    Asked(Object headers, byte[] body) {
      this.headers = headers;
      this.body = body;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments)
        throws ReflectiveOperationException {
      return switch (method.getName()) {
        case "getMethod" -> "POST";
        case "getHeaders" -> headers;
        case "read" -> newChunk.invoke(null, ByteBuffer.wrap(body), true);
        default -> throw new UnsupportedOperationException(method.toString());
      };
    }
  }

  /** The methods of Jetty's response that the handler calls. */
  private static final class Answer implements InvocationHandler {
    private final Object headers;
    private int status;
    private byte[] body;

    Answer(Object headers) {
      this.headers = headers;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "getHeaders" -> {
          return headers;
        }
        case "setStatus" -> status = (int) arguments[0];
        case "write" -> {
          ByteBuffer content = (ByteBuffer) arguments[1];
          body = new byte[content.remaining()];
          content.get(body);
        }
        default -> throw new UnsupportedOperationException(method.toString());
      }
      return null;
    }
  }

  /** Refuses headers that a server refuses when they come over the network. */
  private static void requireOneLine(String header) {
    if (header.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("a header holds characters that none may hold");
    }
  }

  /** Ends the handler, and with it the database. */
  @Override
  public void close() {
    threads.close();
    try {
      handler.getClass().getMethod("close").invoke(handler);
    } catch (InvocationTargetException | NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }
}
