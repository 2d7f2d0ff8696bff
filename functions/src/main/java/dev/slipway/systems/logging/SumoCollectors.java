package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.logging.LogSystem.Machine;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sumo Logic's collectors: the hosted one of an environment, whose HTTP source is the endpoint, and
 * those installed on machines. By the vendor's pages on collectors; they are in no description.
 */
final class SumoCollectors {
  private static final int PAGE = 1000;

  private final JsonApi api;
  private final HttpPort http;
  private final SumoSearch search;

  SumoCollectors(JsonApi api, HttpPort http, SumoSearch search) {
    this.api = api;
    this.http = http;
    this.search = search;
  }

  /** The category of the lines that come by the endpoint, and the name of its collector. */
  static String category(String environment) {
    return "slipway-" + environment;
  }

  static String source(String environment) {
    return "drain-" + environment;
  }

  Optional<String> endpoint(String environment) {
    return found(environment).map(source -> source.path("id").asText());
  }

  /** Makes the hosted collector, unless it is there, and its source. */
  String make(String environment) {
    String name = category(environment);
    String collector =
        JsonApi.ensure(
            () -> collector(environment),
            () -> {
              ObjectNode body = JsonNodeFactory.instance.objectNode();
              body.putObject("collector")
                  .put("collectorType", "Hosted")
                  .put("name", name)
                  .put("description", "Made by Slipway for the logs of " + environment)
                  .put("category", name);
              return api.post("new collector", "v1/collectors", body)
                  .json()
                  .at("/collector/id")
                  .asText();
            });
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("source")
        .put("sourceType", "HTTP")
        .put("name", source(environment))
        .put("category", name)
        .put("messagePerRequest", false)
        .put("multilineProcessingEnabled", false);
    return Unquoted.of(
        () -> api.post("new source", sources(collector), body).json().at("/source/id").asText());
  }

  /** Removes the source, and the collector if it has no other. */
  void remove(String environment) {
    Optional<String> collector = collector(environment);
    if (collector.isPresent()) {
      String path = sources(collector.get());
      endpoint(environment)
          .ifPresent(id -> api.send(api.call("source", path + "/" + id).method("DELETE")));
      if (listed(collector.get()).isEmpty()) {
        api.send(api.call("collector", "v1/collectors/" + collector.get()).method("DELETE"));
      }
    }
  }

  /** Sends a line to the source, whose address is a secret as a whole. */
  void send(String environment, String line) {
    String url = found(environment).map(source -> source.path("url").asText()).orElseThrow();
    http.send(
            HttpCall.get(
                    SumoLogic.SYSTEM,
                    "a line to the HTTP source",
                    Destination.VENDOR,
                    URI.create(url),
                    Redactor.of(url, url.substring(url.lastIndexOf('/') + 1)))
                .method("POST")
                .body("text/plain", Bytes.of(line)))
        .orTrouble();
  }

  /** Alive are those whose collector says so; a kind is what its collector gives as a category. */
  List<Machine> machines(List<String> names) {
    Map<String, JsonNode> installed = installed();
    Map<String, Set<String>> heard = new HashMap<>();
    search
        .records(
            Query.within(
                Query.machines("_sourceHost", names),
                " or ",
                "| count by _sourceHost, _sourceCategory"))
        .forEach(
            row ->
                heard
                    .computeIfAbsent(
                        lower(row.path("_sourcehost").asText()), key -> new TreeSet<>())
                    .add(row.path("_sourcecategory").asText()));
    List<Machine> machines = new ArrayList<>();
    for (String name : names) {
      Optional<JsonNode> collector = Optional.ofNullable(installed.get(lower(name)));
      Set<String> kinds = heard.getOrDefault(lower(name), Set.of());
      Set<String> silent = new TreeSet<>();
      collector.ifPresent(
          found ->
              listed(found.path("id").asText())
                  .forEach(source -> silent.add(source.path("category").asText())));
      silent.removeAll(kinds);
      boolean isAlive = collector.map(found -> found.path("alive").asBoolean()).orElse(false);
      machines.add(new Machine(name, isAlive && !kinds.isEmpty(), kinds, silent));
    }
    return machines;
  }

  private Map<String, JsonNode> installed() {
    Map<String, JsonNode> byName = new HashMap<>();
    int size;
    do {
      JsonNode page =
          api.get(
                  "installed collectors",
                  "v1/collectors",
                  Map.of(
                      "filter", "installed",
                      "limit", String.valueOf(PAGE),
                      "offset", String.valueOf(byName.size())))
              .json()
              .path("collectors");
      size = page.size();
      page.forEach(each -> byName.put(lower(each.path("name").asText()), each));
    } while (size == PAGE);
    return byName;
  }

  private Optional<JsonNode> found(String environment) {
    return collector(environment)
        .flatMap(
            id ->
                listed(id).stream()
                    .filter(each -> each.path("name").asText().equals(source(environment)))
                    .findFirst());
  }

  private Optional<String> collector(String environment) {
    return api.find("collector by name", "v1/collectors/name/" + category(environment))
        .map(answer -> answer.json().at("/collector/id").asText());
  }

  private List<JsonNode> listed(String collector) {
    return Unquoted.of(
        () ->
            api.get("sources of a collector", sources(collector))
                .json()
                .path("sources")
                .valueStream()
                .toList());
  }

  private static String sources(String collector) {
    return "v1/collectors/" + collector + "/sources";
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
