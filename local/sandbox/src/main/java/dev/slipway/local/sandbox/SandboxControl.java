package dev.slipway.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A client of a sandbox's control endpoint, for tests and for profiles that play the people's part.
 *
 * <p>Methods throw {@link IllegalArgumentException} with the sandbox's reason when it refuses, and
 * {@link UncheckedIOException} when it does not answer.
 */
public final class SandboxControl {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI control;
  private final HttpClient http;

  /**
   * @param control see {@link SandboxEndpoints#control}
   */
  public SandboxControl(URI control) {
    this.control = control;
    // Never through a proxy: the endpoint is on this machine.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .proxy(ProxySelector.of(null))
            .build();
  }

  /** Endpoints, world, pending faults and known acts. */
  public JsonNode state() {
    return get("/state");
  }

  /** The state of all third parties. */
  public JsonNode world() {
    return state().path("world");
  }

  /** Every call that reached a stand-in, oldest first. */
  public List<RecordedCall> calls() {
    List<RecordedCall> calls = new ArrayList<>();
    get("/calls").path("calls").forEach(each -> calls.add(RecordedCall.fromJson(each)));
    return List.copyOf(calls);
  }

  /** How often a method was called, with whatever outcome. */
  public long count(String system, String method) {
    return calls().stream()
        .filter(call -> call.system().equals(system) && call.method().equals(method))
        .count();
  }

  /** How often a method did its work for a key, answers lost on the way included. */
  public long performed(String system, String method, String key) {
    return calls().stream()
        .filter(call -> call.system().equals(system) && call.method().equals(method))
        .filter(call -> call.key().equals(key) && call.succeeded())
        .count();
  }

  /** All mails, oldest first. */
  public List<Mail> mails() {
    List<Mail> mails = new ArrayList<>();
    get("/mails").path("mails").forEach(each -> mails.add(Mail.fromJson(each)));
    return List.copyOf(mails);
  }

  /** Applies a merge patch to the world. */
  public void patchWorld(JsonNode patch) {
    send("POST", "/world", patch);
  }

  /** Applies a merge patch, given as JSON text, to the world. */
  public void patchWorld(String patch) {
    patchWorld(Json.parse(patch));
  }

  /** Sets what is wrong with a host's certificate; {@code NONE} repairs it. */
  public void certificate(String host, CertificateFault fault) {
    ObjectNode patch = Json.object();
    patch
        .putObject("tls")
        .putObject("faults")
        .put(host, fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    patchWorld(patch);
  }

  /** Replaces a name's DNS records of one type, in zone-file notation; none removes them. */
  public void dns(String name, String type, String... values) {
    ObjectNode patch = Json.object();
    ObjectNode owner = patch.putObject("dns").putObject("records").putObject(name);
    if (values.length == 0) {
      owner.putNull(type);
    } else {
      owner.set(type, Json.texts(List.of(values)));
    }
    patchWorld(patch);
  }

  /** Adds trouble for the next matching calls. */
  public void fault(Fault fault) {
    send("POST", "/faults", fault.toJson());
  }

  /** Ends all trouble that faults make. */
  public void clearFaults() {
    send("DELETE", "/faults", Json.object());
  }

  /** Does what a person does in a vendor's own user interface. */
  public JsonNode act(String act, Map<String, String> details) {
    ObjectNode body = Json.object();
    details.forEach(body::put);
    return act(act, body);
  }

  /** The same with structured details. */
  public JsonNode act(String act, ObjectNode details) {
    return send("POST", "/acts", details.deepCopy().put("act", act));
  }

  /** A new world: no calls, no mails, no faults. */
  public void reset() {
    send("POST", "/reset", Json.object());
  }

  private JsonNode get(String path) {
    return exchange(HttpRequest.newBuilder(control.resolve(path)).GET());
  }

  private JsonNode send(String method, String path, JsonNode body) {
    return exchange(
        HttpRequest.newBuilder(control.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      JsonNode body = response.body().isEmpty() ? Json.object() : Json.parse(response.body());
      if (response.statusCode() >= 400) {
        throw new IllegalArgumentException(body.path("error").asText());
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox does not answer at " + control, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while talking to the sandbox", e);
    }
  }
}
