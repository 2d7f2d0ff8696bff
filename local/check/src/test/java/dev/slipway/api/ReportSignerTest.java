package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.report.ReportSigner;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

/** A report is signed by the deployment's key. */
class ReportSignerTest {
  private static final byte[] CONTENT = "a report".getBytes(StandardCharsets.UTF_8);

  @Test
  void signsADigest() throws Exception {
    try (TestSigning kms = new TestSigning();
        KmsClient client = kms.client()) {
      var signed = new ReportSigner(client, kms.key()).sign(CONTENT);
      var verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(
          KeyFactory.getInstance("EC")
              .generatePublic(
                  new X509EncodedKeySpec(
                      client.getPublicKey(r -> r.keyId(kms.key())).publicKey().asByteArray())));
      verifier.update(CONTENT);
      assertTrue(verifier.verify(signed.der()));
      assertEquals(kms.key(), signed.key());
      assertEquals("ECDSA_SHA_256", signed.algorithm());
    }
  }
}
