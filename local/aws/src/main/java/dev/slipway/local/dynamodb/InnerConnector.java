package dev.slipway.local.dynamodb;

import dev.slipway.local.aws.AwsAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpTester;

/**
 * The door inside: a connector of DynamoDB Local's own Jetty that is handed requests as bytes,
 * without a socket. Over the loopback interface a request costs about three times as much.
 */
final class InnerConnector implements DynamoDbPort {
  private static final String JETTY = "org.eclipse.jetty.server.";
  private static final List<String> SHOWN = List.of("Content-Type", "x-amz-crc32");
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Object connector;
  private final Method connect;
  private final Method addInput;
  private final Method waitForOutput;
  private final Method isOpen;

  private InnerConnector(Object connector, Class<?> endPoint) throws NoSuchMethodException {
    this.connector = connector;
    this.connect = connector.getClass().getMethod("connect");
    // Not "addInput", which may answer on the asking thread: an interrupt would reach the database.
    this.addInput = endPoint.getMethod("addInputAndExecute", ByteBuffer.class);
    this.waitForOutput = endPoint.getMethod("waitForOutput", long.class, TimeUnit.class);
    this.isOpen = endPoint.getMethod("isOpen");
  }

  /**
   * Adds the connector to a server that has not been started.
   *
   * @param jetty the server, of that loader's classes
   */
  static InnerConnector of(ClassLoader loader, Object jetty) throws ReflectiveOperationException {
    var type = loader.loadClass(JETTY + "LocalConnector");
    var connector = type.getConstructor(loader.loadClass(JETTY + "Server")).newInstance(jetty);
    jetty
        .getClass()
        .getMethod("addConnector", loader.loadClass(JETTY + "Connector"))
        .invoke(jetty, connector);
    return new InnerConnector(connector, loader.loadClass(type.getName() + "$LocalEndPoint"));
  }

  @Override
  public AwsAnswer send(String target, Optional<String> authorization, byte[] body) {
    var bytes = exchanged(request(target, authorization, body), target);
    var response = HttpTester.parseResponse(bytes);
    if (response == null || !response.isComplete()) {
      throw new UncheckedIOException(noAnswer(target), new IOException("the answer ends early"));
    }
    var headers = new HashMap<String, String>();
    for (var name : SHOWN) {
      if (response.get(name) != null) {
        headers.put(name, response.get(name));
      }
    }
    var content = response.getContentBytes();
    return new AwsAnswer(response.getStatus(), headers, content == null ? new byte[0] : content);
  }

  /**
   * Waits until the answer is whole, interrupted or not: a request that was begun goes on, and must
   * not be counted as done too early.
   */
  private ByteBuffer exchanged(ByteBuffer request, String target) {
    boolean interrupted = false;
    var answer = new ByteArrayOutputStream();
    var end = System.nanoTime() + LONGEST.toNanos();
    try {
      var endPoint = connect.invoke(connector);
      addInput.invoke(endPoint, request);
      boolean open;
      do {
        if (System.nanoTime() > end) {
          throw new UncheckedIOException(noAnswer(target), new IOException("it takes too long"));
        }
        open = (boolean) isOpen.invoke(endPoint);
        try {
          var chunk = (ByteBuffer) waitForOutput.invoke(endPoint, 1L, TimeUnit.SECONDS);
          if (chunk != null) {
            answer.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
          }
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof InterruptedException)) {
            throw e;
          }
          interrupted = true;
        }
      } while (open);
    } catch (InvocationTargetException e) {
      throw new UncheckedIOException(noAnswer(target), new IOException(e.getCause()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return ByteBuffer.wrap(answer.toByteArray());
  }

  private static String noAnswer(String target) {
    return "DynamoDB Local does not answer " + target;
  }

  /** One request per connection: an open connection would stay for half a minute. */
  private static ByteBuffer request(String target, Optional<String> authorization, byte[] body) {
    requireOneLine(target);
    authorization.ifPresent(InnerConnector::requireOneLine);
    var head =
        "POST / HTTP/1.1\r\nHost: dynamodb\r\nConnection: close\r\n"
            + "Content-Type: application/x-amz-json-1.0\r\n"
            + authorization.map(value -> "Authorization: " + value + "\r\n").orElse("")
            + ("X-Amz-Target: " + target + "\r\n")
            + ("Content-Length: " + body.length + "\r\n\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /** Refuses headers that a server refuses when they come over the network. */
  private static void requireOneLine(String header) {
    if (header.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("a header holds characters that none may hold");
    }
  }
}
