package dev.slipway.local.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets no web page in. A page whose name its owner makes point at this machine (DNS rebinding) asks
 * under that name, so a request for a host that the server is not bound to gets 421; a page of
 * another origin names it, and gets 403.
 */
public final class OwnAddressOnly extends Handler.Wrapper {
  /** The names of this machine that no public name server gives: its own, and Docker's for it. */
  private static final Set<String> NAMES = Set.of("localhost", "host.docker.internal");

  /** Of the body of a refused request, in bytes. */
  private static final int MOST_READ = 1 << 20;

  private final InetAddress bound;

  /**
   * @param bound where the server listens; a wildcard stands for every address of this machine
   */
  public OwnAddressOnly(InetAddress bound, Handler handler) {
    super(handler);
    this.bound = bound;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = Request.getServerName(request);
    if (!isOurs(host)) {
      refuse(
          request,
          response,
          callback,
          421,
          "This server answers under its own address only, " + bound.getHostAddress() + ".");
      return true;
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if ((origin != null && !isSame(origin, host, Request.getServerPort(request)))
        || "cross-site".equals(site)) {
      refuse(
          request, response, callback, 403, "Requests of web pages of another origin are refused.");
      return true;
    }
    return super.handle(request, response, callback);
  }

  private boolean isOurs(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (NAMES.contains(name)) {
      return true;
    }
    try {
      InetAddress asked = InetAddress.ofLiteral(name.replaceAll("^\\[|\\]$", ""));
      return bound.isAnyLocalAddress()
          ? NetworkInterface.getByInetAddress(asked) != null
          : asked.equals(bound);
    } catch (IllegalArgumentException | SocketException e) {
      return false;
    }
  }

  private static boolean isSame(String origin, String host, int port) {
    try {
      URI uri = URI.create(origin);
      return host.equalsIgnoreCase(uri.getHost()) && port == uri.getPort();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(
      Request request, Response response, Callback callback, int status, String message)
      throws IOException {
    // A caller whose body nobody reads finds its connection closed while it writes, not the answer.
    try (InputStream body = Content.Source.asInputStream(request)) {
      body.readNBytes(MOST_READ);
    }
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
