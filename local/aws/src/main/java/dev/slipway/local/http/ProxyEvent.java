package dev.slipway.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.jetty.server.Request;

/** Makes the event that a function receives for a request: payload format 2.0 of HTTP APIs. */
final class ProxyEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ProxyEvent() {}

  /**
   * @param claims of the caller's token, where the route has an authorizer
   */
  static ObjectNode of(
      Request request,
      byte[] body,
      RouteTable.Match match,
      Optional<Map<String, Object>> claims,
      String requestId,
      Instant now) {
    var routeKey = match.route().routeKey();
    var uri = request.getHttpURI();
    var event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", uri.getPath());
    var query = Optional.ofNullable(uri.getQuery()).orElse("");
    event.put("rawQueryString", query);
    headers(request, event);
    query(query, event);
    var context = event.putObject("requestContext");
    context.put("accountId", "000000000000");
    context.put("apiId", "local");
    claims.ifPresent(found -> authorizer(found, match, context));
    var host = Optional.ofNullable(request.getHeaders().get("Host")).orElse("localhost");
    context.put("domainName", host);
    context.put("domainPrefix", "local");
    context
        .putObject("http")
        .put("method", request.getMethod())
        .put("path", uri.getPath())
        .put("protocol", request.getConnectionMetaData().getProtocol())
        .put("sourceIp", Request.getRemoteAddr(request))
        .put("userAgent", Optional.ofNullable(request.getHeaders().get("User-Agent")).orElse(""));
    context.put("requestId", requestId);
    context.put("routeKey", routeKey);
    context.put("stage", "$default");
    context.put("time", CLF.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    if (!match.parameters().isEmpty()) {
      var parameters = event.putObject("pathParameters");
      match.parameters().forEach(parameters::put);
    }
    body(request, body, event);
    return event;
  }

  private static void headers(Request request, ObjectNode event) {
    var joined = new LinkedHashMap<String, StringJoiner>();
    var cookies = new ArrayList<String>();
    for (var field : request.getHeaders()) {
      var name = field.getName().toLowerCase(Locale.ROOT);
      if (name.equals("cookie")) {
        cookies.addAll(List.of(field.getValue().split("; ", -1)));
      } else {
        joined
            .computeIfAbsent(name, key -> new StringJoiner(","))
            .add(Optional.ofNullable(field.getValue()).orElse(""));
      }
    }
    if (!cookies.isEmpty()) {
      var array = event.putArray("cookies");
      cookies.forEach(array::add);
    }
    var headers = event.putObject("headers");
    joined.forEach((name, values) -> headers.put(name, values.toString()));
  }

  private static void query(String query, ObjectNode event) {
    if (query.isEmpty()) {
      return;
    }
    var joined = new LinkedHashMap<String, StringJoiner>();
    for (var part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      var value = equals < 0 ? "" : part.substring(equals + 1);
      joined.computeIfAbsent(decoded(name), key -> new StringJoiner(",")).add(decoded(value));
    }
    var parameters = event.putObject("queryStringParameters");
    joined.forEach((name, values) -> parameters.put(name, values.toString()));
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  private static void authorizer(
      Map<String, Object> claims, RouteTable.Match match, ObjectNode context) {
    var jwt = context.putObject("authorizer").putObject("jwt");
    var object = jwt.putObject("claims");
    claims.forEach((name, value) -> object.put(name, claim(value)));
    if (match.route().scopes().isEmpty()) {
      jwt.putNull("scopes");
    } else {
      var scopes = jwt.putArray("scopes");
      match.route().scopes().forEach(scopes::add);
    }
  }

  /** Every claim arrives as text; a list as its items in brackets, without commas. */
  private static String claim(Object value) {
    return switch (value) {
      case Collection<?> items ->
          "[" + String.join(" ", items.stream().map(ProxyEvent::claim).toList()) + "]";
      case Map<?, ?> map -> JSON.valueToTree(map).toString();
      default -> String.valueOf(value);
    };
  }

  private static void body(Request request, byte[] body, ObjectNode event) {
    if (body.length == 0) {
      event.put("isBase64Encoded", false);
      return;
    }
    var type = Optional.ofNullable(request.getHeaders().get("Content-Type")).orElse("");
    var text = isText(type) ? text(body) : Optional.<String>empty();
    event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
    event.put("isBase64Encoded", text.isEmpty());
  }

  private static boolean isText(String contentType) {
    var type = contentType.toLowerCase(Locale.ROOT);
    return type.isEmpty()
        || type.startsWith("text/")
        || type.contains("json")
        || type.contains("xml")
        || type.contains("javascript");
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The answer of a function as an HTTP response, by the rules of payload format 2.0. */
  record Answer(int status, Map<String, String> headers, List<String> cookies, String body) {
    static Answer of(JsonNode payload) {
      if (!payload.isObject() || !payload.has("statusCode")) {
        var body = payload.isTextual() ? payload.textValue() : payload.toString();
        return new Answer(200, Map.of("content-type", "application/json"), List.of(), body);
      }
      var headers = new LinkedHashMap<String, String>();
      payload
          .path("headers")
          .properties()
          .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asText()));
      var cookies = new ArrayList<String>();
      payload.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
      return new Answer(
          payload.path("statusCode").asInt(), headers, cookies, payload.path("body").asText(""));
    }
  }
}
