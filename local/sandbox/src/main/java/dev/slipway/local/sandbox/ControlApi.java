package dev.slipway.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.network.HttpListener;
import dev.slipway.local.sandbox.network.HttpListener.Reaction;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sandbox's control endpoint: plain HTTP, JSON, loopback.
 *
 * <table>
 * <caption>Requests</caption>
 * <tr><td>{@code GET /state}</td><td>{@code {endpoints, world, faults, acts}}</td></tr>
 * <tr><td>{@code GET /calls}</td><td>{@code {counts: [{system, method, key, count, ok}], calls: [{at,
 * system, method, key, outcome}]}}</td></tr>
 * <tr><td>{@code GET /mails}</td><td>{@code {mails: [{at, sender, recipients, authenticatedAs,
 * subject, content}]}}; {@code ?to=} keeps one recipient's</td></tr>
 * <tr><td>{@code POST /world}</td><td>a merge patch over {@code world}</td></tr>
 * <tr><td>{@code POST /faults}</td><td>a {@link Fault}; {@code DELETE} forgets them all</td></tr>
 * <tr><td>{@code POST /acts}</td><td>{@code {act, …}}: what a person does at a vendor's</td></tr>
 * <tr><td>{@code POST /reset}</td><td>a new world, no calls, no mails, no faults</td></tr>
 * </table>
 *
 * <p>An error of a request comes back as 400 {@code {error}}; an act that the vendor would refuse,
 * as 422.
 */
final class ControlApi implements HttpListener.Responder {

  private final World world;
  private final Faults faults;
  private final CallLog calls;
  private final Journal<Mail> mails;
  private final Map<String, Act> acts;
  private final AtomicReference<ObjectNode> endpoints = new AtomicReference<>(Json.object());

  ControlApi(
      World world, Faults faults, CallLog calls, Journal<Mail> mails, Map<String, Act> acts) {
    this.world = world;
    this.faults = faults;
    this.calls = calls;
    this.mails = mails;
    this.acts = Map.copyOf(acts);
  }

  /** Sets the endpoints that {@code /state} shows. */
  void announce(SandboxEndpoints known) {
    endpoints.set(known.toJson());
  }

  @Override
  public Reaction respond(HttpCall call) {
    return new Reaction.Answer(answer(call));
  }

  private HttpAnswer answer(HttpCall call) {
    try {
      return switch (call.method() + " " + call.path()) {
        case "GET /state" -> HttpAnswer.json(200, state());
        case "GET /calls" -> HttpAnswer.json(200, calls());
        case "GET /mails" ->
            HttpAnswer.json(200, mails(Optional.ofNullable(call.parameters().get("to"))));
        case "POST /world" -> {
          world.merge(patch(body(call)));
          yield HttpAnswer.empty(204);
        }
        case "POST /faults" -> {
          faults.add(Fault.fromJson(body(call)));
          yield HttpAnswer.empty(204);
        }
        case "DELETE /faults" -> {
          faults.clear();
          yield HttpAnswer.empty(204);
        }
        case "POST /acts" -> act(body(call));
        case "POST /reset" -> {
          world.reset();
          faults.clear();
          calls.clear();
          mails.clear();
          yield HttpAnswer.empty(204);
        }
        default -> error(404, "Unknown request: " + call.method() + " " + call.path());
      };
    } catch (IllegalArgumentException | IOException e) {
      return error(400, e.getMessage());
    }
  }

  private HttpAnswer act(JsonNode details) {
    String name = details.path("act").asText("");
    Act act = acts.get(name);
    if (act == null) {
      return error(400, "Unknown act \"" + name + "\"; known: " + acts.keySet());
    }
    ObjectNode given = details.deepCopy();
    given.remove("act");
    List<ActForm.Wrong> wrong = ActForm.wrong(name, given);
    if (!wrong.isEmpty()) {
      calls.record("person", Operation.of(name), "refused");
      return error(422, wrong.getFirst().detail() + " " + wrong.getFirst().message());
    }
    try {
      JsonNode seen = act.perform(details);
      calls.record("person", Operation.of(name), RecordedCall.OK);
      return HttpAnswer.json(200, seen);
    } catch (IllegalArgumentException e) {
      calls.record("person", Operation.of(name), "refused");
      return error(422, e.getMessage());
    }
  }

  private ObjectNode state() {
    ObjectNode state = Json.object();
    state.set("endpoints", endpoints.get());
    state.set("world", world.snapshot());
    ArrayNode pending = state.putArray("faults");
    faults.all().forEach(fault -> pending.add(fault.toJson()));
    state.set("acts", Json.texts(acts.keySet().stream().sorted().toList()));
    return state;
  }

  private ObjectNode calls() {
    record Kind(String system, String method, String key) {}
    Map<Kind, int[]> counts = new LinkedHashMap<>();
    ObjectNode answer = Json.object();
    ArrayNode counted = answer.putArray("counts");
    ArrayNode listed = answer.putArray("calls");
    for (RecordedCall call : calls.all()) {
      listed.add(call.toJson());
      int[] count =
          counts.computeIfAbsent(
              new Kind(call.system(), call.method(), call.key()), kind -> new int[2]);
      count[0]++;
      count[1] += call.succeeded() ? 1 : 0;
    }
    counts.forEach(
        (kind, count) ->
            counted
                .addObject()
                .put("system", kind.system())
                .put("method", kind.method())
                .put("key", kind.key())
                .put("count", count[0])
                .put("ok", count[1]));
    return answer;
  }

  private ObjectNode mails(Optional<String> recipient) {
    ObjectNode answer = Json.object();
    ArrayNode listed = answer.putArray("mails");
    for (Mail mail : mails.all()) {
      if (recipient.map(mail.recipients()::contains).orElse(true)) {
        listed.add(mail.toJson());
      }
    }
    return answer;
  }

  private static JsonNode body(HttpCall call) throws IOException {
    JsonNode body = Json.parse(call.body());
    if (!body.isObject()) {
      throw new IllegalArgumentException("The body has to be a JSON object");
    }
    return body;
  }

  /** A system's part stays an object under every patch. */
  private static JsonNode patch(JsonNode body) {
    for (JsonNode part : body) {
      if (!part.isObject()) {
        throw new IllegalArgumentException("Each system's part of the world is an object");
      }
    }
    return body;
  }

  private static HttpAnswer error(int status, String message) {
    return HttpAnswer.json(status, Json.object().put("error", message));
  }
}
