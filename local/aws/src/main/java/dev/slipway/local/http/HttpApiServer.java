package dev.slipway.local.http;

import dev.slipway.local.lambda.FunctionInvoker;
import dev.slipway.local.listen.OwnAddressOnly;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Template;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the routes of a template, and the documents of the local issuer beside them. */
public final class HttpApiServer implements AutoCloseable {
  private static final String ANY_AUDIENCE = "local";

  private final Server server;
  private final ServerConnector connector;
  private final LocalIssuer issuer;

  /** With a new key for tokens, and nothing added to the API. */
  public HttpApiServer(
      InetSocketAddress bind, Template template, FunctionInvoker functions, LocalTime time) {
    this(bind, template, functions, time, Optional.empty(), ApiExtensions.none());
  }

  /**
   * @param keyFile where the key for tokens is kept; empty: it is new
   * @param extensions what the project adds to the API
   */
  public HttpApiServer(
      InetSocketAddress bind,
      Template template,
      FunctionInvoker functions,
      LocalTime time,
      Optional<Path> keyFile,
      ApiExtensions extensions) {
    var pool = new QueuedThreadPool(16);
    pool.setName("http-api");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(pool);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(10 * 1024);
    // Every encoded character in a parameter is part of its value, and comes through as with AWS.
    http.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind.getAddress().getHostAddress());
    connector.setPort(bind.getPort());
    server.addConnector(connector);
    var audiences =
        template.routes().stream()
            .flatMap(route -> route.authorizer().stream())
            .flatMap(authorizer -> authorizer.audiences().stream())
            .filter(name -> !name.isBlank())
            .distinct()
            .toList();
    var audience = audiences.isEmpty() ? ANY_AUDIENCE : audiences.getFirst();
    // In simulated time days pass at once: no caller could fetch a new token in time.
    var validity = time.simulation().isPresent() ? Duration.ofDays(3650) : Duration.ofHours(12);
    issuer = new LocalIssuer(() -> uri().toString(), audience, time.clock(), validity, keyFile);
    // Whoever reaches the sign-in page is anybody it lists: it is for this machine alone.
    var signIn =
        bind.getAddress().isLoopbackAddress()
            ? Optional.of(new LocalSignIn(issuer, extensions, audiences, InstantSource.system()))
            : Optional.<LocalSignIn>empty();
    server.setErrorHandler(new MessageErrors());
    server.setHandler(
        new OwnAddressOnly(
            bind.getAddress(),
            new HttpApiHandler(template, functions, issuer, extensions, time.clock(), signIn)));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot listen on " + bind, e);
    }
  }

  /** The base URL of the API. */
  public URI uri() {
    var host = connector.getHost();
    return URI.create(
        "http://%s:%d"
            .formatted(host.contains(":") ? "[" + host + "]" : host, connector.getLocalPort()));
  }

  /** The issuer of tokens for this API. */
  public LocalIssuer issuer() {
    return issuer;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP API does not stop", e);
    }
  }
}
