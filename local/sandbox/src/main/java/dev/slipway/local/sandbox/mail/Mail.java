package dev.slipway.local.sandbox.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import java.time.Instant;
import java.util.List;

/**
 * One received mail.
 *
 * @param at when it was accepted
 * @param sender the envelope's sender
 * @param recipients the envelope's recipients
 * @param authenticatedAs the user who submitted it; empty for one from inside the sandbox
 * @param subject the subject line, unfolded
 * @param content header and body as received
 */
public record Mail(
    Instant at,
    String sender,
    List<String> recipients,
    String authenticatedAs,
    String subject,
    String content) {

  /** Copies what it is given. */
  public Mail {
    recipients = List.copyOf(recipients);
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("at", at.toString())
            .put("sender", sender)
            .put("authenticatedAs", authenticatedAs)
            .put("subject", subject)
            .put("content", content);
    json.set("recipients", Json.texts(recipients));
    return json;
  }

  /** The inverse of {@link #toJson}. */
  public static Mail fromJson(JsonNode json) {
    return new Mail(
        Instant.parse(json.path("at").asText()),
        json.path("sender").asText(),
        Json.strings(json.path("recipients")),
        json.path("authenticatedAs").asText(),
        json.path("subject").asText(),
        json.path("content").asText());
  }

  /** The subject of a message in Internet Message Format (RFC 5322), folded lines joined. */
  static String subjectOf(String content) {
    String header = content.split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n[ \t]+", " ");
    return header
        .lines()
        .filter(line -> line.regionMatches(true, 0, "Subject:", 0, 8))
        .map(line -> line.substring(8).strip())
        .findFirst()
        .orElse("");
  }
}
