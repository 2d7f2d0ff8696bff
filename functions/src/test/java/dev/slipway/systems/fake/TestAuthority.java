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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Issues certificates in memory, by writing their DER itself: the JDK has no public issuer. */
public final class TestAuthority {

  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
  private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
  private static final byte[] ALTERNATIVE_NAMES = {0x06, 0x03, 0x55, 0x1d, 0x11};
  private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** A key with the certificate for it. */
  public record Issued(String name, KeyPair keys, X509Certificate certificate) {}

  private TestAuthority() {}

  /** A root of its own. */
  public static Issued root(String name) {
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
            now.plus(Duration.ofDays(90)),
            true,
            List.of()));
  }

  /** An intermediate authority. */
  public static Issued intermediate(Issued by, String name) {
    KeyPair keys = keys();
    Instant now = Instant.now();
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
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
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
    try {
      byte[] extensions =
          authority
              ? sequence(BASIC_CONSTRAINTS, TRUE, tagged(0x04, sequence(TRUE)))
              : sequence(ALTERNATIVE_NAMES, tagged(0x04, sequence(alternatives(names))));
      byte[] body =
          sequence(
              tagged(0xa0, tagged(0x02, new byte[] {2})),
              tagged(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
              ECDSA_WITH_SHA256,
              name(issuer),
              sequence(time(from), time(to)),
              name(subject),
              keys.getPublic().getEncoded(),
              tagged(0xa3, sequence(extensions)));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuerKeys.getPrivate());
      signature.update(body);
      byte[] bits = join(new byte[] {0}, signature.sign());
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(sequence(body, ECDSA_WITH_SHA256, tagged(0x03, bits))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
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

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, join(parts));
  }

  private static byte[] tagged(int tag, byte[] content) {
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
