package dev.slipway.local.sandbox.network;

import dev.slipway.local.listen.OwnAddressOnly;
import dev.slipway.local.sandbox.tls.ServerIdentities;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP/1.1 server on loopback for any number of hosts, plain and (optionally) over TLS, each on
 * a free port of its own. Jetty does the protocol; a {@link Responder} decides.
 */
public final class HttpListener implements AutoCloseable {

  private static final long IDLE_MILLIS = 600_000;
  private static final long MAX_BODY = 64L * 1024 * 1024;

  /** The reaction to a request. */
  public sealed interface Reaction {

    /** It is answered. */
    record Answer(HttpAnswer answer) implements Reaction {}

    /** It is never answered; the connection stays open. */
    record Silence() implements Reaction {}

    /** The connection is closed without an answer. */
    record Hangup() implements Reaction {}
  }

  /** Decides about requests; called on many threads. */
  @FunctionalInterface
  public interface Responder {

    /** The reaction to one request. */
    Reaction respond(HttpCall call);
  }

  private final Server server;
  private final ServerConnector plain;
  private final Optional<ServerConnector> secured;

  /**
   * Starts listening.
   *
   * @param identities certificates for the TLS port; empty for a plain listener only
   * @param defaultHost whose certificate clients without SNI get
   */
  public HttpListener(
      String name, Responder responder, Optional<ServerIdentities> identities, String defaultHost)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setName(name);
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration());
    this.plain = connector(new ServerConnector(server, 1, 1, http));
    this.secured =
        identities.map(
            tls -> {
              SslContextFactory.Server factory = new SslContextFactory.Server();
              factory.setSslContext(tls.serverContext(defaultHost));
              return connector(
                  new ServerConnector(
                      server, 1, 1, new SslConnectionFactory(factory, http.getProtocol()), http));
            });
    // Stand-ins answer under the third parties' names, the plain one alone under this machine's.
    server.setHandler(
        identities.isPresent()
            ? new Exchange(responder)
            : new OwnAddressOnly(InetAddress.getLoopbackAddress(), new Exchange(responder)));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The sandbox cannot listen on loopback", e);
    }
  }

  /** The plain port. */
  public int plainPort() {
    return plain.getLocalPort();
  }

  /** The TLS port. */
  public int securedPort() {
    return secured.orElseThrow().getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.setStopTimeout(0);
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The sandbox cannot stop listening", e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    // Object keys may hold any character, slashes in percent form included.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setIdleTimeout(IDLE_MILLIS);
    return configuration;
  }

  private ServerConnector connector(ServerConnector connector) {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(0);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    return connector;
  }

  /** Between Jetty's words and ours. */
  private static final class Exchange extends Handler.Abstract {

    private final Responder responder;

    Exchange(Responder responder) {
      this.responder = responder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      if (request.getLength() > MAX_BODY) {
        Response.writeError(request, response, callback, 413);
        return true;
      }
      switch (responder.respond(call(request))) {
        case Reaction.Answer done -> write(request, response, callback, done.answer());
        case Reaction.Silence silence -> {
          // Never completed: the exchange stays open until one side closes the connection.
        }
        case Reaction.Hangup hangup ->
            request.getConnectionMetaData().getConnection().getEndPoint().close();
      }
      return true;
    }

    private static HttpCall call(Request request) throws IOException {
      Map<String, String> headers = new LinkedHashMap<>();
      for (HttpField field : request.getHeaders()) {
        headers.merge(
            field.getName().toLowerCase(Locale.ROOT), field.getValue(), (a, b) -> a + "," + b);
      }
      ByteBuffer body = Content.Source.asByteBuffer(request);
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      String query = request.getHttpURI().getQuery();
      return new HttpCall(
          request.getMethod(),
          Request.getServerName(request).toLowerCase(Locale.ROOT),
          request.getHttpURI().getPath(),
          query == null ? "" : query,
          headers,
          bytes);
    }

    private static void write(
        Request request, Response response, Callback callback, HttpAnswer answer) {
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      boolean bodyless = answer.status() == 204 || answer.status() == 304;
      if (!bodyless && !answer.headers().containsKey("Content-Length")) {
        response.getHeaders().put("Content-Length", answer.body().length);
      }
      boolean head = request.getMethod().equals("HEAD");
      response.write(true, ByteBuffer.wrap(head ? new byte[0] : answer.body()), callback);
    }
  }
}
