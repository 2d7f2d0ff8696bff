package dev.slipway.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.schedule.OngoingWork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Invokes functions as Lambda does: each invocation on a (virtual) thread, bounded by the
 * function's timeout, its error told in Lambda's words.
 */
public final class LambdaHost implements FunctionInvoker, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 6 * 1024 * 1024;

  /** More at once would only queue up before the one database behind all functions. */
  private static final int MOST_AT_ONCE = 200;

  private final FunctionFactory factory;
  private final LocalTime time;
  private final LogSink logs;
  private final Consumer<FunctionSpec> afterEach;
  private final OngoingWork work;
  private final Map<String, HostedFunction> functions = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService turns;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE, true);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicLong throttles = new AtomicLong();
  private volatile int concurrency = Integer.MAX_VALUE;
  private volatile boolean resting;

  /**
   * @param afterEach called when a function has returned, before anybody learns its answer
   */
  public LambdaHost(
      FunctionFactory factory, LocalTime time, LogSink logs, Consumer<FunctionSpec> afterEach) {
    this.factory = factory;
    this.time = time;
    this.logs = logs;
    this.afterEach = afterEach;
    this.turns = time.simulation().isPresent() ? oneByOne() : threads;
    this.work = time.work("functions");
  }

  /** In the order in which they were invoked, so that a simulated run is the same every time. */
  private static ExecutorService oneByOne() {
    return Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  }

  /** Adds a function, or replaces the one of that name. */
  public void deploy(FunctionSpec function) {
    functions.put(function.name(), new HostedFunction(function, factory, time.utc()));
  }

  /** The function that a name, ARN or partial ARN (also with a version) stands for. */
  public Optional<FunctionSpec> find(String nameOrArn) {
    return Optional.ofNullable(functions.get(name(nameOrArn))).map(HostedFunction::spec);
  }

  private static String name(String nameOrArn) {
    int function = nameOrArn.indexOf("function:");
    var rest = function < 0 ? nameOrArn : nameOrArn.substring(function + "function:".length());
    int version = rest.indexOf(':');
    return version < 0 ? rest : rest.substring(0, version);
  }

  /**
   * Invokes a function. The answer arrives on the function's thread.
   *
   * @return fails with {@link LambdaServiceException} when there is no such function, the payload
   *     is too large or the concurrency used up; an error of the function itself is a result
   */
  @Override
  public CompletableFuture<InvocationResult> invoke(String nameOrArn, JsonNode payload) {
    var function = functions.get(name(nameOrArn));
    if (function == null) {
      return CompletableFuture.failedFuture(
          new LambdaServiceException(
              "ResourceNotFoundException", "Function not found: " + nameOrArn));
    }
    var bytes = payload.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      return CompletableFuture.failedFuture(
          new LambdaServiceException(
              "RequestTooLargeException",
              bytes.length + " byte payload is too large for the RequestResponse invocation type"));
    }
    var answer = new CompletableFuture<InvocationResult>();
    if (resting) {
      return answer;
    }
    if (underWay.incrementAndGet() > concurrency) {
      underWay.decrementAndGet();
      throttles.incrementAndGet();
      return CompletableFuture.failedFuture(
          new LambdaServiceException("TooManyRequestsException", "Rate Exceeded."));
    }
    work.begin();
    turns.execute(
        () -> {
          try {
            slots.acquireUninterruptibly();
            InvocationResult result;
            try {
              result = run(function, bytes);
            } finally {
              slots.release();
            }
            afterEach.accept(function.spec());
            if (!resting) {
              answer.complete(result);
            }
          } finally {
            underWay.decrementAndGet();
            // The waiting caller has taken note by now; only then may simulated time go on.
            work.end();
          }
        });
    return answer;
  }

  /**
   * Lets so many functions run at the same time, as the concurrency of an account does; there is no
   * such bound at first. Further invocations are throttled: refused, and counted.
   */
  public void allow(int atTheSameTime) {
    concurrency = atTheSameTime;
  }

  /** How many invocations were throttled so far. */
  public long throttles() {
    return throttles.get();
  }

  /**
   * From now on no function is started, and nobody learns what those under way still answer: to the
   * rest of the runtime it is as if the process had ended. So nothing that ends because the runtime
   * is being closed is taken for a failure, and a later process does it again.
   */
  public void rest() {
    resting = true;
  }

  private InvocationResult run(HostedFunction function, byte[] payload) {
    var spec = function.spec();
    var requestId = UUID.randomUUID().toString();
    var used = new AtomicReference<RequestStreamHandler>();
    Future<InvocationResult> running =
        threads.submit(() -> call(function, used, payload, requestId));
    try {
      return running.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      running.cancel(true);
      Optional.ofNullable(used.get()).ifPresent(function::discard);
      return timedOut(spec.timeout(), requestId);
    } catch (java.util.concurrent.ExecutionException e) {
      return thrown(e.getCause(), requestId);
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      return error(requestId, "Runtime.ExitError", "RequestId: %s Error: Runtime exited");
    }
  }

  private InvocationResult call(
      HostedFunction function,
      AtomicReference<RequestStreamHandler> used,
      byte[] payload,
      String requestId)
      throws Exception {
    var handler = function.instance();
    used.set(handler);
    var output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(payload),
        output,
        new InvocationContext(function.spec(), requestId, time.utc(), logs));
    if (output.size() > MOST_BYTES) {
      return error(
          requestId,
          "Function.ResponseSizeTooLarge",
          "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    }
    return new InvocationResult(requestId, parsed(output), Optional.empty());
  }

  private static JsonNode parsed(ByteArrayOutputStream output) {
    if (output.size() == 0) {
      return TextNode.valueOf("");
    }
    var text = output.toString(StandardCharsets.UTF_8);
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private static InvocationResult timedOut(Duration timeout, String requestId) {
    return error(
        requestId,
        "Sandbox.Timedout",
        "RequestId: %s Error: Task timed out after %d.%02d seconds"
            .formatted(requestId, timeout.toSeconds(), timeout.toMillisPart() / 10));
  }

  private static InvocationResult error(String requestId, String type, String message) {
    var payload = JSON.createObjectNode();
    payload.put("errorType", type);
    payload.put("errorMessage", message);
    return new InvocationResult(requestId, payload, Optional.of(type));
  }

  /** As the Java runtime tells it: the name is that of the class, in full. */
  private static InvocationResult thrown(Throwable thrown, String requestId) {
    var type = thrown.getClass().getName();
    var message = thrown.getLocalizedMessage();
    var payload = JSON.createObjectNode();
    payload.put("errorMessage", message == null ? type : message);
    payload.put("errorType", type);
    var trace = payload.putArray("stackTrace");
    Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::toString).forEach(trace::add);
    return new InvocationResult(requestId, payload, Optional.of(type));
  }

  /** Waits a moment for running functions, then interrupts them. */
  @Override
  public void close() {
    turns.shutdown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
