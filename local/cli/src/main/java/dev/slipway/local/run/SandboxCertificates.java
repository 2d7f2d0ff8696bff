package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.sandbox.tls.LocalAuthority;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The certificates of a profile's customer, made as it is read, so that no private key is in a
 * file: {@code {"$certificate": "*.customer.example"}} is a certificate with its issuers, to be
 * handed over, and {@code {"$key": "*.customer.example"}} the text of its private key.
 */
final class SandboxCertificates {
  /** The text of a file to be handed over. */
  static final String TEXT = "$text";

  private static final String CERTIFICATE = "$certificate";
  private static final String KEY = "$key";

  private final LocalAuthority authority =
      new LocalAuthority(InstantSource.system(), Optional.empty());

  /** Puts certificates and keys in the places that ask for them. */
  JsonNode in(JsonNode value) {
    if (value.size() == 1 && value.has(KEY)) {
      return TextNode.valueOf(authority.keyPem(value.path(KEY).asText()));
    }
    if (value.size() == 1 && value.has(CERTIFICATE)) {
      String host = value.path(CERTIFICATE).asText();
      ((ObjectNode) value).removeAll().put(TEXT, authority.chainPem(host));
    } else if (value instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(in(field.getValue())));
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, in(array.get(i)));
      }
    }
    return value;
  }
}
