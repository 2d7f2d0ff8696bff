package dev.slipway.systems.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The private key of a server's certificate, as people have it: PKCS #8 ({@code PRIVATE KEY},
 * {@code ENCRYPTED PRIVATE KEY}; RFC 5958), PKCS #1 ({@code RSA PRIVATE KEY}; RFC 8017), SEC 1
 * ({@code EC PRIVATE KEY}; RFC 5915), the last two also as OpenSSL encrypts them ({@code Proc-Type:
 * 4,ENCRYPTED}). Never shows itself.
 */
public final class ServerKey {
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] CHALLENGE = "slipway".getBytes(StandardCharsets.UTF_8);

  private final PrivateKey key;

  private ServerKey(PrivateKey key) {
    this.key = key;
  }

  /** A key that cannot be read. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient CertificateFinding finding;

    private Unusable(CertificateFinding finding) {
      super(finding.message());
      this.finding = finding;
    }

    /** Why, and what to do. */
    public CertificateFinding finding() {
      return finding;
    }
  }

  /**
   * Reads a key.
   *
   * @param passphrase null if there is none
   * @param of the certificate's public key: a key in the form of SEC 1 may leave its curve out
   */
  public static ServerKey read(String pem, String passphrase, PublicKey of) throws Unusable {
    List<PemBlock> keys = PemBlock.of(pem).stream().filter(PemBlock::isPrivateKey).toList();
    if (keys.size() != 1) {
      throw unreadable("holds " + keys.size() + " private keys in PEM form, and should hold one");
    }
    PemBlock block = keys.getFirst();
    boolean isEncrypted =
        block.label().equals("ENCRYPTED PRIVATE KEY") || block.headers().containsKey("DEK-Info");
    if (isEncrypted && passphrase == null) {
      throw new Unusable(
          CertificateFinding.error(
              "passphrase-missing",
              "The private key is encrypted.",
              "Store it with its passphrase."));
    }
    try {
      byte[] content = block.content();
      if (block.headers().containsKey("DEK-Info")) {
        content = opened(content, block.headers().get("DEK-Info"), passphrase);
      }
      return new ServerKey(
          switch (block.label()) {
            case "PRIVATE KEY" -> ofPkcs8(new PKCS8EncodedKeySpec(content));
            case "ENCRYPTED PRIVATE KEY" -> ofPkcs8(opened(content, passphrase));
            case "RSA PRIVATE KEY" ->
                ofPkcs8(new PKCS8EncodedKeySpec(pkcs8(RSA_ENCRYPTION, content)));
            case "EC PRIVATE KEY" -> ofSec1(content, of);
            default -> throw unreadable("is a " + block.label());
          });
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // Not kept as the cause, and not quoted: it could tell about the key.
      throw isEncrypted
          ? new Unusable(
              CertificateFinding.error(
                  "passphrase-wrong",
                  "The private key does not open with this passphrase.",
                  "Store it with the right passphrase."))
          : unreadable("cannot be read");
    }
  }

  private static Unusable unreadable(String what) {
    return new Unusable(
        CertificateFinding.error(
            "key-unreadable",
            "The text of the private key " + what + ".",
            "Store the key in PEM form: PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY."));
  }

  /** The finding of a key that is another certificate's. */
  static CertificateFinding mismatch() {
    return CertificateFinding.error(
        "key-mismatch",
        "The private key is not that of the certificate.",
        "Store the key with which this certificate was requested, or hand over the certificate of"
            + " this key.");
  }

  /** Whether it is the other half of a public key: what it signs, that verifies. */
  boolean belongsTo(PublicKey other) {
    try {
      Signature signature = Signature.getInstance(algorithm(other));
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** The key as PKCS #8, not encrypted, for the system that is to use it. */
  public String pem() {
    return PemBlock.text("PRIVATE KEY", key.getEncoded());
  }

  @Override
  public String toString() {
    return "a private key";
  }

  private static PrivateKey ofPkcs8(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
    GeneralSecurityException unreadable = new InvalidKeySpecException();
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        unreadable = e;
      }
    }
    throw unreadable;
  }

  private static PrivateKey ofSec1(byte[] content, PublicKey of)
      throws GeneralSecurityException, Unusable {
    if (!(of instanceof ECPublicKey)) {
      throw new Unusable(mismatch());
    }
    return ofPkcs8(new PKCS8EncodedKeySpec(pkcs8(firstIn(of.getEncoded()), content)));
  }

  // --- encryption

  /** PKCS #8 by PBES2 (RFC 8018). */
  private static PKCS8EncodedKeySpec opened(byte[] content, String passphrase)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
    // Of PBES2 the JDK names the whole algorithm by its parameters only.
    String algorithm =
        info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.")
            ? info.getAlgParameters().toString()
            : info.getAlgName();
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray())),
        info.getAlgParameters());
    return info.getKeySpec(cipher);
  }

  /** As OpenSSL encrypts PEM: {@code AES-256-CBC,<IV in hex>}, a key by MD5 of the passphrase. */
  private static byte[] opened(byte[] content, String how, String passphrase)
      throws GeneralSecurityException {
    String[] words = how.split(",", 2);
    byte[] start = HexFormat.of().parseHex(words.length > 1 ? words[1].strip() : "");
    boolean isAes = words[0].matches("AES-(128|192|256)-CBC");
    if (!isAes && !words[0].equals("DES-EDE3-CBC")) {
      throw new InvalidKeySpecException();
    }
    int length = isAes ? Integer.parseInt(words[0].substring(4, 7)) / 8 : 24;
    Cipher cipher = Cipher.getInstance((isAes ? "AES" : "DESede") + "/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived(passphrase, start, length), isAes ? "AES" : "DESede"),
        new IvParameterSpec(start));
    return cipher.doFinal(content);
  }

  /** OpenSSL's EVP_BytesToKey with MD5 and one round; the salt is the first half of the IV. */
  private static byte[] derived(String passphrase, byte[] start, int length)
      throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] key = new byte[0];
    byte[] block = new byte[0];
    while (key.length < length) {
      digest.update(block);
      digest.update(passphrase.getBytes(StandardCharsets.UTF_8));
      block = digest.digest(Arrays.copyOf(start, 8));
      key = joined(key, block);
    }
    return Arrays.copyOf(key, length);
  }

  // --- DER

  /** PKCS #8 around a key of an older form. */
  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return tagged(0x30, joined(VERSION_0, joined(algorithm, tagged(0x04, key))));
  }

  /** The first part of a sequence: of a public key, its algorithm with the curve. */
  private static byte[] firstIn(byte[] sequence) {
    ByteBuffer der = ByteBuffer.wrap(sequence);
    lengthAt(der);
    int start = der.position();
    int length = lengthAt(der);
    return Arrays.copyOfRange(sequence, start, der.position() + length);
  }

  /** Reads a tag and the length of its content, and stands at the content then. */
  private static int lengthAt(ByteBuffer der) {
    der.get();
    int first = der.get() & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int more = first & 0x7f; first >= 0x80 && more > 0; more--) {
      length = (length << 8) | (der.get() & 0xff);
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return joined(head, content);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
