package dev.slipway.systems.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server on loopback that does with each connection what a test wants. */
public final class FakeTcp implements AutoCloseable {

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Behaviour {
    /** Serves one connection. */
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Serves every connection in a thread of its own. */
  public FakeTcp(Behaviour behaviour) {
    this("127.0.0.1", 0, behaviour);
  }

  /** At an address of loopback's; port 0 is any free one. */
  public FakeTcp(String address, int port, Behaviour behaviour) {
    try {
      server = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /** Accepts connections and says nothing. */
  public static FakeTcp silent() {
    return new FakeTcp(socket -> socket.getInputStream().readAllBytes());
  }

  /** Reads a little and resets the connection. */
  public static FakeTcp resetting() {
    return new FakeTcp(
        socket -> {
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        });
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(behaviour, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.serve(socket);
    } catch (IOException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
