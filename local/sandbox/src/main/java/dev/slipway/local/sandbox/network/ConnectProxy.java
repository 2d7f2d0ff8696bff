package dev.slipway.local.sandbox.network;

import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy (RFC 9110) in front of the stand-ins: CONNECT for everything, and absolute-form
 * requests for plain HTTP. It connects to the sandbox's own loopback ports and to nothing else: an
 * unknown target answers 403, a known host without a listener on that port 502.
 *
 * <p>Faults of the system {@code network}, matched on {@code CONNECT host:port} (plain HTTP too):
 * {@code refused} (502), {@code hang} (no answer), {@code reset}, {@code slow}.
 */
public final class ConnectProxy implements AutoCloseable {

  /** The system under which ways to third parties are recorded and disturbed. */
  public static final String SYSTEM = "network";

  private static final Pattern REQUEST_LINE =
      Pattern.compile("CONNECT \\[?([^\\] ]+?)\\]?:(\\d{1,5}) HTTP/1\\.[01]");

  private static final Pattern PLAIN_REQUEST =
      Pattern.compile("[A-Z]+ http://([^/:\\] ]+)(?::(\\d{1,5}))?(?:/\\S*)? HTTP/1\\.[01]");

  private static final int MAX_HEAD = 16 * 1024;

  private final Routes routes;
  private final Faults faults;
  private final CallLog calls;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Starts the proxy on a free loopback port. */
  public ConnectProxy(Routes routes, Faults faults, CallLog calls) throws IOException {
    this(routes, faults, calls, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * Starts the proxy.
   *
   * @param listenAt port 0 is any free one
   */
  public ConnectProxy(Routes routes, Faults faults, CallLog calls, InetSocketAddress listenAt)
      throws IOException {
    this.routes = routes;
    this.faults = faults;
    this.calls = calls;
    this.listener = new ServerSocket(listenAt.getPort(), 256, listenAt.getAddress());
    Thread.ofPlatform().daemon().name("sandbox-proxy").start(this::accept);
  }

  /** The address on which it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(ConnectProxy::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed from outside: the loop's condition ends it.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      Optional<String> head = readHead(client.getInputStream());
      if (head.isPresent()) {
        connect(client, head.get());
      }
    } catch (IOException e) {
      // The client left; nothing to tell anyone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client, String head) throws IOException, InterruptedException {
    String line = head.lines().findFirst().orElse("");
    Matcher tunnel = REQUEST_LINE.matcher(line);
    Matcher plain = PLAIN_REQUEST.matcher(line);
    if (tunnel.matches()) {
      connect(client, tunnel.group(1), Integer.parseInt(tunnel.group(2)), Optional.empty());
    } else if (plain.matches()) {
      int port = plain.group(2) == null ? 80 : Integer.parseInt(plain.group(2));
      // A server has to accept the absolute form (RFC 9112, section 3.2.2). The next request may
      // be for another host, so it has to come on a connection of its own.
      String alone = head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
      connect(client, plain.group(1), port, Optional.of(alone));
    } else {
      refuse(client, "405 Method Not Allowed", "This proxy understands CONNECT and http URLs.");
    }
  }

  private void connect(Socket client, String host, int port, Optional<String> request)
      throws IOException, InterruptedException {
    Operation operation = new Operation("CONNECT", host + ":" + port);
    if (!routes.knows(host)) {
      calls.record(SYSTEM, operation, "403");
      refuse(client, "403 Forbidden", host + " is not part of the sandbox.");
      return;
    }
    Optional<Fault> fault = faults.take(SYSTEM, operation);
    if (fault.isPresent()) {
      calls.record(SYSTEM, operation, "fault:" + fault.get().kind().wireName());
      switch (fault.get().kind()) {
        case HANG -> {
          silence(client);
          return;
        }
        case RESET -> {
          reset(client);
          return;
        }
        case SLOW -> Thread.sleep(fault.get().delay());
        default -> {
          refuse(client, "502 Bad Gateway", "Connection refused by " + host + ".");
          return;
        }
      }
    }
    OptionalInt local = routes.localPort(host, port);
    if (local.isEmpty()) {
      calls.record(SYSTEM, operation, "502");
      refuse(client, "502 Bad Gateway", "Nothing listens on port " + port + " of " + host + ".");
      return;
    }
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), local.getAsInt())) {
      open.add(upstream);
      upstream.setTcpNoDelay(true);
      if (fault.isEmpty()) {
        calls.record(SYSTEM, operation, RecordedCall.OK);
      }
      if (request.isPresent()) {
        upstream.getOutputStream().write(request.get().getBytes(StandardCharsets.ISO_8859_1));
      } else {
        String established = "HTTP/1.1 200 Connection established\r\n\r\n";
        client.getOutputStream().write(established.getBytes(StandardCharsets.US_ASCII));
      }
      Thread back = Thread.ofVirtual().start(() -> pump(upstream, client));
      pump(client, upstream);
      back.join();
      open.remove(upstream);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side broke: neither has anything more to say to the other.
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void silence(Socket client) throws IOException {
    while (client.getInputStream().read() >= 0) {
      // Read and ignored until the client gives up.
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  private static void refuse(Socket client, String status, String reason) throws IOException {
    byte[] body = reason.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    OutputStream out = client.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    client.shutdownOutput();
  }

  private static Optional<String> readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    // Byte by byte: the bytes after the empty line already belong to the tunnel.
    while (head.size() < MAX_HEAD) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
      matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
      if (matched == 4) {
        return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
      }
    }
    return Optional.empty();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
