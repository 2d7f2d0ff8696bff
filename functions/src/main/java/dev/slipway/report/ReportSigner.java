package dev.slipway.report;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Signs a report's bytes with a key that never leaves KMS: ECDSA over P-256 and SHA-256. Only the
 * digest is sent, so that the size of a report does not matter.
 */
public final class ReportSigner {
  private final KmsClient kms;
  private final String key;

  /**
   * @param key the id or ARN of an asymmetric key of KMS, {@code ECC_NIST_P256} for {@code
   *     SIGN_VERIFY}
   */
  public ReportSigner(KmsClient kms, String key) {
    this.kms = kms;
    this.key = key;
  }

  /**
   * A detached signature.
   *
   * @param sha256 of the bytes that were signed, in hex
   * @param key the ARN of the key that signed
   * @param algorithm as KMS names it
   * @param base64 the signature
   */
  public record Signature(String sha256, String key, String algorithm, String base64) {
    /** The signature in ASN.1 DER, as OpenSSL and Java's {@code SHA256withECDSA} take it. */
    public byte[] der() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /** Signs. */
  public Signature sign(byte[] content) {
    byte[] digest = digest(content);
    SignResponse signed =
        kms.sign(
            r ->
                r.keyId(key)
                    .messageType(MessageType.DIGEST)
                    .message(SdkBytes.fromByteArray(digest))
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256));
    return new Signature(
        HexFormat.of().formatHex(digest),
        signed.keyId(),
        signed.signingAlgorithmAsString(),
        Base64.getEncoder().encodeToString(signed.signature().asByteArray()));
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
