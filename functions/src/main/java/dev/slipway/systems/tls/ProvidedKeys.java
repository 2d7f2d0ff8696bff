package dev.slipway.systems.tls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The private keys that a customer gave for the certificates of one environment, by the names of
 * these: the credential {@code certificates}. Never shows itself.
 */
public final class ProvidedKeys {
  private final JsonNode keys;

  private ProvidedKeys(JsonNode keys) {
    this.keys = keys;
  }

  /** Those of a secret. */
  public static ProvidedKeys of(JsonNode secret) {
    return new ProvidedKeys(secret.path("keys"));
  }

  /** The finding of one certificate's key; empty if there is one and it fits. */
  public Optional<CertificateFinding> finding(String name, CertificateCheck certificate) {
    return find(name)
        .map(key -> certificate.key(pem(key), passphrase(key)))
        .orElseGet(
            () ->
                Optional.of(
                    CertificateFinding.error(
                        "key-missing",
                        "There is no private key of this name.",
                        "Store it under the certificate's name `" + name + "`.")));
  }

  /**
   * The key of a certificate for the system that is to use it: PKCS #8 in PEM, not encrypted.
   *
   * @throws IllegalStateException unless {@link #finding} has none
   */
  public String pem(String name, CertificateCheck certificate) {
    try {
      JsonNode key = find(name).orElseThrow(() -> new IllegalStateException("no key " + name));
      return ServerKey.read(
              pem(key), passphrase(key), certificate.chain().getFirst().getPublicKey())
          .pem();
    } catch (ServerKey.Unusable e) {
      throw new IllegalStateException("the key " + name + " cannot be read", e);
    }
  }

  private Optional<JsonNode> find(String name) {
    return keys.valueStream().filter(key -> key.path("name").asText().equals(name)).findFirst();
  }

  private static String pem(JsonNode key) {
    return key.path("privateKey").asText();
  }

  private static String passphrase(JsonNode key) {
    return key.path("passphrase").asText(null);
  }

  @Override
  public String toString() {
    return keys.size() + " private keys";
  }
}
