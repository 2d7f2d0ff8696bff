package dev.slipway.local.report;

import dev.slipway.local.kms.Pem;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** A public key as people hand it around: X.509's SubjectPublicKeyInfo, in PEM or DER. */
final class PublicKeyFile {
  private static final List<String> KINDS =
      List.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "XDH", "DSA");

  private PublicKeyFile() {}

  /** The key, of whatever kind; empty if the bytes are none. */
  static Optional<PublicKey> read(byte[] content) {
    try {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      byte[] der =
          text.contains("-----BEGIN") ? Pem.read("PUBLIC KEY", text).orElse(null) : content;
      return der == null
          ? Optional.empty()
          : KINDS.stream().flatMap(kind -> decoded(kind, der).stream()).findFirst();
    } catch (IllegalArgumentException e) {
      // The block of PEM is not base 64.
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> decoded(String kind, byte[] der) {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      // Of another kind, or of none.
      return Optional.empty();
    }
  }

  /** Whether it is one of the kind that signs reports. */
  static boolean isP256(PublicKey key) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
      return key instanceof ECPublicKey elliptic
          && elliptic.getParams().getCurve().equals(p256.getCurve())
          && elliptic.getParams().getGenerator().equals(p256.getGenerator());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
