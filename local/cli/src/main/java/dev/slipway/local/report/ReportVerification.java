package dev.slipway.local.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/**
 * Checks a report's detached signature with files alone: ECDSA over P-256 and SHA-256, over the raw
 * bytes of the report, in DER.
 */
public final class ReportVerification {
  /** More than any public key or signature has. */
  private static final int LARGEST = 64 * 1024;

  private ReportVerification() {}

  /** Beside the report, where a run puts it. */
  public static Path signatureOf(Path report) {
    return report.resolveSibling(report.getFileName() + ".sig");
  }

  /**
   * Checks.
   *
   * @param key the public key, in PEM or DER
   * @param signature the detached signature
   */
  public static Verdict verify(Path report, Path key, Path signature) {
    try {
      Optional<PublicKey> publicKey = PublicKeyFile.read(small(key));
      if (publicKey.isEmpty()) {
        return new Verdict.Unreadable(key + " is not a public key in PEM or DER");
      }
      if (!Files.exists(report)) {
        return new Verdict.Unreadable(report + " does not exist");
      }
      byte[] signed = small(signature);
      if (!EcdsaSignature.hasForm(signed)) {
        return new Verdict.Unreadable(
            signature + " is not a signature (ECDSA over P-256, in DER), or not a whole one");
      }
      try (InputStream content = Files.newInputStream(report)) {
        return verify(report, content, publicKey.get(), signed);
      }
    } catch (NoSuchFileException e) {
      return new Verdict.Unreadable(e.getFile() + " does not exist");
    } catch (IOException e) {
      return new Verdict.Unreadable("cannot be read: " + e.getMessage());
    }
  }

  private static Verdict verify(Path report, InputStream content, PublicKey key, byte[] signed)
      throws IOException {
    if (!PublicKeyFile.isP256(key)) {
      return new Verdict.NotGenuine(
          "%s was not signed with this key: it is of another kind (%s) than those that sign reports"
              .formatted(report, key.getAlgorithm()));
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      byte[] buffer = new byte[64 * 1024];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        verifier.update(buffer, 0, read);
      }
      return holds(verifier, signed)
          ? new Verdict.Genuine(report + " is genuine: not a byte differs from what was signed")
          : new Verdict.NotGenuine(
              report
                  + " is not genuine: it was changed after it was signed, or it was signed with"
                  + " another key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Numbers that no signature has (zero, or beyond the curve's order) are refused by throwing. */
  private static boolean holds(Signature verifier, byte[] signed) {
    try {
      return verifier.verify(signed);
    } catch (SignatureException e) {
      return false;
    }
  }

  private static byte[] small(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST);
    }
  }
}
