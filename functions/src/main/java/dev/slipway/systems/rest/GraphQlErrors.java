package dev.slipway.systems.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the errors of a GraphQL API, which stand in the body whatever the HTTP status is, often 200
 * (GraphQL specification, 7.1.2). Each vendor has classes of errors of its own.
 *
 * <pre>{@code
 * new JsonApi(http, "payment-gateway", Destination.VENDOR, base)
 *     .withErrors(new GraphQlErrors(Map.of("AUTHENTICATION", Kind.AUTHENTICATION_FAILED)));
 * }</pre>
 */
public final class GraphQlErrors implements Consumer<HttpAnswer> {

  /** The members of an error's {@code extensions} in which vendors name its class. */
  private static final List<String> CLASSES =
      List.of("/error_code", "/errorClass", "/nerdGraphExtensions/errorClass");

  private final Map<String, Kind> kinds;

  /**
   * @param kinds the kind of each class; an error of another class is a rejection
   */
  public GraphQlErrors(Map<String, Kind> kinds) {
    this.kinds = Map.copyOf(kinds);
  }

  @Override
  public void accept(HttpAnswer answer) {
    if (!answer.text().stripLeading().startsWith("{")) {
      return;
    }
    JsonNode error = answer.json().path("errors").path(0);
    if (error.isObject()) {
      throw trouble(answer, error);
    }
  }

  private SystemTrouble trouble(HttpAnswer answer, JsonNode error) {
    Optional<String> named =
        CLASSES.stream()
            .map(error.path("extensions")::at)
            .map(JsonNode::asText)
            .filter(text -> !text.isEmpty())
            .findFirst();
    return answer.trouble(
        named.map(name -> kinds.getOrDefault(name, Kind.REJECTED)).orElse(Kind.REJECTED),
        "%s answered %s with an error: %s%s."
            .formatted(
                answer.call().against(),
                answer.call().asked(),
                error.path("message").asText("no message").strip().replaceAll("\\.$", ""),
                named.map(name -> " (" + name + ")").orElse("")));
  }
}
