package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Splunk's REST API on port 8089, of Splunk Cloud as of Splunk Enterprise: search jobs, saved
 * searches with their fired alerts, receiving ports; and its HTTP Event Collector. Unverified: the
 * answer about fired alerts.
 *
 * <p>Of a system's part: {@code tokens}, {@code jobs}, {@code saved} (by name), {@code slow} (so
 * many looks more find a search not done), {@code closed} (no port receives from forwarders).
 */
final class SplunkSearches {
  private static final String SAVED = "/servicesNS/nobody/search/saved/searches";
  private static final String JOBS = "/services/search/jobs";

  private final World world;
  private final String system;
  private final LogLines lines;

  SplunkSearches(World world, String system) {
    this.world = world;
    this.system = system;
    this.lines = new LogLines(world);
  }

  /** What answers each route. */
  Map<String, Function<RestCall, HttpAnswer>> routes() {
    return Map.of(
        "POST " + JOBS,
        this::newJob,
        "GET " + JOBS + "/{sid}/results",
        this::results,
        "GET /services/data/inputs/tcp/cooked",
        call -> ports(),
        "GET " + SAVED + "/{name}",
        this::savedSearch,
        "POST " + SAVED,
        call -> save(call, call.parameter("name")),
        "POST " + SAVED + "/{name}",
        call -> save(call, call.path("name")),
        "DELETE " + SAVED + "/{name}",
        this::remove,
        "GET /services/alerts/fired_alerts/{name}",
        this::fired);
  }

  /** The HTTP Event Collector, which a token of the system's part lets in to. */
  HttpAnswer event(RestCall call) {
    String given = call.http().header("authorization").orElse("");
    JsonNode tokens = world.read(system, part -> part.path("tokens").<JsonNode>deepCopy());
    String source =
        tokens
            .valueStream()
            .filter(each -> given.equals("Splunk " + each.path("token").asText()))
            .map(each -> each.path("source").asText())
            .findFirst()
            .orElseThrow(() -> new Refusal(said(403, 4, "Invalid token")));
    lines.add(source, "nex-app", source, call.json().path("event").asText());
    return said(200, 0, "Success");
  }

  private static HttpAnswer said(int status, int code, String text) {
    return HttpAnswer.json(status, Json.object().put("text", text).put("code", code));
  }

  private HttpAnswer newJob(RestCall call) {
    String query = read(call);
    List<JsonNode> found = lines.found(query);
    ArrayNode results = Json.array();
    if (query.contains("| stats count by host, source")) {
      results = LogLines.grouped(found, "host", "source");
    } else {
      for (JsonNode line : found) {
        results.add(row(line));
      }
    }
    ArrayNode kept = results;
    String sid =
        world.change(
            system,
            part -> {
              ObjectNode jobs = part.withObjectProperty("jobs");
              String id = "1795687200." + (jobs.size() + 1);
              jobs.set(id, kept);
              return id;
            });
    return HttpAnswer.json(201, Json.object().put("sid", sid));
  }

  private static ObjectNode row(JsonNode line) {
    return Json.object()
        .put("_raw", line.path("text").asText())
        .put("host", line.path("host").asText())
        .put("source", line.path("kind").asText());
  }

  private HttpAnswer results(RestCall call) {
    return world.change(
        system,
        part -> {
          int slow = part.path("slow").asInt();
          if (slow > 0) {
            part.put("slow", slow - 1);
            return HttpAnswer.empty(204);
          }
          JsonNode results = part.path("jobs").path(call.path("sid"));
          if (!results.isArray()) {
            throw refusal(404, "Unknown sid.");
          }
          ObjectNode answer = Json.object().put("preview", false).put("init_offset", 0);
          answer.putArray("messages");
          answer.putArray("fields");
          answer.set("results", results.deepCopy());
          return HttpAnswer.json(200, answer);
        });
  }

  private HttpAnswer ports() {
    boolean isClosed = world.read(system, part -> part.path("closed").asBoolean());
    ObjectNode answer = Json.object();
    ObjectNode entry = answer.putArray("entry").addObject().put("name", "9997");
    entry.putObject("content").put("disabled", isClosed);
    return HttpAnswer.json(200, answer);
  }

  private HttpAnswer savedSearch(RestCall call) {
    return entry(call.path("name"), saved(call.path("name")));
  }

  private ObjectNode saved(String name) {
    JsonNode found = world.read(system, part -> part.path("saved").path(name).<JsonNode>deepCopy());
    if (found instanceof ObjectNode content) {
      return content;
    }
    throw refusal(404, "Could not find object id=" + name);
  }

  private HttpAnswer save(RestCall call, String name) {
    read(call);
    return world.change(
        system,
        part -> {
          ObjectNode all = part.withObjectProperty("saved");
          if (all.has(name) && !call.parameter("name").isEmpty()) {
            throw refusal(409, "A saved search with that name already exists.");
          }
          ObjectNode content = all.withObjectProperty(name);
          call.http().parameters().forEach(content::put);
          content.remove(List.of("name", "output_mode"));
          return entry(name, content.deepCopy());
        });
  }

  private HttpAnswer remove(RestCall call) {
    saved(call.path("name"));
    world.edit(system, part -> part.withObjectProperty("saved").remove(call.path("name")));
    return HttpAnswer.json(200, Json.object());
  }

  private HttpAnswer fired(RestCall call) {
    ObjectNode content = saved(call.path("name"));
    int found = lines.found(content.path("search").asText()).size();
    if (found <= content.path("alert_threshold").asInt()) {
      throw refusal(404, "Could not find object id=" + call.path("name"));
    }
    return entry(call.path("name"), Json.object().put("savedsearch_name", call.path("name")));
  }

  private static HttpAnswer entry(String name, ObjectNode content) {
    ObjectNode answer = Json.object();
    answer.putArray("entry").addObject().put("name", name).set("content", content);
    return HttpAnswer.json(200, answer);
  }

  private static String read(RestCall call) {
    String query = call.parameter("search");
    if (!LogLines.isWellFormed(query)) {
      throw refusal(400, "Error in 'search' command: Unable to parse the search: unbalanced.");
    }
    return query;
  }

  static Refusal refusal(int status, String text) {
    ObjectNode answer = Json.object();
    answer
        .putArray("messages")
        .addObject()
        .put("type", status == 401 ? "WARN" : "ERROR")
        .put("text", text);
    return new Refusal(HttpAnswer.json(status, answer));
  }
}
