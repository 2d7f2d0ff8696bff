package dev.slipway.systems.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One vendor's HTTP API that answers JSON. It adds the login to each call, redacts it from each
 * answer, and turns every other answer than a success into a {@link SystemTrouble} of a kind.
 *
 * <pre>{@code
 * JsonApi api =
 *     new JsonApi(http, "support", Destination.VENDOR, URI.create("https://acme.example/api/v2/"))
 *         .with(Authentication.bearer(token));
 * JsonNode user =
 *     JsonApi.ensure(
 *         () -> first(api.get("users by mail", "users", Map.of("email", mail)).json()),
 *         () -> api.post("new user", "users", body).json());
 * }</pre>
 *
 * <p>Answers come whole, so that a client can follow a header to the next page, or hand an {@code
 * ETag} on: {@code api.send(api.call("user", "users/1").method("PATCH").header("If-Match",
 * etag).json(body))}.
 */
public final class JsonApi {

  private final HttpPort http;
  private final String system;
  private final Destination destination;
  private final String base;
  private final Authentication authentication;
  private final Consumer<HttpAnswer> errors;

  /**
   * An API without a login, whose errors are its HTTP statuses.
   *
   * @param system the system's name, as in the credential's name
   * @param destination who named the host
   * @param base the address that every path is below
   */
  public JsonApi(HttpPort http, String system, Destination destination, URI base) {
    this(http, system, destination, base.toString(), Authentication.none(), answer -> {});
  }

  private JsonApi(
      HttpPort http,
      String system,
      Destination destination,
      String base,
      Authentication authentication,
      Consumer<HttpAnswer> errors) {
    this.http = http;
    this.system = system;
    this.destination = destination;
    this.base = base.endsWith("/") ? base : base + "/";
    this.authentication = authentication;
    this.errors = errors;
  }

  /** The same API with this login besides the one it has. */
  public JsonApi with(Authentication login) {
    Authentication both = call -> login.authenticate(authentication.authenticate(call));
    return new JsonApi(http, system, destination, base, both, errors);
  }

  /** The same API, whose answers may hold these secrets. */
  public JsonApi redacting(String... secrets) {
    return with(call -> call.redacting(secrets));
  }

  /**
   * The same API, which reports errors in a form of its own.
   *
   * @param reader sees each answer before its status counts, and throws a {@link SystemTrouble} for
   *     what it knows to be an error
   */
  public JsonApi withErrors(Consumer<HttpAnswer> reader) {
    return new JsonApi(http, system, destination, base, authentication, reader);
  }

  /** Scheme, host and port, which a report may name. */
  public String against() {
    URI uri = URI.create(base);
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  /**
   * A GET that is not sent yet.
   *
   * @param asked what is asked, in words that may be stored and shown
   * @param path below the base address, encoded; a query may be part of it
   */
  public HttpCall call(String asked, String path) {
    return HttpCall.get(system, asked, destination, URI.create(base + path), Redactor.none());
  }

  /** A text as one part of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Reads. */
  public HttpAnswer get(String asked, String path) {
    return send(call(asked, path));
  }

  /** Reads with a query of these names and values, not encoded yet. */
  public HttpAnswer get(String asked, String path, Map<String, String> query) {
    return get(asked, path + "?" + encoded(query));
  }

  /** Reads what may not be there: empty at HTTP 404. */
  public Optional<HttpAnswer> find(String asked, String path) {
    HttpAnswer answer = read(call(asked, path));
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.orTrouble());
  }

  /** Creates or changes. Sent once: whether a lost answer was a success, only a look tells. */
  public HttpAnswer post(String asked, String path, JsonNode body) {
    return send(call(asked, path).method("POST").json(body));
  }

  /** As above, for an API that wants a form. */
  public HttpAnswer post(String asked, String path, Map<String, String> form) {
    return send(call(asked, path).method("POST").form(new TreeMap<>(form)));
  }

  /** A POST that does no harm twice, because it only asks, or because it names what it makes. */
  public HttpAnswer ask(String asked, String path, JsonNode body) {
    return send(call(asked, path).method("POST").changingNothing().json(body));
  }

  /** As above, for an API that wants a form. */
  public HttpAnswer ask(String asked, String path, Map<String, String> form) {
    return send(call(asked, path).method("POST").changingNothing().form(new TreeMap<>(form)));
  }

  /**
   * Sends any call of this API.
   *
   * @throws SystemTrouble for every other answer than a success
   */
  public HttpAnswer send(HttpCall call) {
    return read(call).orTrouble();
  }

  /** As above, for an answer of any size. */
  public HttpAnswer send(HttpCall call, HttpPort.BodyReader reader) {
    HttpAnswer answer = http.send(authentication.authenticate(call), reader);
    errors.accept(answer);
    return answer.orTrouble();
  }

  /**
   * An object with a natural key, made unless it is there. Hardly a vendor offers an idempotency
   * key, and each has another way to say "already exists" (HTTP 409, 422, 400, or 200 with an
   * error), so after a failure a second look decides: the object that it finds was made by another
   * caller, or by this call whose answer was lost, and is adopted.
   *
   * @param look finds it by its natural key, and changes nothing
   * @param create makes it; is called once at most
   * @throws SystemTrouble that of {@code create}, when nothing is there after it either
   */
  public static <T> T ensure(Supplier<Optional<T>> look, Supplier<T> create) {
    Optional<T> present = look.get();
    if (present.isPresent()) {
      return present.get();
    }
    try {
      return create.get();
    } catch (SystemTrouble trouble) {
      return adopted(look, trouble).orElseThrow(() -> trouble);
    }
  }

  private static <T> Optional<T> adopted(Supplier<Optional<T>> look, SystemTrouble trouble) {
    if (trouble.kind() == Kind.RATE_LIMITED) {
      return Optional.empty();
    }
    try {
      return look.get();
    } catch (SystemTrouble second) {
      // The first error is the one to tell.
      trouble.addSuppressed(second);
      return Optional.empty();
    }
  }

  private HttpAnswer read(HttpCall call) {
    HttpAnswer answer = http.send(authentication.authenticate(call));
    errors.accept(answer);
    return answer;
  }

  private static String encoded(Map<String, String> query) {
    return new TreeMap<>(query)
        .entrySet().stream()
            .map(
                field ->
                    URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }
}
