package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.systems.net.HttpPort;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the targets in an answer of {@code GET /api/v1/targets} while it arrives: it has no pages,
 * grows with every label, and was seen with hundreds of megabytes. Of a target no more than four
 * fields are kept, and no longer than the target is read.
 */
final class TargetsReader implements HttpPort.BodyReader {

  private static final int NAMED = 3;

  private final JsonFactory json = new JsonFactory();
  private final List<String> firstDown = new ArrayList<>();
  private int active;
  private int down;
  private int unscraped;
  private boolean success;
  private boolean listed;

  @Override
  public void read(InputStream body) throws IOException {
    firstDown.clear();
    active = 0;
    down = 0;
    unscraped = 0;
    success = false;
    listed = false;
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        answer(parser);
      }
    }
  }

  /** Whether the answer was one of Prometheus, with a list of targets. */
  boolean isUnderstood() {
    return success && listed;
  }

  /** The counted targets. */
  Targets targets() {
    return new Targets(active, down, unscraped, firstDown);
  }

  private void answer(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("status")) {
        success = parser.getValueAsString("").equals("success");
      }
      if (field.equals("data") && value == JsonToken.START_OBJECT) {
        data(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void data(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("activeTargets") && value == JsonToken.START_ARRAY) {
        listed = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          target(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void target(JsonParser parser) throws IOException {
    String job = "";
    String address = "";
    String health = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "scrapeUrl" -> address = parser.getValueAsString("");
        case "health" -> health = parser.getValueAsString("");
        case "labels" -> job = value == JsonToken.START_OBJECT ? job(parser) : "";
        default -> parser.skipChildren();
      }
    }
    active++;
    switch (health) {
      case "up" -> {}
      case "down" -> {
        down++;
        if (firstDown.size() < NAMED) {
          firstDown.add(job + " " + address);
        }
      }
      default -> unscraped++;
    }
  }

  private static String job(JsonParser parser) throws IOException {
    String job = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("job")) {
        job = parser.getValueAsString("");
      }
      parser.skipChildren();
    }
    return job;
  }
}
