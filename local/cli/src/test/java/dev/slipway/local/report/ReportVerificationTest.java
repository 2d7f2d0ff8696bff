package dev.slipway.local.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.kms.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the command, which is what people and scripts see. */
class ReportVerificationTest {
  private static final byte[] CONTENT =
      "{\n  \"onboarding\" : \"one\", \"by\" : \"Zoë\"\n}\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path report;
  private Path key;
  private Path signature;
  private KeyPair pair;

  @BeforeEach
  void sign() throws IOException, GeneralSecurityException {
    report = folder.resolve("report.json");
    key = folder.resolve("report.json.pub");
    signature = folder.resolve("report.json.sig");
    pair = pair("EC", "secp256r1");
    Files.write(report, CONTENT);
    Files.write(signature, signed("SHA256withECDSA", pair));
    Files.writeString(key, pem(pair));
  }

  private static KeyPair pair(String algorithm, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (curve != null) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return Pem.of("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private static byte[] signed(String algorithm, KeyPair pair) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(CONTENT);
    return signer.sign();
  }

  private int verify(String... more) {
    return run(
        IntStream.range(0, more.length + 4)
            .mapToObj(
                i ->
                    i < 4
                        ? List.of("verify-report", report.toString(), "--key", key.toString())
                            .get(i)
                        : more[i - 4])
            .toArray(String[]::new));
  }

  private static int run(String... arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Slipway.commandLine(new Terminal(nowhere, nowhere, 0)).execute(arguments);
  }

  @Test
  void genuine() throws IOException {
    assertEquals(0, verify());
    Path elsewhere = Files.move(signature, folder.resolve("elsewhere"));
    assertEquals(0, verify("--sig", elsewhere.toString()));
  }

  @Test
  void theKeyMayBeInDer() throws IOException {
    Files.write(key, pair.getPublic().getEncoded());
    assertEquals(0, verify());
  }

  @Test
  void everyBitOfTheReportCounts() throws IOException {
    for (int i = 0; i < CONTENT.length; i++) {
      byte[] changed = CONTENT.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      Files.write(report, changed);
      assertEquals(1, verify(), "byte " + i);
    }
    Files.write(report, Arrays.copyOf(CONTENT, CONTENT.length - 1));
    assertEquals(1, verify());
    Files.write(report, Arrays.copyOf(CONTENT, CONTENT.length + 1));
    assertEquals(1, verify());
    Files.write(report, new byte[0]);
    assertEquals(1, verify());
  }

  @Test
  void anotherKey() throws IOException, GeneralSecurityException {
    for (KeyPair other :
        List.of(
            pair("EC", "secp256r1"),
            pair("EC", "secp384r1"),
            pair("RSA", null),
            pair("Ed25519", null))) {
      Files.writeString(key, pem(other));
      assertEquals(1, verify(), other.getPublic().getAlgorithm());
    }
  }

  @Test
  void anotherSignature() throws IOException, GeneralSecurityException {
    byte[] whole = Files.readAllBytes(signature);
    byte[] changed = whole.clone();
    changed[whole.length - 1] ^= 1;
    Files.write(signature, changed);
    assertEquals(1, verify());
    Files.write(signature, signed("SHA512withECDSA", pair));
    assertEquals(1, verify());
    // r and s are 1: nothing that a signer would answer, but the right form.
    Files.write(signature, new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1});
    assertEquals(1, verify());
  }

  @Test
  void aSignatureThatIsNone() throws IOException, GeneralSecurityException {
    byte[] whole = Files.readAllBytes(signature);
    for (int length = 0; length < whole.length; length++) {
      Files.write(signature, Arrays.copyOf(whole, length));
      assertEquals(2, verify(), "the first " + length + " bytes");
    }
    for (byte[] bad :
        List.of(
            Arrays.copyOf(whole, whole.length + 1),
            "not a signature".getBytes(StandardCharsets.UTF_8),
            new byte[] {0x30, 6, 2, 1, 0, 2, 1, 1},
            new byte[] {0x30, 6, 2, 1, -1, 2, 1, 1},
            new byte[] {0x30, 7, 2, 2, 0, 1, 2, 1, 1})) {
      Files.write(signature, bad);
      assertEquals(2, verify(), Arrays.toString(bad));
    }
    Files.delete(signature);
    assertEquals(2, verify());
  }

  @Test
  void aKeyThatIsNone() throws IOException {
    String text = pem(pair);
    for (String bad :
        List.of(
            "",
            "not a key",
            text.substring(0, text.length() / 2),
            text.replaceFirst("\n.....", "\n"),
            text.replaceFirst("\n.", "\n*"),
            Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()),
            Pem.of("PUBLIC KEY", new byte[] {1, 2, 3}))) {
      Files.writeString(key, bad);
      assertEquals(2, verify(), bad);
    }
    Files.delete(key);
    assertEquals(2, verify());
  }

  @Test
  void aReportThatCannotBeRead() throws IOException {
    Files.delete(report);
    assertEquals(2, verify());
    Files.createDirectory(report);
    assertEquals(2, verify());
  }

  @Test
  void wrongUsage() {
    assertEquals(2, run("verify-report", report.toString()));
    assertEquals(2, run("verify-report", "--key", key.toString()));
  }
}
