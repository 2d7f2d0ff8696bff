package dev.slipway.systems.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.fake.TestAuthority.Terms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private keys in all forms that people have, and the test of the credential that holds them. */
final class ServerKeyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "hub.uat.customer.example";
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");
  private static final String PASSPHRASE = "correct horse";

  private final Issued root = TestAuthority.root("Test root");

  private Issued issued(KeyPair keys) {
    return TestAuthority.server(
        root, Terms.of(Instant.now(), Duration.ofDays(60)).keys(keys), HOST);
  }

  private static CertificateCheck check(Issued leaf) {
    return CertificateCheck.of(TestAuthority.pem(leaf));
  }

  /** The older form, which PKCS #8 holds as its last part: after {@code 04} and a length. */
  private static byte[] olderForm(KeyPair keys) {
    byte[] der = keys.getPrivate().getEncoded();
    int at = 2;
    while (der[at] != 0x04 || endsAt(der, at) != der.length) {
      at++;
    }
    int head = (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7f);
    return Arrays.copyOfRange(der, at + head, der.length);
  }

  private static int endsAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return at + 2 + first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f) && at + 2 + i < der.length; i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return at + 2 + (first & 0x7f) + length;
  }

  private static byte[] encrypted(KeyPair keys, String algorithm) throws Exception {
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())));
    byte[] content = cipher.doFinal(keys.getPrivate().getEncoded());
    // The JDK's class refuses its own name of PBES2.
    return algorithm.startsWith("PBEWithHmac")
        ? TestAuthority.sequence(
            TestAuthority.sequence(PBES2, cipher.getParameters().getEncoded()),
            TestAuthority.tagged(0x04, content))
        : new EncryptedPrivateKeyInfo(cipher.getParameters(), content).getEncoded();
  }

  /** As {@code openssl rsa -aes256 -traditional} writes it. */
  private static String byOpenSsl(String label, byte[] key) throws GeneralSecurityException {
    byte[] start = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    byte[] first = md5.digest(Arrays.copyOf(start, 8));
    md5.update(first);
    md5.update(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    byte[] whole = Arrays.copyOf(first, 32);
    System.arraycopy(md5.digest(Arrays.copyOf(start, 8)), 0, whole, 16, 16);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(whole, "AES"), new IvParameterSpec(start));
    return TestAuthority.pem(label, cipher.doFinal(key))
        .replaceFirst(
            "KEY-----\\R",
            "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,"
                + HexFormat.of().withUpperCase().formatHex(start)
                + "\n\n");
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "EC, 521"})
  void everyFormOfAKeyIsRead(String algorithm, int bits) throws Exception {
    KeyPair keys = TestAuthority.keys(algorithm, bits);
    CertificateCheck own = check(issued(keys));
    CertificateCheck other = check(issued(TestAuthority.keys(algorithm, bits)));
    String label = algorithm + " PRIVATE KEY";
    Map<String, String> forms =
        Map.of(
            "PKCS #8", TestAuthority.pem(keys),
            "PKCS #1 or SEC 1", TestAuthority.pem(label, olderForm(keys)),
            "PBES2",
                TestAuthority.pem(
                    "ENCRYPTED PRIVATE KEY", encrypted(keys, "PBEWithHmacSHA256AndAES_256")),
            "PBES1",
                TestAuthority.pem("ENCRYPTED PRIVATE KEY", encrypted(keys, "PBEWithSHA1AndDESede")),
            "OpenSSL", byOpenSsl(label, olderForm(keys)));
    for (Map.Entry<String, String> form : forms.entrySet()) {
      assertEquals(Optional.empty(), own.key(form.getValue(), PASSPHRASE), form.getKey());
      assertEquals("certificate.key-mismatch", code(other, form.getValue(), PASSPHRASE));
    }
    for (String form : List.of("PBES2", "PBES1", "OpenSSL")) {
      assertEquals("certificate.passphrase-missing", code(own, forms.get(form), null));
      assertEquals("certificate.passphrase-wrong", code(own, forms.get(form), "wrong"), form);
    }
  }

  private static String code(CertificateCheck check, String pem, String passphrase) {
    return check.key(pem, passphrase).map(CertificateFinding::code).orElse("none");
  }

  @Test
  void aKeyOfAnotherKindIsNoneOfThisCertificate() {
    KeyPair curve = TestAuthority.keys("EC", 256);
    KeyPair rsa = TestAuthority.keys("RSA", 2048);

    assertEquals(
        "certificate.key-mismatch", code(check(issued(rsa)), TestAuthority.pem(curve), null));
    assertEquals(
        "certificate.key-mismatch", code(check(issued(curve)), TestAuthority.pem(rsa), null));
    assertEquals(
        "certificate.key-mismatch",
        code(check(issued(rsa)), TestAuthority.pem("EC PRIVATE KEY", olderForm(curve)), null));
  }

  @Test
  void whatIsNoKeyIsTold() {
    CertificateCheck check = check(issued(TestAuthority.keys("EC", 256)));

    assertEquals("certificate.key-unreadable", code(check, "secret", null));
    assertEquals(
        "certificate.key-unreadable",
        code(check, TestAuthority.pem("PRIVATE KEY", new byte[40]), null));
    assertEquals(
        "certificate.key-unreadable",
        code(check, TestAuthority.pem("DSA PRIVATE KEY", new byte[40]), null));
  }

  private static CredentialTestResult tested(JsonNode secret, String certificates, String pem) {
    return new CertificatesCredentialTest(
            file ->
                Optional.of(pem.getBytes(StandardCharsets.UTF_8)).filter(any -> file.equals("f1")))
        .test(secret, json("{\"certificates\":%s}".formatted(certificates)));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode secret(String name, KeyPair keys) {
    return JSON.valueToTree(
        Map.of("keys", List.of(Map.of("name", name, "privateKey", TestAuthority.pem(keys)))));
  }

  private static final String PROVIDED =
      "[{\"name\":\"web\",\"covers\":[\"%s\"],\"source\":\"provided\",\"chain\":\"f1\"}]"
          .formatted(HOST);

  @Test
  void aCredentialIsValidIfEachKeyIsThatOfItsCertificate() {
    KeyPair keys = TestAuthority.keys("EC", 256);
    KeyPair others = TestAuthority.keys("EC", 256);
    String pem = TestAuthority.pem(issued(keys));

    CredentialTestResult good = tested(secret("web", keys), PROVIDED, pem);
    assertEquals(Grade.VALID, good.grade(), good::toString);
    assertEquals(
        Grade.VALID,
        tested(secret("web", keys), PROVIDED.substring(1, PROVIDED.length() - 1), pem).grade());

    CredentialTestResult wrong = tested(secret("web", others), PROVIDED, pem);
    assertEquals(Grade.INVALID_CREDENTIALS, wrong.grade());
    assertTrue(wrong.message().contains("`web`"), wrong::message);
    assertFalse(
        wrong.toString().contains(TestAuthority.pem(others).lines().skip(1).findFirst().get()));

    assertEquals(Grade.INVALID_CREDENTIALS, tested(secret("hub", keys), PROVIDED, pem).grade());
    assertEquals(
        Grade.INCONCLUSIVE, tested(secret("web", keys), PROVIDED.replace("f1", "f2"), pem).grade());
    assertEquals(Grade.INCONCLUSIVE, tested(secret("web", keys), "[]", pem).grade());
  }
}
