package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.JsonApi;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Calls methods and tells answers from errors. Everything is a POST with its parameters in the
 * body: a session in a URL would end up in logs on the way, and URLs are limited to 2048
 * characters.
 */
final class PlatformCalls {

  /** The application id that the public client sends with every call. */
  private static final String APPID = "cluster";

  private final JsonApi api;
  private final JsonApi forms;
  private final String system;
  private final String session;

  PlatformCalls(HttpPort http, String system, URI base, String session) {
    Map<String, String> login = new TreeMap<>(Map.of("appid", APPID));
    if (!session.isEmpty()) {
      login.put("session", session);
    }
    this.api = new JsonApi(http, system, Destination.CUSTOMER, base).redacting(session);
    this.forms = api.with(call -> call.form(login));
    this.system = system;
    this.session = session;
  }

  /** A method that changes nothing; repeated shortly when the network fails. */
  JsonNode read(PlatformMethod method, Map<String, String> parameters) {
    return understood(method, forms.ask(method.permission(), method.path(), parameters));
  }

  /** A method that writes; sent once. */
  JsonNode write(PlatformMethod method, Map<String, String> parameters) {
    return writeSecret(method, parameters);
  }

  /** As {@link #write}, with values that must not appear in any message. */
  JsonNode writeSecret(PlatformMethod method, Map<String, String> parameters, String... secrets) {
    return understood(
        method, forms.redacting(secrets).post(method.permission(), method.path(), parameters));
  }

  /** Uploads one file as multipart form. */
  JsonNode upload(String fileName, Bytes file) {
    String boundary = "slipway-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, boundary, "session", session);
    field(body, boundary, "fid", UUID.randomUUID().toString());
    write(
        body,
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + fileName
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    body.writeBytes(file.toArray());
    write(body, "\r\n--" + boundary + "--\r\n");
    PlatformMethod method = PlatformMethod.UPLOAD;
    HttpCall call =
        api.call(method.permission(), method.path())
            .method("POST")
            .body("multipart/form-data; boundary=" + boundary, Bytes.of(body.toByteArray()));
    return understood(method, api.send(call));
  }

  String against() {
    return api.against();
  }

  String system() {
    return system;
  }

  /** An answer for the record. */
  String forTheRecord(JsonNode answer) {
    return Redactor.of(session).answer(answer.toString());
  }

  private static JsonNode understood(PlatformMethod method, HttpAnswer answer) {
    JsonNode tree = answer.json();
    JsonNode result = tree.path("result");
    if (!result.isIntegralNumber()) {
      throw answer.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          answer.call().against()
              + " answered "
              + method.permission()
              + " without a result number; it may not be the platform.");
    }
    // Some methods wrap the answer, and report an error only inside.
    JsonNode inner = tree.path("response");
    boolean innerError = inner.path("result").asInt(0) != 0;
    if (result.asInt() == 0 && !innerError) {
      return inner.isObject() ? inner : tree;
    }
    JsonNode failed = result.asInt() != 0 ? tree : inner;
    PlatformError error =
        new PlatformError(
            method,
            failed.path("result").asInt(),
            answer.call().redactor().answer(failed.path("error").asText("")));
    throw answer.trouble(error.kind(), error.message());
  }

  private static void field(
      ByteArrayOutputStream body, String boundary, String name, String value) {
    write(
        body,
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"\r\n\r\n"
            + value
            + "\r\n");
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
