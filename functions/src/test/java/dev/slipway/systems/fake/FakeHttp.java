package dev.slipway.systems.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** An HTTP server on loopback that answers by a function and remembers what it was asked. */
public final class FakeHttp implements AutoCloseable {

  /** A request as it arrived. */
  public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {

    /** The first value of a header, or an empty text. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    /** The body as a form. */
    public Map<String, String> form() {
      Map<String, String> fields = new LinkedHashMap<>();
      for (String pair : body.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
      return fields;
    }

    private static String decode(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  /** An answer to give. */
  public record Response(int status, Map<String, String> headers, String body) {

    /** A JSON answer with status 200. */
    public static Response json(String body) {
      return new Response(200, Map.of("Content-Type", "application/json"), body);
    }

    /** An empty answer with this status. */
    public static Response status(int status) {
      return new Response(status, Map.of(), "");
    }

    /** The same with another status. */
    public Response as(int other) {
      return new Response(other, headers, body);
    }

    /** The same, compressed on its way. */
    public Response zipped() {
      return with("Content-Encoding", "gzip");
    }

    /** The same with one header more. */
    public Response with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Response(status, more, body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final String scheme;

  /** A plain server. */
  public FakeHttp(Function<Request, Response> answers) {
    this(answers, null);
  }

  /** A server with TLS, when a context is given. */
  public FakeHttp(Function<Request, Response> answers, SSLContext tls) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = https;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers));
    server.start();
  }

  /** Always the same answer. */
  public static FakeHttp always(Response response) {
    return new FakeHttp(request -> response);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** An address on it. */
  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  /** What it was asked so far. */
  public List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange, Function<Request, Response> answers)
      throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Response response = answers.apply(request);
      response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      if (response.headers().containsKey("Content-Encoding")) {
        body = zipped(body);
      }
      boolean none = body.length == 0 || request.method().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), none ? -1 : body.length);
      if (!none) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
