package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sumo Logic's search jobs: begun, asked for until they are done, and removed. */
final class SumoSearch {
  private static final String JOBS = "v1/search/jobs";
  private static final Duration BACK = Duration.ofHours(1);
  private static final Set<String> GIVEN_UP = Set.of("CANCELLED", "FORCE PAUSED");

  private final JsonApi api;
  private final InstantSource clock;
  private final Polling polling;

  SumoSearch(JsonApi api, InstantSource clock, Polling polling) {
    this.api = api;
    this.clock = clock;
    this.polling = polling;
  }

  /** How many lines of the last hour a query finds. */
  int count(String query) {
    String job = begin(query);
    int found = done(job).path("messageCount").asInt();
    remove(job);
    return found;
  }

  /** The records of a query that groups, each with its fields. */
  List<JsonNode> records(String query) {
    String job = begin(query);
    done(job);
    List<JsonNode> records =
        api.get("records of a search", JOBS + "/" + job + "/records?offset=0&limit=10000")
            .json()
            .path("records")
            .valueStream()
            .map(each -> each.path("map"))
            .toList();
    remove(job);
    return records;
  }

  private String begin(String query) {
    Instant now = clock.instant();
    HttpAnswer answer =
        api.ask(
            "new search",
            JOBS,
            JsonNodeFactory.instance
                .objectNode()
                .put("query", query)
                .put("from", now.minus(BACK).toEpochMilli())
                .put("to", now.toEpochMilli())
                .put("timeZone", "UTC"));
    String id = answer.json().path("id").asText();
    if (id.isEmpty()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Sumo Logic's answer names no search job.");
    }
    return id;
  }

  private JsonNode done(String job) {
    return polling.until(
        () -> {
          HttpAnswer answer = api.get("state of a search", JOBS + "/" + job);
          String state = answer.json().path("state").asText();
          if (GIVEN_UP.contains(state)) {
            throw answer.trouble(
                Kind.OUT_OF_ORDER, "Sumo Logic gave the search up: " + state + ".");
          }
          return Optional.of(answer.json()).filter(all -> state.equals("DONE GATHERING RESULTS"));
        },
        () -> api.against());
  }

  private void remove(String job) {
    api.send(api.call("a search", JOBS + "/" + job).method("DELETE"));
  }
}
