package dev.slipway.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.lambda.FunctionInvoker;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.lambda.LambdaServiceException;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request: route, authorizer, function, response; with the answers that API Gateway gives. */
final class HttpApiHandler extends Handler.Abstract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 10 * 1024 * 1024;
  private static final int MOST_SECONDS = 30;

  private final RouteTable routes;
  private final Map<String, String> functionArns = new HashMap<>();
  private final FunctionInvoker functions;
  private final LocalIssuer issuer;
  private final ApiExtensions extensions;
  private final InstantSource clock;
  private final Optional<LocalSignIn> signIn;

  /**
   * @param signIn the page on which a person is picked; empty: there is none
   */
  HttpApiHandler(
      Template template,
      FunctionInvoker functions,
      LocalIssuer issuer,
      ApiExtensions extensions,
      InstantSource clock,
      Optional<LocalSignIn> signIn) {
    super(InvocationType.BLOCKING);
    this.routes = new RouteTable(template.routes());
    template.functions().forEach(one -> functionArns.put(one.logicalId(), one.arn()));
    this.functions = functions;
    this.issuer = issuer;
    this.extensions = extensions;
    this.clock = clock;
    this.signIn = signIn;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var path = request.getHttpURI().getPath();
    if (path.equals("/.well-known/openid-configuration")) {
      json(response, callback, 200, JSON.valueToTree(issuer.configuration()));
      return true;
    }
    if (path.equals("/.well-known/jwks.json")) {
      json(response, callback, 200, JSON.valueToTree(issuer.keys()));
      return true;
    }
    if (path.equals(LocalIssuer.TOKENS)) {
      token(request, response, callback);
      return true;
    }
    if (signIn.isPresent() && LocalSignIn.has(path)) {
      var answer = signIn.get().answer(request, body(request).orElse(new byte[0]), response);
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
    var match = routes.find(request.getMethod(), path);
    // Read whatever the answer is: what is left unread would end a connection in use.
    var body = body(request);
    if (match.isEmpty()) {
      message(response, callback, 404, "Not Found");
      return true;
    }
    if (body.isEmpty()) {
      tooLarge(response, callback);
      return true;
    }
    var route = match.get().route();
    var claims = route.authorizer().flatMap(authorizer -> claims(request, authorizer));
    if (route.authorizer().isPresent()) {
      if (claims.isEmpty()) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        message(response, callback, 401, "Unauthorized");
        return true;
      }
      if (!scoped(route, claims.get())) {
        message(response, callback, 403, "Forbidden");
        return true;
      }
    }
    var requestId = UUID.randomUUID().toString();
    var event = ProxyEvent.of(request, body.get(), match.get(), claims, requestId, clock.instant());
    response.getHeaders().put("apigw-requestid", requestId);
    answer(route, event, response, callback);
    return true;
  }

  /** A token for another person: on this machine no identity provider gives any. */
  private void token(Request request, Response response, Callback callback) throws IOException {
    var body = body(request).orElse(new byte[0]);
    var claims = issuer.verify(bearer(request), List.of(issuer.audience()));
    if (claims.isEmpty()) {
      message(response, callback, 401, "Unauthorized");
      return;
    }
    JsonNode wish;
    try {
      wish = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      message(response, callback, 400, "The body must be JSON");
      return;
    }
    var given = extensions.token(claims.get(), wish);
    if (given.isEmpty()) {
      message(response, callback, 403, "This caller gets no such token for another person");
      return;
    }
    json(
        response,
        callback,
        201,
        JSON.createObjectNode()
            .put("token", issuer.token(given.get().subject(), given.get().claims())));
  }

  private static String bearer(Request request) {
    var header = Optional.ofNullable(request.getHeaders().get("Authorization")).orElse("");
    return header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())
        ? header.substring("Bearer ".length()).strip()
        : header;
  }

  private static Optional<byte[]> body(Request request) throws IOException {
    if (request.getLength() > MOST_BYTES) {
      return Optional.empty();
    }
    try (var input = Content.Source.asInputStream(request)) {
      var body = input.readNBytes(MOST_BYTES + 1);
      return body.length > MOST_BYTES ? Optional.empty() : Optional.of(body);
    }
  }

  private Optional<Map<String, Object>> claims(
      Request request, RouteResource.JwtAuthorizer authorizer) {
    var audiences =
        authorizer.audiences().stream().anyMatch(name -> !name.isBlank())
            ? authorizer.audiences()
            : List.of(issuer.audience());
    return issuer.verify(bearer(request), audiences);
  }

  private static boolean scoped(RouteResource route, Map<String, Object> claims) {
    if (route.scopes().isEmpty()) {
      return true;
    }
    var scope = claims.getOrDefault("scope", claims.getOrDefault("scp", ""));
    var granted = Arrays.asList(String.valueOf(scope).split(" ", -1));
    return route.scopes().stream().anyMatch(granted::contains);
  }

  private void answer(RouteResource route, JsonNode event, Response response, Callback callback)
      throws IOException {
    InvocationResult result;
    try {
      result =
          functions
              .invoke(functionArns.get(route.functionId()), event)
              .get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      message(response, callback, 503, "Service Unavailable");
      return;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LambdaServiceException refused
          && refused.code().equals("RequestTooLargeException")) {
        tooLarge(response, callback);
      } else {
        message(response, callback, 500, "Internal Server Error");
      }
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      message(response, callback, 503, "Service Unavailable");
      return;
    }
    if (result.failed()) {
      message(response, callback, 500, "Internal Server Error");
      return;
    }
    respond(result.payload(), response, callback);
  }

  private static void respond(JsonNode payload, Response response, Callback callback)
      throws IOException {
    var answer = ProxyEvent.Answer.of(payload);
    if (answer.status() < 100 || answer.status() > 599) {
      message(response, callback, 500, "Internal Server Error");
      return;
    }
    byte[] bytes;
    try {
      bytes =
          payload.path("isBase64Encoded").asBoolean()
              ? Base64.getDecoder().decode(answer.body())
              : answer.body().getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      message(response, callback, 500, "Internal Server Error");
      return;
    }
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach(
            (name, value) -> {
              // The length is that of the bytes sent, whatever the function says.
              if (!name.toLowerCase(Locale.ROOT).equals("content-length")) {
                response.getHeaders().put(name, value);
              }
            });
    answer.cookies().forEach(cookie -> response.getHeaders().add(HttpHeader.SET_COOKIE, cookie));
    if (bytes.length > 0 && !response.getHeaders().contains(HttpHeader.CONTENT_TYPE)) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    }
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /**
   * Whichever bound it is: the gateway's own, or Lambda's of 6 MB, which a body of more than 4.5 MB
   * exceeds once it is in base 64.
   */
  private void tooLarge(Response response, Callback callback) throws IOException {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    var problem = extensions.tooLarge();
    if (problem.isPresent()) {
      json(response, callback, 413, "application/problem+json", problem.get());
    } else {
      message(response, callback, 413, "Request Entity Too Large");
    }
  }

  private static void message(Response response, Callback callback, int status, String text)
      throws IOException {
    json(response, callback, status, JSON.createObjectNode().put("message", text));
  }

  private static void json(Response response, Callback callback, int status, JsonNode body)
      throws IOException {
    json(response, callback, status, "application/json", body);
  }

  private static void json(
      Response response, Callback callback, int status, String mediaType, JsonNode body)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(body)), callback);
  }
}
