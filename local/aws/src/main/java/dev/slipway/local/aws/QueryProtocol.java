package dev.slipway.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * AWS's Query protocol: parameters as a form, answers and errors in XML. {@code Version} says which
 * service is meant, {@code Action} what it shall do.
 */
record QueryProtocol(ObjectNode parameters) {
  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  /** Whether a request is in this protocol. */
  static boolean speaks(String target, String contentType) {
    return target.isEmpty() && contentType != null && contentType.startsWith(MEDIA_TYPE);
  }

  /** A form of which nothing is known yet. */
  static QueryProtocol unread() {
    return new QueryProtocol(JsonNodeFactory.instance.objectNode());
  }

  /**
   * Reads a form.
   *
   * @throws AwsException if it is none
   */
  static QueryProtocol read(byte[] body) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new QueryProtocol(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsException("MalformedQueryString", "The form is malformed.");
    }
  }

  String action() {
    return parameters.path("Action").asText();
  }

  String version() {
    return parameters.path("Version").asText();
  }

  /** An answer, of texts and objects. */
  String answer(JsonNode result) {
    StringBuilder xml = new StringBuilder();
    xml.append('<').append(action()).append("Response xmlns=\"").append(namespace()).append("\">");
    xml.append('<').append(action()).append("Result>");
    members(xml, result);
    xml.append("</").append(action()).append("Result>");
    xml.append("<ResponseMetadata><RequestId>")
        .append(UUID.randomUUID())
        .append("</RequestId></ResponseMetadata>");
    return xml.append("</").append(action()).append("Response>").toString();
  }

  /** An error. */
  String error(AwsException error) {
    StringBuilder xml = new StringBuilder();
    xml.append("<ErrorResponse xmlns=\"").append(namespace()).append("\"><Error>");
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.put("Type", error.status() >= 500 ? "Receiver" : "Sender");
    members.put("Code", error.code()).put("Message", error.getMessage());
    members(xml, members);
    return xml.append("</Error><RequestId>")
        .append(UUID.randomUUID())
        .append("</RequestId></ErrorResponse>")
        .toString();
  }

  private String namespace() {
    return "http://ses.amazonaws.com/doc/" + escaped(version()) + "/";
  }

  private static void members(StringBuilder xml, JsonNode object) {
    object
        .properties()
        .forEach(
            member -> {
              xml.append('<').append(member.getKey()).append('>');
              if (member.getValue().isObject()) {
                members(xml, member.getValue());
              } else {
                xml.append(escaped(member.getValue().asText()));
              }
              xml.append("</").append(member.getKey()).append('>');
            });
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
