package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whether verifiers can use a DKIM key record: RFC 6376, section 3.6.1; RFC 8301, section 3,
 * for lengths and hashes; RFC 8463 for Ed25519.
 */
final class DkimKey {

  private static final int SHORTEST_RSA = 1024;
  private static final int SHORTEST_GOOD_RSA = 2048;

  /** Longer keys need not be understood by verifiers. */
  private static final int LONGEST_SURE_RSA = 4096;

  private static final int ED25519_BYTES = 32;

  /** A SubjectPublicKeyInfo of Ed25519 up to its key (RFC 8410). */
  private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

  /** The AlgorithmIdentifier of RSA (RFC 8017, appendix C). */
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private DkimKey() {}

  /** The verdict on a record, and why; the sentence begins after the name of the record. */
  record Opinion(Verdict verdict, String words) {}

  static Opinion of(String record) {
    TagList tags = TagList.parse(record);
    if (record.indexOf('"') >= 0) {
      return wrong(
          "holds quotation marks as part of its text: publish the text without them; they belong to"
              + " a zone file only.");
    }
    if (!tags.faults().isEmpty()) {
      return wrong("cannot be read: " + tags.faults().getFirst() + ".");
    }
    if (tags.value("v").isPresent()
        && (!tags.beginsWith("v") || !tags.tags().get("v").equals("DKIM1"))) {
      return wrong("must begin with v=DKIM1, in these letters, or leave v= out.");
    }
    Optional<String> key = tags.value("p");
    if (key.isEmpty()) {
      return wrong("has no p=, so it holds no key: publish the one of the signing server.");
    }
    if (key.get().isEmpty()) {
      return wrong("is revoked (empty p=): publish a new key, or give the selector in use.");
    }
    if (!lists(tags.value("h").orElse("sha256"), "sha256")) {
      return wrong(
          "allows the hash " + tags.tags().get("h") + " only: publish h=sha256, or leave h= out.");
    }
    String services = tags.value("s").orElse("*");
    if (!lists(services, "*") && !lists(services, "email")) {
      return wrong("is for the service " + services + " only: publish s=email, or leave s= out.");
    }
    Opinion opinion =
        switch (tags.value("k").orElse("rsa").toLowerCase(Locale.ROOT)) {
          case "rsa" -> rsa(key.get());
          case "ed25519" -> ed25519(key.get());
          default ->
              wrong("names an unknown kind of key, k=" + tags.tags().get("k") + ": use rsa.");
        };
    return opinion.verdict() != Verdict.WRONG && lists(tags.value("t").orElse(""), "y")
        ? new Opinion(
            Verdict.WARNING,
            "is marked as a test (t=y), so receivers may treat mails as unsigned: take y out of t=.")
        : opinion;
  }

  private static Opinion rsa(String base64) {
    Optional<byte[]> bytes = decoded(base64);
    Optional<PublicKey> published = bytes.flatMap(der -> key("RSA", "SHA256withRSA", der));
    // RFC 6376 says RSAPublicKey and shows SubjectPublicKeyInfo (its erratum 3017).
    Optional<PublicKey> bare =
        published.isPresent()
            ? Optional.empty()
            : bytes.flatMap(der -> key("RSA", "SHA256withRSA", wrapped(der)));
    Optional<RSAPublicKey> key = published.or(() -> bare).map(RSAPublicKey.class::cast);
    if (key.isEmpty()) {
      return wrong(
          "holds no public key that can be read"
              + (bytes.isEmpty() ? " (p= is not Base64)" : "")
              + ": publish p= again and whole; what is longer than 255 characters is cut into"
              + " several strings of one record.");
    }
    int bits = key.get().getModulus().bitLength();
    if (bits < SHORTEST_RSA) {
      return wrong(
          "is a key of "
              + bits
              + " bits, and receivers take none below 1024 (RFC 8301): make one of 2048.");
    }
    if (bits < SHORTEST_GOOD_RSA) {
      return new Opinion(Verdict.WARNING, "is a key of " + bits + " bits: make one of 2048.");
    }
    if (bits > LONGEST_SURE_RSA) {
      return new Opinion(
          Verdict.WARNING,
          "is a key of " + bits + " bits, and receivers need not take more than 4096.");
    }
    return bare.isPresent()
        ? new Opinion(
            Verdict.WARNING,
            "is a bare RSAPublicKey, which many receivers cannot read: publish the key as"
                + " SubjectPublicKeyInfo.")
        : new Opinion(Verdict.GOOD, "is an RSA key of " + bits + " bits.");
  }

  private static Opinion ed25519(String base64) {
    Optional<byte[]> bytes = decoded(base64).filter(raw -> raw.length == ED25519_BYTES);
    return bytes.flatMap(raw -> key("Ed25519", "Ed25519", joined(ED25519_HEADER, raw))).isPresent()
        ? new Opinion(Verdict.GOOD, "is an Ed25519 key.")
        : wrong(
            "holds no Ed25519 key: p= is the Base64 of its 32 bytes alone (RFC 8463), 44"
                + " characters.");
  }

  private static Optional<byte[]> decoded(String base64) {
    StringBuilder dense = new StringBuilder(base64.length());
    base64.chars().filter(c -> !TagList.isWhite(c)).forEach(c -> dense.append((char) c));
    try {
      return Optional.of(Base64.getDecoder().decode(dense.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A key is usable if a verifier begins with it; the JDK reads a point of Ed25519 only then. */
  private static Optional<PublicKey> key(String kind, String algorithm, byte[] der) {
    try {
      PublicKey key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
      Signature.getInstance(algorithm).initVerify(key);
      return Optional.of(key);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The SubjectPublicKeyInfo around an RSAPublicKey. */
  private static byte[] wrapped(byte[] key) {
    return der(0x30, joined(RSA_ALGORITHM, der(0x03, joined(new byte[1], key))));
  }

  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 128) {
      der.write(content.length);
    } else {
      der.write(0x82);
      der.write(content.length >> 8);
      der.write(content.length);
    }
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static boolean lists(String colonSeparated, String wanted) {
    return Arrays.stream(colonSeparated.split(":", -1))
        .anyMatch(each -> each.strip().equalsIgnoreCase(wanted));
  }

  private static Opinion wrong(String words) {
    return new Opinion(Verdict.WRONG, words);
  }
}
