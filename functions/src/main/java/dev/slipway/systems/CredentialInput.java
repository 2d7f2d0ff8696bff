package dev.slipway.systems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * The values given to a credential test. A value that is missing is a trouble that names it, in the
 * words of the checklist.
 */
public final class CredentialInput {

  private final String system;
  private final JsonNode secret;
  private final JsonNode elements;
  private final Set<String> open;

  /**
   * Wraps both documents; null counts as empty.
   *
   * @param system the system tested
   */
  public CredentialInput(String system, JsonNode secret, JsonNode elements) {
    this(
        system,
        secret == null ? MissingNode.getInstance() : secret,
        elements == null ? MissingNode.getInstance() : elements,
        Set.of());
  }

  private CredentialInput(String system, JsonNode secret, JsonNode elements, Set<String> open) {
    this.system = system;
    this.secret = secret;
    this.elements = elements;
    this.open = open;
  }

  /**
   * The same, whose redactor leaves the values of these fields as they are: choices such as {@code
   * "environment": "sandbox"}, which are part of hosts and of messages.
   */
  public CredentialInput choosing(String... fields) {
    return new CredentialInput(system, secret, elements, Set.of(fields));
  }

  /** A text that the secret must hold. */
  public String secret(String field) {
    return secretIfAny(field)
        .orElseThrow(
            () -> missing("The credential \"" + system + "\" lacks the field \"" + field + "\"."));
  }

  /** A text that the secret may hold. */
  public Optional<String> secretIfAny(String field) {
    return text(secret.path(field));
  }

  /** A text that an element must hold. */
  public String element(String element, String field) {
    return elementIfAny(element, field)
        .orElseThrow(
            () ->
                missing(
                    "Give \""
                        + field
                        + "\" of the element \""
                        + element
                        + "\" first: without it the credential cannot be tested."));
  }

  /** A text that an element may hold. */
  public Optional<String> elementIfAny(String element, String field) {
    return text(elements.path(element).path(field));
  }

  /** A whole number between 1 and 65535 that an element may hold, as a number or a text. */
  public Optional<Integer> portIfAny(String element, String field) {
    return elementIfAny(element, field)
        .map(
            text -> {
              if (!text.matches("\\d{1,5}")
                  || Integer.parseInt(text) < 1
                  || Integer.parseInt(text) > 65535) {
                throw missing(
                    "\"" + field + "\" of the element \"" + element + "\" is not a port number.");
              }
              return Integer.parseInt(text);
            });
  }

  /** An address that an element must hold, with a host and http or https. */
  public URI url(String element, String field) {
    String text = element(element, field);
    try {
      URI uri = new URI(text.strip());
      if (uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notAnAddress(element, field);
    }
    throw notAnAddress(element, field);
  }

  private SystemTrouble notAnAddress(String element, String field) {
    return missing(
        "\""
            + field
            + "\" of the element \""
            + element
            + "\" must be of the form https://host/path.");
  }

  /** The system tested. */
  public String system() {
    return system;
  }

  /** Knows every text of the secret but its choices. */
  public Redactor redactor() {
    return secret instanceof ObjectNode fields
        ? Redactor.ofSecret(fields.deepCopy().remove(open))
        : Redactor.ofSecret(secret);
  }

  /** A trouble about a value that is missing or malformed. */
  public SystemTrouble missing(String message) {
    return new SystemTrouble(
        system, SystemTrouble.Kind.INPUT, message, "credential test", system, "");
  }

  private static Optional<String> text(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.asText().isBlank()
        ? Optional.of(node.asText())
        : Optional.empty();
  }
}
