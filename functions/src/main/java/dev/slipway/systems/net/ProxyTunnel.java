package dev.slipway.systems.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks an HTTP proxy to connect a socket through (RFC 9110, section 9.3.6). */
final class ProxyTunnel {

  private static final int LONGEST_HEADER = 8192;

  private ProxyTunnel() {}

  /** After this, the socket speaks with the target. */
  static void connect(Socket socket, HostPort target) throws IOException {
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    String header = header(socket.getInputStream());
    if (!header.matches("(?s)HTTP/1\\.[01] 2\\d\\d\\b.*")) {
      throw new ConnectException(
          "the proxy could not connect: " + header.lines().findFirst().orElse("no answer"));
    }
  }

  /** Reads byte by byte up to the empty line, because the bytes after it belong to the target. */
  private static String header(InputStream in) throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.length() < LONGEST_HEADER) {
      int next = in.read();
      if (next < 0) {
        throw new ConnectException("the proxy closed the connection");
      }
      header.append((char) next);
      if (header.toString().endsWith("\r\n\r\n")) {
        return header.toString();
      }
    }
    throw new ConnectException("the proxy's answer is too long");
  }
}
