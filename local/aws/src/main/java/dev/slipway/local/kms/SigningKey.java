package dev.slipway.local.kms;

import dev.slipway.local.aws.DurableFiles;
import dev.slipway.local.template.KeyResource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Optional;

/** A key of the curve P-256 that signs. */
final class SigningKey {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final KeyResource resource;
  private final Instant created;
  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private SigningKey(KeyResource resource, Instant created, String pem) {
    this.resource = resource;
    this.created = created;
    try {
      privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(PRIVATE, pem).orElseThrow()));
      publicKey = Pem.read(PUBLIC, pem).orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + resource.id() + " cannot be read", e);
    }
  }

  /**
   * The key of that resource; made if it is missing.
   *
   * @param folder where it is kept, for its owner only; empty: nowhere
   */
  static SigningKey of(KeyResource resource, Instant created, Optional<Path> folder) {
    var pem =
        folder
            .map(place -> place.resolve(resource.id() + ".pem"))
            .map(file -> DurableFiles.key(file, SigningKey::pair))
            .orElseGet(SigningKey::pair);
    return new SigningKey(resource, created, new String(pem, StandardCharsets.US_ASCII));
  }

  private static byte[] pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var text =
          Pem.of(PRIVATE, pair.getPrivate().getEncoded())
              + Pem.of(PUBLIC, pair.getPublic().getEncoded());
      return text.getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyResource resource() {
    return resource;
  }

  Instant created() {
    return created;
  }

  /** As X.509 has it (SubjectPublicKeyInfo), in DER. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** ECDSA over a digest, in DER. */
  byte[] sign(byte[] digest) {
    return signed("NONEwithECDSA", digest);
  }

  /** ECDSA over the SHA-256 of a message, in DER. */
  byte[] signMessage(byte[] message) {
    return signed("SHA256withECDSA", message);
  }

  private byte[] signed(String algorithm, byte[] content) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
