package dev.slipway.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters of a probe, and refuses what a probe does not take. */
final class ProbeFields {
  private static final int LONGEST = 500;
  private static final String HOST =
      "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String HTTPS = "https://[A-Za-z0-9.-]+(:\\d{1,5})?(/[^\\s?#]*)?";

  private final JsonNode parameters;
  private final Set<String> read = new HashSet<>();

  ProbeFields(JsonNode parameters) {
    if (parameters == null || !parameters.isObject()) {
      throw new InvalidProbe("A probe must be a JSON object.");
    }
    this.parameters = parameters;
  }

  String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual() || value.textValue().isEmpty() || value.textValue().length() > LONGEST) {
      throw new InvalidProbe(name + " must be a text of 1 to " + LONGEST + " characters");
    }
    return value.textValue();
  }

  /** Texts of a list; none if the field is not there. */
  List<String> texts(String name) {
    JsonNode value = field(name);
    if (!value.isMissingNode() && (!value.isArray() || value.isEmpty())) {
      throw new InvalidProbe(name + " must be a list that is not empty");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw new InvalidProbe(name + " must be texts");
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  /** A text that may be left out. */
  Optional<String> optional(String name) {
    return field(name).isMissingNode() ? Optional.empty() : Optional.of(text(name));
  }

  int number(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new InvalidProbe(name + " must be a whole number");
    }
    return value.intValue();
  }

  URI uri(String name) {
    String text = text(name);
    require(name, text, HTTPS);
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidProbe(name + " is no address");
    }
  }

  /** Refuses fields that the probe does not take. */
  void complete() {
    parameters
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                throw new InvalidProbe("The probe takes no such parameter as it has.");
              }
            });
  }

  private JsonNode field(String name) {
    read.add(name);
    return parameters.path(name);
  }

  static void require(String name, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw new InvalidProbe(name + " has a form that is not permitted");
    }
  }

  static void requireHost(String host) {
    if (host.length() > 253) {
      throw new InvalidProbe("host is too long");
    }
    require("host", host, HOST);
  }

  static void requirePort(int port) {
    if (port < 1 || port > 65535) {
      throw new InvalidProbe("port must be from 1 to 65535");
    }
  }

  static void requireHttps(URI url) {
    require("url", url.toString(), HTTPS);
    if (url.getHost() == null) {
      throw new InvalidProbe("the address names no host");
    }
  }
}
