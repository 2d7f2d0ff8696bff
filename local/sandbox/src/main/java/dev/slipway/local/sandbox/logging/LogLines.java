package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines that arrived at a customer's logging system, whichever of the vendors' it is: the
 * world's part {@code logs} with {@code lines} ({@code drain}, {@code host}, {@code kind}, {@code
 * text}, {@code minutesAgo}), {@code hosts} (by name: {@code kinds} that its collector reads,
 * {@code alive}) and {@code lost} (what is sent to an endpoint does not arrive).
 *
 * <p>Of the languages of queries it understands what Slipway writes: a bracket of conditions of
 * which one has to hold, a bracket with words, and grouping by machine and kind.
 *
 * <p>The acts: {@code write-log} ({@code line}; {@code environment}, whose drain it comes by) is a
 * line of an application, {@code report-host} ({@code host}, {@code kinds}) a collector that was
 * installed.
 */
final class LogLines {
  private static final String SYSTEM = "logs";
  private static final Pattern CONDITION =
      Pattern.compile("(_sourceCategory|_sourceHost|source|host)=\"?([^\"\\s)]+)\"?");
  private static final Pattern WORDS = Pattern.compile("\\) \\(\"?([^\"()|]*)\"?\\)");

  private final World world;

  LogLines(World world) {
    this.world = world;
  }

  Map<String, Act> acts() {
    return Map.of("write-log", this::write, "report-host", this::report);
  }

  private JsonNode write(JsonNode details) {
    String drain = "slipway-" + details.path("environment").asText();
    return add(drain, "nex-app", drain, details.path("line").asText());
  }

  private JsonNode report(JsonNode details) {
    String host = details.path("host").asText();
    for (String kind : Json.strings(details.path("kinds"))) {
      add("", host, kind, "a line of " + kind);
    }
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode collector = part.withObjectProperty("hosts").putObject(host);
          collector.put("alive", true).set("kinds", details.path("kinds").deepCopy());
          return collector.deepCopy();
        });
  }

  /** A line arrives. */
  JsonNode add(String drain, String host, String kind, String text) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode line =
              Json.object()
                  .put("drain", drain)
                  .put("host", host)
                  .put("kind", kind)
                  .put("text", text)
                  .put("minutesAgo", 0);
          if (drain.isEmpty() || !part.path("lost").asBoolean()) {
            part.withArrayProperty("lines").add(line.deepCopy());
          }
          return line;
        });
  }

  /** The collectors that are installed on machines, by name. */
  JsonNode hosts() {
    return world.read(SYSTEM, part -> part.path("hosts").<JsonNode>deepCopy());
  }

  /** Whether a query can be read at all. */
  static boolean isWellFormed(String query) {
    return query.chars().filter(each -> each == '(').count()
        == query.chars().filter(each -> each == ')').count();
  }

  /** The lines of the last hour that a query finds. */
  List<JsonNode> found(String query) {
    int end = query.indexOf(')') + 1;
    Matcher condition = CONDITION.matcher(query.substring(0, end));
    Map<String, List<String>> wanted = new TreeMap<>();
    while (condition.find()) {
      boolean isHost = condition.group(1).toLowerCase(Locale.ROOT).endsWith("host");
      wanted
          .computeIfAbsent(isHost ? "host" : "drain", key -> new ArrayList<>())
          .add(condition.group(2));
    }
    Matcher words = WORDS.matcher(query);
    String word = words.find() ? words.group(1).toLowerCase(Locale.ROOT) : "";
    return world.read(
        SYSTEM,
        part ->
            part.path("lines")
                .valueStream()
                .filter(line -> line.path("minutesAgo").asInt() < 60)
                .filter(
                    line ->
                        wanted.entrySet().stream()
                            .anyMatch(
                                each ->
                                    each.getValue().contains(line.path(each.getKey()).asText())))
                .filter(line -> line.path("text").asText().toLowerCase(Locale.ROOT).contains(word))
                .map(JsonNode::<JsonNode>deepCopy)
                .toList());
  }

  /** How many of these lines each machine has of each kind, by the names of the two fields. */
  static ArrayNode grouped(List<JsonNode> lines, String host, String kind) {
    Map<String, ObjectNode> rows = new TreeMap<>();
    for (JsonNode line : lines) {
      String key = line.path("host").asText() + " " + line.path("kind").asText();
      ObjectNode row =
          rows.computeIfAbsent(
              key,
              missing ->
                  Json.object()
                      .put(host, line.path("host").asText())
                      .put(kind, line.path("kind").asText()));
      row.put("count", String.valueOf(row.path("count").asInt() + 1));
    }
    ArrayNode all = Json.array();
    rows.values().forEach(all::add);
    return all;
  }
}
