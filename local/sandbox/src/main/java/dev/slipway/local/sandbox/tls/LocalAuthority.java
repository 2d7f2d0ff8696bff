package dev.slipway.local.sandbox.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;

/**
 * A certificate authority of the sandbox's own: a root that callers trust, an intermediate that
 * signs, and a certificate per host on demand. Trusting it is safe as its keys never leave the
 * sandbox and its folder.
 */
public final class LocalAuthority {

  private record Wanted(List<String> names, CertificateFault fault) {}

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Identity root;
  private final Identity intermediate;
  private final Map<Wanted, Identity> issued = new ConcurrentHashMap<>();

  /**
   * @param file where the authority is kept, so that a restarted sandbox is still trusted; empty
   *     for a new one each time
   */
  public LocalAuthority(InstantSource clock, Optional<Path> file) {
    this.clock = clock;
    List<Identity> authority =
        file.filter(Files::exists).map(LocalAuthority::load).orElseGet(this::found);
    this.root = authority.get(0);
    this.intermediate = authority.get(1);
    file.filter(path -> !Files.exists(path)).ifPresent(path -> save(path, authority));
  }

  /** The root certificate, PEM, which a caller has to trust. */
  public String rootPem() {
    return pem(root.certificate());
  }

  /** The certificate of these names, PEM: without its issuers. */
  public String leafPem(List<String> names) {
    return pem(identity(names, CertificateFault.NONE).certificate());
  }

  /**
   * The certificate of a host or a wildcard with all its issuers, PEM, as a customer hands it over.
   */
  public String chainPem(String host) {
    StringBuilder text = new StringBuilder();
    identity(List.of(host), CertificateFault.NONE).chain().forEach(each -> text.append(pem(each)));
    return text + rootPem();
  }

  /** The private key of that certificate, PKCS #8 in PEM. */
  public String keyPem(String host) {
    return pem(privateKey(identity(List.of(host), CertificateFault.NONE)));
  }

  /** The root certificate. */
  public X509Certificate root() {
    return root.certificate();
  }

  /**
   * The identity of a host, or of several.
   *
   * @param names host names, or wildcards such as {@code *.paas.hoster.example}; the first is the
   *     subject
   * @param fault what is to be wrong with it
   */
  Identity identity(List<String> names, CertificateFault fault) {
    return issued.computeIfAbsent(new Wanted(names, fault), this::issue);
  }

  private Identity issue(Wanted wanted) {
    Instant now = clock.instant();
    KeyPair keys = newKeys();
    // Java holds a certificate against the machine's clock, from which simulated time runs ahead by
    // weeks.
    Instant from = now.minus(Duration.ofDays(95));
    Instant until = now.plus(Duration.ofDays(300));
    return switch (wanted.fault()) {
      case NONE -> leaf(keys, wanted.names(), from, until, true);
      case EXPIRED ->
          leaf(
              keys,
              wanted.names(),
              now.minus(Duration.ofDays(90)),
              now.minus(Duration.ofDays(1)),
              true);
      case WRONG_SAN -> leaf(keys, List.of("another-host.example"), from, until, true);
      case MISSING_INTERMEDIATE -> leaf(keys, wanted.names(), from, until, false);
      case SELF_SIGNED -> {
        X500Principal self = new X500Principal("CN=" + wanted.names().getFirst());
        X509Certificate certificate = sign(self, keys, self, keys, from, until, wanted.names());
        yield new Identity(keys, List.of(certificate));
      }
    };
  }

  private Identity leaf(
      KeyPair keys, List<String> names, Instant from, Instant until, boolean withIssuer) {
    X509Certificate certificate =
        sign(
            intermediate.certificate().getSubjectX500Principal(),
            intermediate.keys(),
            new X500Principal("CN=" + names.getFirst()),
            keys,
            from,
            until,
            names);
    return new Identity(
        keys, withIssuer ? List.of(certificate, intermediate.certificate()) : List.of(certificate));
  }

  private List<Identity> found() {
    Instant from = clock.instant().minus(Duration.ofDays(365));
    Instant until = clock.instant().plus(Duration.ofDays(3650));
    X500Principal rootName = new X500Principal("CN=Slipway sandbox root, O=Slipway sandbox");
    X500Principal signerName = new X500Principal("CN=Slipway sandbox issuer, O=Slipway sandbox");
    KeyPair rootKeys = newKeys();
    KeyPair signerKeys = newKeys();
    return List.of(
        new Identity(
            rootKeys,
            List.of(sign(rootName, rootKeys, rootName, rootKeys, from, until, List.of()))),
        new Identity(
            signerKeys,
            List.of(sign(rootName, rootKeys, signerName, signerKeys, from, until, List.of()))));
  }

  /** Signs a certificate: an authority's without names, a server's with some. */
  private X509Certificate sign(
      X500Principal issuer,
      KeyPair issuerKeys,
      X500Principal subject,
      KeyPair subjectKeys,
      Instant from,
      Instant until,
      List<String> names) {
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(120, random),
              Date.from(from),
              Date.from(until),
              subject,
              subjectKeys.getPublic());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(names.isEmpty()))
          .addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(
                  names.isEmpty()
                      ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                      : KeyUsage.digitalSignature))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              identifiers.createSubjectKeyIdentifier(subjectKeys.getPublic()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
      if (!names.isEmpty()) {
        builder
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                    names.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new)))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      }
      X509CertificateHolder holder =
          builder.build(
              new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()));
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("The sandbox cannot sign a certificate for " + subject, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no P-256 keys", e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** PKCS #8: the older form of an EC key leaves its curve out. */
  private static JcaPKCS8Generator privateKey(Identity identity) {
    try {
      return new JcaPKCS8Generator(identity.keys().getPrivate(), null);
    } catch (PemGenerationException e) {
      throw new IllegalStateException("The sandbox cannot write its authority's keys", e);
    }
  }

  private static void save(Path file, List<Identity> authority) {
    StringBuilder text = new StringBuilder();
    try {
      for (Identity each : authority) {
        text.append(pem(privateKey(each))).append(pem(each.certificate()));
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox cannot keep its authority in " + file, e);
    }
  }

  private static List<Identity> load(Path file) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      List<Identity> authority = new ArrayList<>();
      while (parser.readObject() instanceof PrivateKeyInfo keyInfo
          && parser.readObject() instanceof X509CertificateHolder holder) {
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
        PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(keyInfo);
        authority.add(
            new Identity(new KeyPair(certificate.getPublicKey(), key), List.of(certificate)));
      }
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox cannot read its authority from " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The sandbox's authority is damaged: " + file, e);
    }
  }
}
