package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.task.Work;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secrets that a connector needs of its own: two keys by which it encrypts what it stores, and
 * the login of its page of jobs. The task makes them once, and no person gets them; a connector
 * that a person deployed has its own.
 *
 * @param encryptionKey1 32 characters, as the connectors' framework wants them
 * @param encryptionKey2 likewise
 */
record ConnectorSecrets(
    String encryptionKey1, String encryptionKey2, String jobsUser, String jobsPassword) {
  static final String SYSTEM = "connector-secrets";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Those that are there; they are made if there are none. */
  static ConnectorSecrets ensure(Work work) {
    return of(work.ownSecret(SYSTEM, ConnectorSecrets::make));
  }

  /** Those that are there. */
  static ConnectorSecrets of(JsonNode secret) {
    return new ConnectorSecrets(
        secret.path("encryptionKey1").asText(),
        secret.path("encryptionKey2").asText(),
        secret.path("jobsUser").asText(),
        secret.path("jobsPassword").asText());
  }

  private static JsonNode make() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("encryptionKey1", random())
        .put("encryptionKey2", random())
        .put("jobsUser", "slipway-" + random().substring(0, 8))
        .put("jobsPassword", random());
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "the connector's own secrets";
  }
}
