package dev.slipway.systems.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Issues certificates in memory, by writing their DER itself: the JDK has no public issuer. */
public final class TestAuthority {

  /** The algorithm identifiers of signatures, in DER. */
  private static final Map<String, byte[]> SIGNATURES =
      Map.of(
          "SHA256withECDSA", HexFormat.of().parseHex("300a06082a8648ce3d040302"),
          "SHA1withECDSA", HexFormat.of().parseHex("300906072a8648ce3d0401"),
          "SHA256withRSA", HexFormat.of().parseHex("300d06092a864886f70d01010b0500"),
          "SHA1withRSA", HexFormat.of().parseHex("300d06092a864886f70d0101050500"));

  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
  private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
  private static final byte[] ALTERNATIVE_NAMES = {0x06, 0x03, 0x55, 0x1d, 0x11};
  private static final byte[] EXTENDED_USAGE = {0x06, 0x03, 0x55, 0x1d, 0x25};
  private static final byte[] SERVER_AUTHENTICATION =
      HexFormat.of().parseHex("06082b06010505070301");
  private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** A key with the certificate for it. */
  public record Issued(String name, KeyPair keys, X509Certificate certificate) {}

  /**
   * A certificate's terms, which a test may choose.
   *
   * @param hash of the signature, {@code SHA256} or {@code SHA1}
   * @param forServers whether it says that it may serve
   */
  public record Terms(Instant from, Instant to, KeyPair keys, String hash, boolean forServers) {

    /** Good ones from yesterday on. */
    public static Terms of(Instant now, Duration left) {
      return new Terms(
          now.minus(Duration.ofDays(1)),
          now.plus(left),
          TestAuthority.keys("EC", 256),
          "SHA256",
          true);
    }

    /** The same for these keys. */
    public Terms keys(KeyPair other) {
      return new Terms(from, to, other, hash, forServers);
    }

    /** The same, signed with this hash. */
    public Terms hash(String other) {
      return new Terms(from, to, keys, other, forServers);
    }

    /** The same, for no servers. */
    public Terms notForServers() {
      return new Terms(from, to, keys, hash, false);
    }
  }

  private TestAuthority() {}

  /** A root of its own. */
  public static Issued root(String name) {
    return root(name, Instant.now());
  }

  /** The same, from the day before a time. */
  public static Issued root(String name, Instant now) {
    KeyPair keys = keys();
    return new Issued(
        name,
        keys,
        certificate(
            name,
            keys,
            name,
            keys,
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(90)),
            true,
            List.of()));
  }

  /** An intermediate authority. */
  public static Issued intermediate(Issued by, String name) {
    return intermediate(by, name, Instant.now());
  }

  /** The same, from the day before a time. */
  public static Issued intermediate(Issued by, String name, Instant now) {
    KeyPair keys = keys();
    return new Issued(
        name,
        keys,
        certificate(
            name,
            keys,
            by.name(),
            by.keys(),
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(90)),
            true,
            List.of()));
  }

  /** A server's certificate, good for 60 days. */
  public static Issued server(Issued by, String... names) {
    Instant now = Instant.now();
    return server(by, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(60)), names);
  }

  /** A server's certificate on these terms. */
  public static Issued server(Issued by, Terms terms, String... names) {
    return new Issued(
        names[0],
        terms.keys(),
        certificate(names[0], by.name(), by.keys(), terms, false, List.of(names)));
  }

  /** A server's certificate with dates of choice. */
  public static Issued server(Issued by, Instant from, Instant to, String... names) {
    KeyPair keys = keys();
    return new Issued(
        names[0],
        keys,
        certificate(names[0], keys, by.name(), by.keys(), from, to, false, List.of(names)));
  }

  /** A certificate that nobody vouches for. */
  public static Issued selfSigned(String name) {
    KeyPair keys = keys();
    Instant now = Instant.now();
    return new Issued(
        name,
        keys,
        certificate(
            name,
            keys,
            name,
            keys,
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(60)),
            false,
            List.of(name)));
  }

  /** What a server needs to show this certificate followed by the others. */
  public static SSLContext context(Issued leaf, Issued... others) {
    try {
      Certificate[] chain = new Certificate[others.length + 1];
      chain[0] = leaf.certificate();
      for (int i = 0; i < others.length; i++) {
        chain[i + 1] = others[i].certificate();
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", leaf.keys().getPrivate(), new char[0], chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    return keys("EC", 256);
  }

  /** New keys, such as RSA of 2048 bits. */
  public static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String subject,
      KeyPair keys,
      String issuer,
      KeyPair issuerKeys,
      Instant from,
      Instant to,
      boolean authority,
      List<String> names) {
    Terms terms = new Terms(from, to, keys, "SHA256", true);
    return certificate(subject, issuer, issuerKeys, terms, authority, names);
  }

  private static X509Certificate certificate(
      String subject,
      String issuer,
      KeyPair issuerKeys,
      Terms terms,
      boolean authority,
      List<String> names) {
    String algorithm =
        terms.hash()
            + "with"
            + (issuerKeys.getPublic().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
    byte[] identifier = SIGNATURES.get(algorithm);
    try {
      byte[] usage =
          terms.forServers()
              ? sequence(EXTENDED_USAGE, tagged(0x04, sequence(SERVER_AUTHENTICATION)))
              : new byte[0];
      byte[] extensions =
          authority
              ? sequence(BASIC_CONSTRAINTS, TRUE, tagged(0x04, sequence(TRUE)))
              : join(
                  sequence(ALTERNATIVE_NAMES, tagged(0x04, sequence(alternatives(names)))), usage);
      byte[] body =
          sequence(
              tagged(0xa0, tagged(0x02, new byte[] {2})),
              tagged(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
              identifier,
              name(issuer),
              sequence(time(terms.from()), time(terms.to())),
              name(subject),
              terms.keys().getPublic().getEncoded(),
              tagged(0xa3, sequence(extensions)));
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(issuerKeys.getPrivate());
      signature.update(body);
      byte[] bits = join(new byte[] {0}, signature.sign());
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(sequence(body, identifier, tagged(0x03, bits))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Certificates in PEM form, as a person hands them over. */
  public static String pem(Issued... certificates) {
    StringBuilder text = new StringBuilder();
    for (Issued each : certificates) {
      try {
        text.append(pem("CERTIFICATE", each.certificate().getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  /** A private key as PKCS #8 in PEM form. */
  public static String pem(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Bytes in PEM form. */
  public static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }

  private static byte[] alternatives(List<String> names) {
    byte[] all = new byte[0];
    for (String name : names) {
      boolean address = name.matches("[0-9.]+");
      all =
          join(
              all,
              address
                  ? tagged(0x87, InetAddress.ofLiteral(name).getAddress())
                  : tagged(0x82, name.getBytes(StandardCharsets.US_ASCII)));
    }
    return all;
  }

  private static byte[] name(String commonName) {
    return sequence(
        tagged(
            0x31,
            sequence(COMMON_NAME, tagged(0x0c, commonName.getBytes(StandardCharsets.UTF_8)))));
  }

  private static byte[] time(Instant moment) {
    return tagged(0x18, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
  }

  /** A sequence of these parts, in DER. */
  public static byte[] sequence(byte[]... parts) {
    return tagged(0x30, join(parts));
  }

  /** A content behind its tag and length, in DER. */
  public static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length & 0xff);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
