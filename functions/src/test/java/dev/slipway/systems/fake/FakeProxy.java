package dev.slipway.systems.fake;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A CONNECT proxy that leads {@code host:port} to ports on loopback. */
public final class FakeProxy implements AutoCloseable {

  private final FakeTcp server;
  private final Map<String, Integer> routes;
  private final List<String> targets = new CopyOnWriteArrayList<>();

  /** Knows these targets and refuses all others. */
  public FakeProxy(Map<String, Integer> routes) {
    this.routes = routes;
    this.server = new FakeTcp(this::serve);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** What it was asked to connect to. */
  public List<String> targets() {
    return targets;
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    StringBuilder header = new StringBuilder();
    while (!header.toString().endsWith("\r\n\r\n")) {
      int next = client.getInputStream().read();
      if (next < 0) {
        return;
      }
      header.append((char) next);
    }
    String target = header.substring("CONNECT ".length(), header.indexOf(" HTTP/"));
    targets.add(target);
    Integer port = routes.get(target);
    if (port == null) {
      say(client, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
      say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
      copy(client, upstream);
      back.join();
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
