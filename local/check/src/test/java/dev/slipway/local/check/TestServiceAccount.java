package dev.slipway.local.check;

import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A service account of Google whose key is made for the tests, so that none lies in the tree.
 *
 * @param file the JSON text of its key
 */
public record TestServiceAccount(String file) {
  private static final String EMAIL = "slipway@project.iam.gserviceaccount.example";
  private static final KeyPair KEYS = keys();

  /** Makes it known to a sandbox, with which an account of Analytics is shared. */
  public static TestServiceAccount in(SandboxControl control) {
    String known = Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    control.patchWorld(
        "{\"google-analytics-admin\":{\"serviceAccounts\":{\"%s\":\"%s\"}}}"
            .formatted(EMAIL, known));
    return new TestServiceAccount(
        Json.object()
            .put("type", "service_account")
            .put("private_key_id", "k-1")
            .put("client_email", EMAIL)
            .put(
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n")
            .toString());
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
