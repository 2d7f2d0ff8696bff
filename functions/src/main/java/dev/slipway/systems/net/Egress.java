package dev.slipway.systems.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The one way out: HTTP, raw TCP, TLS and name look-ups, directly or through a CONNECT proxy.
 *
 * <p><b>Hosts that a customer named</b> are resolved and refused when an address points inside. How
 * a name is kept from pointing elsewhere afterwards (DNS rebinding): a raw connection goes to the
 * very address that was checked, through the proxy as well. An HTTP request cannot be pinned to an
 * address with the JDK's client; directly, check and client resolve by the JVM's resolver, whose
 * cache holds an answer for 30 seconds by default ({@code networkaddress.cache.ttl}), and the check
 * comes immediately before the request; at the edge of that time, and behind a proxy that resolves
 * by itself, TLS closes the gap: a service inside has no certificate for the customer's name, so
 * the handshake fails before a byte of the request is sent. Hence plain HTTP is refused, unless all
 * of the host's addresses lie in networks which the operator allows.
 *
 * <p><b>Limits</b>: 5 seconds to connect to an address, 10 for the answer to begin, 12 for all of
 * it, 1 MB of body unless it is read while it arrives. Redirects are never followed. Instances are
 * safe for use by several threads and cheap until used.
 */
public final class Egress implements HttpPort {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** For all addresses of a host together. */
  private static final Duration CONNECT_ALL = Duration.ofSeconds(10);

  private static final int MOST_ADDRESSES = 10;

  /** No other address is begun with later than this. */
  private static final Duration NO_ADDRESS_AFTER = Duration.ofSeconds(12);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final int LARGEST_BODY = 1_000_000;
  private static final int REPEATS = 2;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** No repeat begins later than this, so that an API call can answer within its 30 seconds. */
  private static final Duration NO_REPEAT_AFTER = Duration.ofSeconds(8);

  private static final Set<Integer> WORTH_REPEATING = Set.of(429, 502, 503, 504);

  private static final Set<SystemTrouble.Kind> LOST =
      Set.of(SystemTrouble.Kind.NOT_CONNECTED, SystemTrouble.Kind.CUT_OFF);

  private static final Set<SystemTrouble.Kind> WORTH_ANOTHER_ADDRESS =
      Set.of(
          SystemTrouble.Kind.NOT_CONNECTED,
          SystemTrouble.Kind.TIMED_OUT,
          SystemTrouble.Kind.CUT_OFF,
          SystemTrouble.Kind.OUT_OF_ORDER,
          SystemTrouble.Kind.RATE_LIMITED);

  /** The JDK's client sets these itself and refuses to be told. */
  private static final Set<String> SET_BY_CLIENT =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private final EgressSettings settings;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private final Duration answerTimeout;
  private final Supplier<NameResolver> names;
  private final Supplier<AddressGuard> guard;
  private final Supplier<Trust> trust;
  private final Supplier<HttpClient> client;

  /** Reaches the outside as the settings say. */
  public Egress(EgressSettings settings, InstantSource clock) {
    this(settings, clock, Sleeper.REAL, RandomGenerator.getDefault(), ANSWER_TIMEOUT);
  }

  /** As above, with the pause between attempts and the time for an answer handed in. */
  public Egress(
      EgressSettings settings,
      InstantSource clock,
      Sleeper sleeper,
      RandomGenerator random,
      Duration answerTimeout) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.answerTimeout = answerTimeout;
    // Names load a DNS library, which a cold start without look-ups need not wait for.
    this.names = new Lazy<>(() -> new NameResolver(settings.dns()));
    this.guard = new Lazy<>(() -> new AddressGuard(names(), settings.allowedNetworks()));
    this.trust = new Lazy<>(() -> new Trust(settings.trustedCertificates()));
    this.client = new Lazy<>(this::newClient);
  }

  @Override
  public Egress trusting(String pem) {
    return new Egress(settings.trusting(pem), clock, sleeper, random, answerTimeout);
  }

  /** Name look-ups as configured. */
  public NameResolver names() {
    return names.get();
  }

  /** The clock that all clients of systems share. */
  public InstantSource clock() {
    return clock;
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    return repeated(call, () -> once(call));
  }

  @Override
  public HttpAnswer send(HttpCall call, BodyReader reader) {
    return repeated(call, () -> once(call, reader));
  }

  private HttpAnswer repeated(HttpCall call, Supplier<HttpAnswer> sending) {
    checkHost(call);
    Instant start = clock.instant();
    for (int attempt = 0; ; attempt++) {
      boolean last =
          !call.readOnly()
              || attempt == REPEATS
              || clock.instant().isAfter(start.plus(NO_REPEAT_AFTER));
      try {
        HttpAnswer answer = sending.get();
        if (last || !WORTH_REPEATING.contains(answer.status()) || !pause(attempt, answer)) {
          return answer;
        }
      } catch (SystemTrouble trouble) {
        boolean worthIt = LOST.contains(trouble.kind());
        if (last || !worthIt || !pause(attempt, Optional.empty())) {
          throw trouble;
        }
      }
    }
  }

  /**
   * Opens a TCP connection to a host that a customer named, directly or through the proxy: to the
   * first of its addresses that takes one. Reading from it times out like an HTTP answer.
   *
   * @throws SystemTrouble when the host is refused or none of its addresses can be reached
   */
  public Socket open(String system, String asked, String host, int port) {
    return begin(system, asked, host, port, socket -> socket);
  }

  /**
   * As {@link #open}, and begins a conversation: the next address is tried as well where it cannot
   * begin (RFC 5321, section 5.1). Ten addresses at most, within 12 seconds.
   *
   * @param beginning takes the socket over; it closes the socket and throws where the other side is
   *     silent, busy or gone
   * @throws SystemTrouble the first address's, when no address is better; any other of {@code
   *     beginning} at once
   */
  public <T> T begin(
      String system, String asked, String host, int port, Function<Socket, T> beginning) {
    List<InetAddress> addresses =
        guard.get().check(system, asked, host, false).addresses().stream()
            .limit(MOST_ADDRESSES)
            .toList();
    Duration patience = CONNECT_ALL.dividedBy(addresses.size());
    Duration each = patience.compareTo(CONNECT_TIMEOUT) < 0 ? patience : CONNECT_TIMEOUT;
    Instant last = clock.instant().plus(NO_ADDRESS_AFTER);
    Map<InetAddress, SystemTrouble> troubles = new LinkedHashMap<>();
    for (InetAddress address : addresses) {
      if (!troubles.isEmpty() && clock.instant().isAfter(last)) {
        break;
      }
      try {
        return beginning.apply(connected(system, asked, new HostPort(host, port), address, each));
      } catch (SystemTrouble trouble) {
        if (!WORTH_ANOTHER_ADDRESS.contains(trouble.kind())) {
          throw trouble;
        }
        troubles.put(address, trouble);
      }
    }
    throw TroubleClassifier.ofAddresses(troubles);
  }

  private Socket connected(
      String system, String asked, HostPort target, InetAddress address, Duration patience) {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(Math.toIntExact(answerTimeout.toMillis()));
      // Conversations are short lines: one sent behind another must not wait for its receipt.
      socket.setTcpNoDelay(true);
      if (settings.proxy().isPresent()) {
        HostPort proxy = settings.proxy().get();
        connect(socket, new InetSocketAddress(proxy.host(), proxy.port()), patience);
        ProxyTunnel.connect(socket, new HostPort(address.getHostAddress(), target.port()));
      } else {
        connect(socket, new InetSocketAddress(address, target.port()), patience);
      }
      return socket;
    } catch (IOException e) {
      close(socket);
      throw TroubleClassifier.of(e, system, asked, target.toString(), Redactor.none());
    }
  }

  /**
   * Turns an open connection into TLS, checking trust and host name.
   *
   * @param host the name that the certificate must be for, also sent as SNI
   * @throws SystemTrouble when the handshake fails; a certificate's fault is put in words with its
   *     dates and names
   */
  public SSLSocket tls(String system, String asked, Socket plain, String host) {
    TlsAttempt attempt = handshake(plain, host);
    if (attempt.socket().isPresent()) {
      return attempt.socket().get();
    }
    close(plain);
    String against = new HostPort(host, plain.getPort()).toString();
    throw TroubleClassifier.ofHandshake(attempt, system, asked, host, against, clock.instant());
  }

  /** As {@link #tls}, returning what was seen instead of throwing. */
  public TlsAttempt handshake(Socket plain, String host) {
    Trust.Capture capture = new Trust.Capture();
    try {
      SSLSocket socket =
          (SSLSocket)
              trust
                  .get()
                  .context(capture)
                  .getSocketFactory()
                  .createSocket(plain, host, plain.getPort(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new TlsAttempt(Optional.of(socket), capture.chain(), Optional.empty());
    } catch (IOException e) {
      return new TlsAttempt(Optional.empty(), capture.chain(), Optional.of(e));
    }
  }

  private void checkHost(HttpCall call) {
    URI uri = call.uri();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !Set.of("http", "https").contains(scheme)) {
      throw new SystemTrouble(
          call.system(),
          SystemTrouble.Kind.INPUT,
          "The address must be of the form https://host/path, without a user in it.",
          call.asked(),
          "",
          "");
    }
    if (call.destination() == Destination.VENDOR) {
      AddressGuard.checkVendor(call);
      return;
    }
    boolean bySystem = settings.proxy().isEmpty();
    AddressGuard.Checked checked =
        guard.get().check(call.system(), call.asked(), uri.getHost(), bySystem);
    if (scheme.equals("http") && !checked.allAllowedByOperator()) {
      throw new SystemTrouble(
          call.system(),
          SystemTrouble.Kind.ADDRESS_REFUSED,
          "Slipway does not speak unencrypted HTTP with " + uri.getHost() + "; give https://.",
          call.asked(),
          call.against(),
          "");
    }
  }

  private HttpAnswer once(HttpCall call) {
    if (call.readOnly()) {
      return once(call, client.get());
    }
    // A function that was frozen may hold connections which the other side has closed meanwhile. A
    // read is repeated then; a write must not be, so it gets a connection of its own.
    HttpClient fresh = newClient();
    try {
      return once(call, fresh);
    } finally {
      fresh.shutdownNow();
    }
  }

  private HttpAnswer once(HttpCall call, HttpClient via) {
    return awaited(
        call,
        via.sendAsync(
                request(call), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY))
            .thenApply(response -> answer(call, response, Bytes.of(response.body()))));
  }

  private HttpAnswer once(HttpCall call, BodyReader reader) {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client
            .get()
            .sendAsync(
                request(call.header("Accept-Encoding", "gzip")), BodyHandlers.ofInputStream());
    try {
      return awaited(
          call,
          sent.thenApplyAsync(
              response -> read(call, response, reader), Thread::startVirtualThread));
    } finally {
      // A reader that is still at work is stopped, and the connection is free for others.
      if (sent.state() == Future.State.SUCCESS) {
        close(sent.resultNow().body());
      }
    }
  }

  private HttpAnswer read(HttpCall call, HttpResponse<InputStream> response, BodyReader reader) {
    boolean zipped =
        response
            .headers()
            .firstValue("content-encoding")
            .filter("gzip"::equalsIgnoreCase)
            .isPresent();
    try (InputStream body = zipped ? new GZIPInputStream(response.body()) : response.body()) {
      if (response.statusCode() / 100 != 2) {
        return answer(call, response, Bytes.of(body.readNBytes(LARGEST_BODY)));
      }
      reader.read(body);
      return answer(call, response, Bytes.NONE);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private HttpAnswer answer(HttpCall call, HttpResponse<?> response, Bytes body) {
    Map<String, List<String>> headers =
        response.headers().map().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    return new HttpAnswer(call, response.statusCode(), headers, body, clock.instant());
  }

  /**
   * Waiting on the future bounds the body as well: the request's own time-out ends at the header.
   */
  private HttpAnswer awaited(HttpCall call, CompletableFuture<HttpAnswer> future) {
    try {
      return future.get(answerTimeout.toMillis() * 6 / 5, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw troubleOf(call, e.getCause());
    } catch (TimeoutException e) {
      future.cancel(true);
      throw TroubleClassifier.ofTimeout(e, call.system(), call.asked(), call.against());
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw TroubleClassifier.ofTimeout(e, call.system(), call.asked(), call.against());
    }
  }

  private HttpRequest request(HttpCall call) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(call.uri())
              .timeout(answerTimeout)
              .method(
                  call.method(),
                  call.body().size() == 0
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(call.body().toArray()));
      call.headers().entrySet().stream()
          .filter(header -> !SET_BY_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> request.header(header.getKey(), header.getValue()));
      return request.build();
    } catch (IllegalArgumentException e) {
      // Not kept as the cause: its message quotes the value, which can be a key.
      throw new SystemTrouble(
          call.system(),
          SystemTrouble.Kind.INPUT,
          "A value holds characters that cannot be sent, such as a line break in a key.",
          call.asked(),
          call.against(),
          "");
    }
  }

  private SystemTrouble troubleOf(HttpCall call, Throwable cause) {
    SystemTrouble trouble =
        TroubleClassifier.of(cause, call.system(), call.asked(), call.against(), call.redactor());
    boolean aboutTls =
        trouble.kind() == SystemTrouble.Kind.CERTIFICATE
            || trouble.kind() == SystemTrouble.Kind.TLS;
    if (!aboutTls || call.destination() == Destination.VENDOR) {
      return trouble;
    }
    // The JDK's HTTP client does not show the refused chain: look again to name dates and names.
    int port = call.uri().getPort() < 0 ? 443 : call.uri().getPort();
    try (Socket plain = open(call.system(), call.asked(), call.uri().getHost(), port)) {
      tls(call.system(), call.asked(), plain, call.uri().getHost()).close();
    } catch (SystemTrouble precise) {
      return precise.kind() == SystemTrouble.Kind.CERTIFICATE ? precise : trouble;
    } catch (IOException e) {
      return trouble;
    }
    return trouble;
  }

  private boolean pause(int attempt, HttpAnswer answer) {
    return pause(attempt, RetryAfter.of(answer));
  }

  /** Waits shortly; false when the system asks for more patience than a function should have. */
  private boolean pause(int attempt, Optional<Instant> retryAt) {
    Duration asked = retryAt.map(at -> Duration.between(clock.instant(), at)).orElse(Duration.ZERO);
    if (asked.compareTo(LONGEST_PAUSE) > 0) {
      return false;
    }
    long most = SHORTEST_PAUSE.toMillis() << attempt;
    Duration jittered = Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    try {
      sleeper.sleep(asked.compareTo(jittered) > 0 ? asked : jittered);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpClient newClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(trust.get().context());
    settings
        .proxy()
        .ifPresentOrElse(
            proxy ->
                builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port()))),
            () -> builder.proxy(HttpClient.Builder.NO_PROXY));
    return builder.build();
  }

  private static void connect(Socket socket, InetSocketAddress address, Duration patience)
      throws IOException {
    socket.connect(address, Math.toIntExact(patience.toMillis()));
  }

  private static void close(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is being given up; there is nobody left to tell.
      return;
    }
  }
}
