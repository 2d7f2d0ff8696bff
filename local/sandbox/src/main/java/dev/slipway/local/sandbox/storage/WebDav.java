package dev.slipway.local.sandbox.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A WebDAV server, classes 1 and 2 announced (RFC 4918), with quota properties (RFC 4331): OPTIONS,
 * PROPFIND with depth 0 or 1, PUT (201 or 204, 409 without a parent, 507 over quota), GET, HEAD,
 * DELETE, MKCOL (405 if it exists). Locks are announced and not kept, which a probe does not
 * notice.
 *
 * <p>The world's part {@code webdav}: {@code users} (by name: {@code password}, {@code readOnly}),
 * {@code quotaBytes}, {@code collections} (paths that end in a slash), {@code files} (by path).
 */
public final class WebDav implements HttpStandIn {

  private static final String SYSTEM = "webdav";
  private static final String ALLOWED =
      "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, MKCOL, LOCK, UNLOCK";

  private final World world;

  /** A server whose files are in the world. */
  public WebDav(World world) {
    this.world = world;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        Site.https(SandboxDefaults.WEBDAV_HOST, "203.0.113.61"),
        Site.https(SandboxDefaults.INSIDE_WEBDAV_HOST, "10.20.0.61"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("quotaBytes", 10L << 30);
    part.putObject("users")
        .putObject(SandboxDefaults.WEBDAV_USER)
        .put("password", SandboxDefaults.WEBDAV_PASSWORD)
        .put("readOnly", false);
    part.putArray("collections").add("/").add(SandboxDefaults.WEBDAV_PATH);
    part.putObject("files");
    return part;
  }

  @Override
  public Operation operation(HttpCall call) {
    return new Operation(call.method(), path(call));
  }

  private static String path(HttpCall call) {
    return URLDecoder.decode(call.path().replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    return world.change(SYSTEM, part -> answer(part, call));
  }

  private static HttpAnswer answer(ObjectNode part, HttpCall call) {
    JsonNode user =
        call.basic()
            .map(given -> matching(part, given))
            .orElseGet(() -> Json.object().path("nobody"));
    if (user.isMissingNode()) {
      return HttpAnswer.text(401, "Unauthorized")
          .with("WWW-Authenticate", "Basic realm=\"backups\"");
    }
    boolean writes = List.of("PUT", "DELETE", "MKCOL").contains(call.method());
    if (writes && user.path("readOnly").asBoolean()) {
      return HttpAnswer.text(403, "Forbidden");
    }
    String path = path(call);
    return switch (call.method()) {
      case "OPTIONS" -> HttpAnswer.empty(200).with("DAV", "1, 2").with("Allow", ALLOWED);
      case "PROPFIND" -> properties(part, path, call.header("depth").orElse("infinity"));
      case "PUT" -> put(part, path, call.body());
      case "GET", "HEAD" -> get(part, path);
      case "DELETE" -> delete(part, path);
      case "MKCOL" -> makeCollection(part, path);
      default -> HttpAnswer.text(405, "Method Not Allowed").with("Allow", ALLOWED);
    };
  }

  private static JsonNode matching(ObjectNode part, HttpCall.Credentials given) {
    JsonNode user = part.path("users").path(given.user());
    boolean right = user.path("password").asText("").equals(given.password());
    return right ? user : Json.object().path("nobody");
  }

  private static HttpAnswer properties(ObjectNode part, String path, String depth) {
    if (depth.equals("infinity")) {
      return HttpAnswer.xml(
          403,
          "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
              + "<D:error xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>");
    }
    if (!isCollection(part, path) && !part.path("files").has(path)) {
      return HttpAnswer.text(404, "Not Found");
    }
    StringBuilder responses = new StringBuilder(response(part, path));
    if (depth.equals("1")) {
      for (Map.Entry<String, JsonNode> file : part.path("files").properties()) {
        if (parent(file.getKey()).equals(path)) {
          responses.append(response(part, file.getKey()));
        }
      }
    }
    return HttpAnswer.xml(
        207,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">"
            + responses
            + "</D:multistatus>");
  }

  private static String response(ObjectNode part, String path) {
    String properties =
        isCollection(part, path)
            ? "<D:resourcetype><D:collection/></D:resourcetype><D:quota-available-bytes>"
                + free(part, "")
                + "</D:quota-available-bytes><D:quota-used-bytes>"
                + (part.path("quotaBytes").asLong() - free(part, ""))
                + "</D:quota-used-bytes>"
            : "<D:resourcetype/><D:getcontentlength>"
                + bytes(part.path("files").path(path)).length
                + "</D:getcontentlength>";
    return "<D:response><D:href>"
        + path.replace("&", "&amp;").replace("<", "&lt;")
        + "</D:href><D:propstat><D:prop>"
        + properties
        + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";
  }

  private static HttpAnswer put(ObjectNode part, String path, byte[] body) {
    if (isCollection(part, path)) {
      return HttpAnswer.text(405, "Method Not Allowed");
    }
    if (!isCollection(part, parent(path))) {
      return HttpAnswer.text(409, "Conflict");
    }
    if (body.length > free(part, path)) {
      return HttpAnswer.text(507, "Insufficient Storage");
    }
    ObjectNode files = part.withObjectProperty("files");
    boolean existed = files.has(path);
    files.put(path, body);
    return HttpAnswer.empty(existed ? 204 : 201);
  }

  private static HttpAnswer get(ObjectNode part, String path) {
    JsonNode file = part.path("files").path(path);
    return file.isMissingNode()
        ? HttpAnswer.text(404, "Not Found")
        : new HttpAnswer(
            200, Map.of("Content-Type", "application/octet-stream"), bytes(file), RecordedCall.OK);
  }

  private static HttpAnswer delete(ObjectNode part, String path) {
    boolean existed = part.withObjectProperty("files").remove(path) != null;
    return existed ? HttpAnswer.empty(204) : HttpAnswer.text(404, "Not Found");
  }

  private static HttpAnswer makeCollection(ObjectNode part, String path) {
    String collection = path.endsWith("/") ? path : path + "/";
    if (isCollection(part, collection)) {
      return HttpAnswer.text(405, "Method Not Allowed");
    }
    if (!isCollection(part, parent(collection))) {
      return HttpAnswer.text(409, "Conflict");
    }
    part.withArrayProperty("collections").add(collection);
    return HttpAnswer.empty(201);
  }

  private static boolean isCollection(ObjectNode part, String path) {
    String collection = path.endsWith("/") ? path : path + "/";
    return Json.strings(part.path("collections")).contains(collection);
  }

  private static String parent(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(0, trimmed.lastIndexOf('/') + 1);
  }

  private static long free(ObjectNode part, String replaced) {
    long used = 0;
    for (Map.Entry<String, JsonNode> file : part.path("files").properties()) {
      used += file.getKey().equals(replaced) ? 0 : bytes(file.getValue()).length;
    }
    return part.path("quotaBytes").asLong() - used;
  }

  private static byte[] bytes(JsonNode file) {
    try {
      return file.binaryValue();
    } catch (IOException e) {
      throw new IllegalStateException("A file in the world is not Base64", e);
    }
  }
}
