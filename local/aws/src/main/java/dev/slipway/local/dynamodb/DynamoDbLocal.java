package dev.slipway.local.dynamodb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.template.TableResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A running DynamoDB Local, listening on an ephemeral port of the loopback interface. All access
 * keys see the same tables. The first one of a process takes about a second to start, the next ones
 * some milliseconds.
 */
public final class DynamoDbLocal implements AutoCloseable {
  private static final String ROOM = "software.amazon.dynamodb.services.local.server.";

  /** Held, for a logger that nobody holds forgets its level. */
  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

  private final InnerDoor inside;
  private final DynamoDbFront front;
  private final DynamoDbWire wire;

  private DynamoDbLocal(InnerDoor inside) {
    this.inside = inside;
    this.front = new DynamoDbFront(inside);
    this.wire = new DynamoDbWire(inside);
  }

  /** Tables live as long as this object. */
  public static DynamoDbLocal inMemory() {
    return start(null);
  }

  /** Tables live in that folder, which is made if it is missing. */
  public static DynamoDbLocal inFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return start(folder.toString());
  }

  /**
   * One after the other: its handlers fill a map that all of them share.
   *
   * @param path of the folder, or null for tables in memory
   */
  private static synchronized DynamoDbLocal start(String path) {
    SQLITE_LOG.setLevel(Level.OFF);
    var loader = DynamoDbJars.loader();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return new DynamoDbLocal(new InnerDoor(loader, handler(loader, path)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * The handler as {@code ServerRunner} makes it for {@code -sharedDb} with {@code -inMemory} or
   * {@code -dbPath}, without the server, which would listen on every interface, and without its
   * reports to the vendor.
   */
  private static Object handler(ClassLoader loader, String path)
      throws ReflectiveOperationException {
    var requests =
        loader
            .loadClass(ROOM + "LocalDynamoDBRequestHandler")
            .getConstructor(int.class, boolean.class, String.class, boolean.class, boolean.class)
            .newInstance(0, path == null, path, true, false);
    return loader
        .loadClass(ROOM + "LocalDynamoDBServerHandler")
        .getConstructor(loader.loadClass(ROOM + "DynamoDBRequestHandler"), String.class)
        .newInstance(requests, null);
  }

  /** The address for AWS SDK clients. */
  public URI endpoint() {
    return front.uri();
  }

  /** The way to it for this process, past the network. */
  public DynamoDbPort inside() {
    return inside;
  }

  /** Runs this after each request that wrote, before the request is answered. */
  public void whenWritten(Runnable told) {
    inside.whenWritten(told);
  }

  /** Calls without an SDK. */
  public DynamoDbWire wire() {
    return wire;
  }

  /**
   * Makes a table unless it is there.
   *
   * @param expires whether items go when their time to live is over; not with a simulated clock,
   *     which DynamoDB Local does not know
   */
  public void create(TableResource table, boolean expires) {
    try {
      wire.dynamoDb("CreateTable", table.createTable());
    } catch (DynamoDbWireException e) {
      if (!e.code().equals("ResourceInUseException")) {
        throw e;
      }
      return;
    }
    if (expires) {
      table.timeToLiveAttribute().ifPresent(attribute -> enableExpiry(table.name(), attribute));
    }
  }

  private void enableExpiry(String table, String attribute) {
    var request = JsonNodeFactory.instance.objectNode().put("TableName", table);
    request
        .putObject("TimeToLiveSpecification")
        .put("Enabled", true)
        .put("AttributeName", attribute);
    wire.dynamoDb("UpdateTimeToLive", request);
  }

  @Override
  public void close() {
    front.close();
    inside.close();
  }
}
