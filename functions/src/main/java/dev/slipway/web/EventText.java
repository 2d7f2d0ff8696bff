package dev.slipway.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of a JSON document, by their path in it, such as {@code headers.host}. The pages'
 * function reads nothing else of its event, and a library for that would be a third of its start.
 */
final class EventText {
  private final String json;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private int at;

  private EventText(String json) {
    this.json = json;
  }

  /**
   * Reads a document, whose objects' texts are kept and whose lists are passed over.
   *
   * @throws IllegalArgumentException if it ends early
   */
  static Map<String, String> of(String json) {
    EventText reading = new EventText(json);
    reading.value("", true);
    return reading.texts;
  }

  private void value(String path, boolean kept) {
    switch (next()) {
      case '{' -> {
        at++;
        while (next() != '}') {
          String name = text();
          next(); // The colon.
          at++;
          value(path.isEmpty() ? name : path + '.' + name, kept);
          if (next() == ',') {
            at++;
          }
        }
        at++;
      }
      case '[' -> {
        at++;
        while (next() != ']') {
          value(path, false);
          if (next() == ',') {
            at++;
          }
        }
        at++;
      }
      case '"' -> {
        String text = text();
        if (kept) {
          texts.put(path, text);
        }
      }
      default -> {
        int began = at;
        while (at < json.length() && ",]}".indexOf(json.charAt(at)) < 0) {
          at++;
        }
        if (at == began) {
          throw new IllegalArgumentException("event: a value is missing at character " + at);
        }
      }
    }
  }

  /** The next character that is not white. */
  private char next() {
    while (at < json.length() && json.charAt(at) <= ' ') {
      at++;
    }
    if (at >= json.length()) {
      throw new IllegalArgumentException("event: it ends early");
    }
    return json.charAt(at);
  }

  private String text() {
    if (next() != '"') {
      throw new IllegalArgumentException("event: a text is missing at character " + at);
    }
    StringBuilder text = new StringBuilder();
    for (at++; at < json.length() && json.charAt(at) != '"'; at++) {
      char c = json.charAt(at);
      if (c == '\\' && at + 1 < json.length()) {
        at++;
        c = escaped(json.charAt(at));
      }
      text.append(c);
    }
    if (at >= json.length()) {
      throw new IllegalArgumentException("event: it ends early");
    }
    at++;
    return text.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        if (at >= json.length()) {
          throw new IllegalArgumentException("event: it ends early");
        }
        yield (char) Integer.parseInt(json, at - 3, at + 1, 16);
      }
      default -> c;
    };
  }
}
