package dev.slipway.probe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The text that a probe runner signs for each of its requests, with Ed25519 (RFC 8032): runner,
 * action, time, nonce and body. It does not name the host or the path, so that a proxy or a domain
 * of the customer's in between changes nothing.
 *
 * @param action {@code enrol}, {@code fetch} or {@code result}
 * @param onboarding the onboarding's id
 * @param runner the runner's id
 * @param probe the probe's id; empty where none is meant
 * @param time when it was signed, ISO 8601 in UTC
 * @param nonce unique to the request
 * @param bodyHash the SHA-256 of the body's bytes, in hex
 */
public record RunnerMessage(
    String action,
    String onboarding,
    String runner,
    String probe,
    String time,
    String nonce,
    String bodyHash) {

  /** The header that holds {@link #time}. */
  public static final String TIME = "Slipway-Time";

  /** The header that holds {@link #nonce}. */
  public static final String NONCE = "Slipway-Nonce";

  /** The header that holds the signature, in base 64. */
  public static final String SIGNATURE = "Slipway-Signature";

  private static final String ALGORITHM = "Ed25519";

  /** Raw, an Ed25519 public key has 32 bytes; with its algorithm's name in front, 44. */
  private static final int KEY_BYTES = 44;

  /** The text that is signed: eight lines, without one at the end. */
  public String text() {
    return String.join(
        "\n", "slipway-probe-runner/1", action, onboarding, runner, probe, time, nonce, bodyHash);
  }

  /** The SHA-256 of a body, in hex. */
  public static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The signature, in base 64. */
  public String sign(PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  /** Whether a signature is that of the key's owner. */
  public boolean isSignedBy(String publicKey, String signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key(publicKey));
      check.update(text().getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a text is an Ed25519 public key: X.509 in base 64. */
  public static boolean isKey(String publicKey) {
    try {
      key(publicKey);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static PublicKey key(String publicKey) throws GeneralSecurityException {
    byte[] bytes = Base64.getDecoder().decode(publicKey);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
  }
}
