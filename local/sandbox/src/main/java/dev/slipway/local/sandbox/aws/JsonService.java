package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.World;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A service of AWS's JSON protocol: {@code X-Amz-Target} names the operation. A missing field that
 * AWS requires is a {@code ValidationException}.
 */
abstract class JsonService implements AwsService {

  /** Does one operation, within a change of the world's part {@code aws}. */
  @FunctionalInterface
  interface Handler {
    JsonNode answer(ObjectNode part, JsonNode input, AwsCaller caller);
  }

  private record Route(List<String> required, Handler handler) {}

  private static final int PAGE = 20;

  private final World world;
  private final String name;
  private final String prefix;
  private final Map<String, Route> routes = new LinkedHashMap<>();

  JsonService(World world, String name, String prefix) {
    this.world = world;
    this.name = name;
    this.prefix = prefix;
  }

  /** Takes an operation, whose input has to have these fields. */
  final void on(String operation, List<String> required, Handler handler) {
    routes.put(operation, new Route(required, handler));
  }

  /** What a request is about, for counting and for matching faults. */
  abstract String key(JsonNode input);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Operation operation(HttpCall call) {
    return new Operation(target(call), key(input(call)));
  }

  @Override
  public final HttpAnswer answer(HttpCall call, AwsCaller caller) {
    Route route = routes.get(target(call));
    if (route == null) {
      return error(400, "UnknownOperationException", target(call));
    }
    JsonNode input = input(call);
    for (String field : route.required()) {
      if (!input.hasNonNull(field)) {
        return error(400, "ValidationException", "Missing required field: " + field);
      }
    }
    return HttpAnswer.json(
        200, world.change(Aws.SYSTEM, part -> route.handler().answer(part, input, caller)));
  }

  @Override
  public HttpAnswer error(int status, String code, String message) {
    ObjectNode body = Json.object().put("__type", code).put("Message", message);
    return HttpAnswer.json(status, body).noted(code);
  }

  final Refusal refusal(String code, String message) {
    return new Refusal(error(400, code, message));
  }

  /** A page of a list, whose token is the number of the page. */
  static ObjectNode page(String members, Iterable<? extends JsonNode> all, JsonNode input) {
    int from = Integer.parseInt(input.path("NextToken").asText("0"));
    int size = input.path("MaxResults").asInt(PAGE);
    ObjectNode answer = Json.object();
    ArrayNode page = answer.putArray(members);
    int index = 0;
    for (JsonNode each : all) {
      if (index >= from && index < from + size) {
        page.add(each.deepCopy());
      }
      index++;
    }
    return index > from + size ? answer.put("NextToken", Integer.toString(from + size)) : answer;
  }

  /** The members of a list that fit. */
  static List<JsonNode> where(JsonNode list, Predicate<JsonNode> wanted) {
    return list.valueStream().filter(wanted).toList();
  }

  private String target(HttpCall call) {
    String target = call.header("x-amz-target").orElse("");
    return target.startsWith(prefix + ".") ? target.substring(prefix.length() + 1) : target;
  }

  private static JsonNode input(HttpCall call) {
    try {
      return Json.parse(call.text());
    } catch (UncheckedIOException e) {
      return Json.object();
    }
  }
}
