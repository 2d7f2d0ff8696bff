package dev.slipway.systems.tls;

import static dev.slipway.systems.tls.CertificateFinding.error;
import static dev.slipway.systems.tls.CertificateFinding.warning;

import dev.slipway.systems.net.Certificates;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate that a person hands over as PEM, with its intermediates: whether it can serve the
 * hosts that it is meant for. Asks nobody; the JDK alone reads it (row M05, and M08 again).
 *
 * <pre>{@code
 * CertificateCheck check = CertificateCheck.of(pem);
 * check.form();                          // readable, leaf first, each issued by the next
 * check.coverage(List.of("hub.uat.example"));
 * check.validity(now);                   // in date, 7 and 30 days left, 398 days long
 * check.strength();                      // keys, signatures, usage
 * check.key(key, passphrase);            // the private key is this certificate's
 * }</pre>
 *
 * <p>Of a text that cannot be read only {@link #form} has findings.
 */
public final class CertificateCheck {
  private static final int MOST_CERTIFICATES = 10;
  private static final Duration TOO_LATE = Duration.ofDays(7);
  private static final Duration SOON = Duration.ofDays(30);

  /** CA/Browser Forum, Baseline Requirements 6.3.2: browsers refuse what is valid for longer. */
  private static final Duration LONGEST = Duration.ofDays(398);

  private static final int SHORTEST_RSA_KEY = 2048;
  private static final int SHORTEST_EC_KEY = 256;
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<X509Certificate> given;
  private final List<X509Certificate> chain;
  private final Optional<CertificateFinding> unreadable;

  private CertificateCheck(
      List<X509Certificate> given,
      List<X509Certificate> chain,
      Optional<CertificateFinding> unreadable) {
    this.given = List.copyOf(given);
    this.chain = List.copyOf(chain);
    this.unreadable = unreadable;
  }

  /** Reads a PEM text. */
  public static CertificateCheck of(String pem) {
    List<PemBlock> blocks = PemBlock.of(pem);
    if (holdsPrivateKey(pem)) {
      return unreadable(
          error(
              "private-key",
              "The file holds a private key.",
              "Hand the certificates over alone, store the key as the credential `certificates`,"
                  + " and take this key for known to others: have the certificate issued anew."));
    }
    if (blocks.isEmpty() || blocks.size() > MOST_CERTIFICATES) {
      return unreadable(
          error(
              "not-pem",
              "The file holds " + blocks.size() + " PEM blocks.",
              "Hand over the certificate in PEM form (-----BEGIN CERTIFICATE-----), followed by its"
                  + " intermediate certificates."));
    }
    Optional<PemBlock> other =
        blocks.stream().filter(block -> !block.label().equals("CERTIFICATE")).findFirst();
    if (other.isPresent()) {
      return unreadable(
          error(
              "other-block",
              "The file holds a block " + other.get().label() + ".",
              "Hand over a file with CERTIFICATE blocks only."));
    }
    List<X509Certificate> given = new ArrayList<>();
    for (PemBlock block : blocks) {
      try {
        given.add(certificate(block));
      } catch (CertificateException | IllegalArgumentException e) {
        return unreadable(
            error(
                "unreadable",
                "Certificate no. " + (given.size() + 1) + " of the file cannot be read.",
                "Export it anew; copy it whole, with its BEGIN and END lines."));
      }
    }
    return new CertificateCheck(given, chain(given), Optional.empty());
  }

  private static CertificateCheck unreadable(CertificateFinding finding) {
    return new CertificateCheck(List.of(), List.of(), Optional.of(finding));
  }

  private static X509Certificate certificate(PemBlock block) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(block.content()));
  }

  /** Whether a text holds a private key in PEM form. */
  public static boolean holdsPrivateKey(String text) {
    return PemBlock.holdsPrivateKey(text);
  }

  /** The certificates in order, the host's own first; none if the text cannot be read. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Whether there is a certificate to look at. */
  public boolean isReadable() {
    return !chain.isEmpty();
  }

  /**
   * Findings of the file: its blocks, the order of the certificates, and who issued which. A chain
   * may end below an authority that the JDK trusts.
   */
  public List<CertificateFinding> form() {
    return form(CertificateCheck::publicAuthorities);
  }

  /** The same, with the certificates of other authorities. */
  List<CertificateFinding> form(Supplier<List<X509Certificate>> anchors) {
    if (unreadable.isPresent()) {
      return List.of(unreadable.get());
    }
    List<CertificateFinding> findings = new ArrayList<>(signatures());
    findings.addAll(order());
    findings.addAll(end(anchors.get()));
    return findings;
  }

  /**
   * Findings of the names, of which only the subject alternative names count.
   *
   * @param hosts host names; one that begins with {@code *.} must itself be among the names
   */
  public List<CertificateFinding> coverage(Collection<String> hosts) {
    return chain.stream()
        .limit(1)
        .flatMap(leaf -> hosts.stream().filter(host -> !covers(host)).map(this::notCovered))
        .toList();
  }

  /** Whether it is for a host; a wildcard stands for one label. */
  public boolean covers(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return isReadable()
        && (name.startsWith("*.")
            ? Certificates.names(chain.getFirst()).contains(name)
            : Certificates.covers(chain.getFirst(), name));
  }

  private CertificateFinding notCovered(String host) {
    return error(
        "not-covered",
        "The certificate is for "
            + String.join(", ", Certificates.names(chain.getFirst()))
            + ", which does not cover "
            + host
            + (host.startsWith("*.") ? "." : "; a wildcard stands for one label only."),
        "Have it issued with " + host + " among its subject alternative names.");
  }

  /** Findings of the dates: of the certificate, and of the intermediates that it rests on. */
  public List<CertificateFinding> validity(Instant now) {
    List<CertificateFinding> findings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant until = certificate.getNotAfter().toInstant();
      Duration left = Duration.between(now, until);
      String which = which(certificate);
      if (now.isBefore(from)) {
        findings.add(
            error(
                "not-yet-valid",
                which + " is valid only from " + DAY.format(from) + " on.",
                "Hand over one that is valid now."));
      } else if (left.isNegative()) {
        findings.add(
            error(
                "expired",
                which + " expired on " + DAY.format(until) + ".",
                "Have it issued anew."));
      } else if (left.compareTo(TOO_LATE) < 0) {
        findings.add(
            error(
                "expires-soon",
                which + ends(left, until) + ": it would end before it is in use.",
                "Have it issued anew."));
      } else if (left.compareTo(SOON) < 0) {
        findings.add(
            warning("expires-soon", which + ends(left, until) + ".", "Have it issued anew soon."));
      }
    }
    chain.stream().limit(1).flatMap(CertificateCheck::tooLong).forEach(findings::add);
    return findings;
  }

  private static String ends(Duration left, Instant until) {
    return " ends in " + left.toDays() + " days, on " + DAY.format(until);
  }

  private static Stream<CertificateFinding> tooLong(X509Certificate leaf) {
    Duration whole =
        Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
    return whole.compareTo(LONGEST) <= 0
        ? Stream.of()
        : Stream.of(
            warning(
                "too-long",
                "The certificate is valid for " + whole.toDays() + " days.",
                "Browsers refuse public certificates of more than 398 days: have it issued for"
                    + " less, unless its authority is your own."));
  }

  /** Findings of keys and signatures, and whether it may be used for servers. */
  public List<CertificateFinding> strength() {
    List<CertificateFinding> findings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      if (!isStrong(certificate.getPublicKey())) {
        findings.add(
            error(
                "weak",
                which(certificate) + " has the key " + key(certificate.getPublicKey()) + ".",
                "Have it issued for a key of RSA 2048, EC P-256, or more."));
      }
      if (!isSelfSigned(certificate) && isWeak(certificate.getSigAlgName())) {
        findings.add(
            error(
                "weak",
                which(certificate) + " is signed with " + certificate.getSigAlgName() + ".",
                "Have it issued with a signature by SHA-256 or more."));
      }
    }
    chain.stream()
        .limit(1)
        .filter(leaf -> !isForServers(leaf))
        .map(
            leaf ->
                error(
                    "not-for-servers",
                    "The certificate may not be used for TLS servers.",
                    "Have it issued with the extended key usage serverAuth."))
        .forEach(findings::add);
    return findings;
  }

  /**
   * The finding of the private key, read with its passphrase; empty if it is the certificate's. It
   * holds no part of the key.
   *
   * @param pem PKCS #8, PKCS #1 or SEC 1, encrypted or not
   * @param passphrase null if it is not encrypted
   */
  public Optional<CertificateFinding> key(String pem, String passphrase) {
    try {
      return ServerKey.read(pem, passphrase, chain.getFirst().getPublicKey())
              .belongsTo(chain.getFirst().getPublicKey())
          ? Optional.empty()
          : Optional.of(ServerKey.mismatch());
    } catch (ServerKey.Unusable e) {
      return Optional.of(e.finding());
    }
  }

  /** Whether another certificate is for the same key. */
  public boolean sharesKeyWith(CertificateCheck other) {
    return isReadable()
        && other.isReadable()
        && chain.getFirst().getPublicKey().equals(other.chain.getFirst().getPublicKey());
  }

  /** The SHA-256 of the host's own certificate, in hex. */
  public String fingerprint() {
    return fingerprint(chain.getFirst());
  }

  /** The SHA-256 of a certificate, in hex. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** The certificate in one line, for an evidence. */
  public String summary() {
    X509Certificate leaf = chain.getFirst();
    return "serial "
        + leaf.getSerialNumber().toString(16)
        + " by "
        + commonName(leaf.getIssuerX500Principal().getName())
        + " for "
        + String.join(", ", Certificates.names(leaf))
        + ", until "
        + leaf.getNotAfter().toInstant()
        + ", SHA-256 "
        + fingerprint();
  }

  /** The host's own certificate as PEM. */
  public String leafPem() {
    return pem(chain.subList(0, 1));
  }

  /** The certificates that issued it as PEM, without a root; empty if there is none. */
  public String issuersPem() {
    return pem(chain.stream().skip(1).filter(certificate -> !isSelfSigned(certificate)).toList());
  }

  private static String pem(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(PemBlock.text("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateException e) {
        throw new IllegalStateException("a certificate that was read cannot be written", e);
      }
    }
    return text.toString();
  }

  // --- the order of a chain

  /** Leaf first: it is the one that issued none of the others. */
  private static List<X509Certificate> chain(List<X509Certificate> given) {
    List<X509Certificate> left = new ArrayList<>(given);
    List<X509Certificate> chain = new ArrayList<>();
    Optional<X509Certificate> next =
        given.stream()
            .filter(
                each -> given.stream().noneMatch(o -> !o.equals(each) && isNamedIssuer(each, o)))
            .findFirst()
            .or(() -> Optional.of(given.getFirst()));
    while (next.isPresent()) {
      X509Certificate current = next.get();
      chain.add(current);
      left.remove(current);
      next = left.stream().filter(each -> isNamedIssuer(each, current)).findFirst();
    }
    return chain;
  }

  private List<CertificateFinding> signatures() {
    List<CertificateFinding> findings = new ArrayList<>();
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!isSignedBy(chain.get(i), chain.get(i + 1))) {
        findings.add(
            error(
                "signature",
                "The signature of \""
                    + subject(chain.get(i))
                    + "\" is not that of \""
                    + subject(chain.get(i + 1))
                    + "\", although this is named as its issuer.",
                "Hand over the intermediate certificate that the authority sent with it."));
      }
    }
    return findings;
  }

  private List<CertificateFinding> order() {
    Optional<X509Certificate> other =
        given.stream().filter(each -> !chain.contains(each)).findFirst();
    if (other.isPresent()) {
      return List.of(
          warning(
              "not-of-chain",
              "\"" + subject(other.get()) + "\" is no part of the certificate's chain.",
              "Leave it out; nothing uses it."));
    }
    return given.equals(chain)
        ? List.of()
        : List.of(
            warning(
                "order",
                "The certificates were not in order; they are used with the host's own first, each"
                    + " issued by the next.",
                "Nothing to do."));
  }

  private List<CertificateFinding> end(List<X509Certificate> anchors) {
    X509Certificate last = chain.getLast();
    String issuer = commonName(last.getIssuerX500Principal().getName());
    if (anchors.contains(last)
        || anchors.stream().anyMatch(a -> isNamedIssuer(a, last) && isSignedBy(last, a))) {
      return List.of();
    }
    return List.of(
        isSelfSigned(last)
            ? warning(
                "private-authority",
                "The chain ends at \"" + issuer + "\", which is no public authority.",
                "Make sure that every browser and program that is to come here trusts it.")
            : error(
                "chain-incomplete",
                "The certificate of \"" + issuer + "\", which issued the last one, is missing.",
                "Add the certificate of \""
                    + issuer
                    + "\" to the file; that of a private authority's root too."));
  }

  private static List<X509Certificate> publicAuthorities() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's trust anchors cannot be read", e);
    }
  }

  private static boolean isNamedIssuer(X509Certificate issuer, X509Certificate of) {
    return issuer.getSubjectX500Principal().equals(of.getIssuerX500Principal());
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return isNamedIssuer(certificate, certificate);
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (InvalidKeyException | SignatureException | CertificateException e) {
      return false;
    } catch (GeneralSecurityException e) {
      // An algorithm that this JDK lacks: nobody should rest on it.
      return false;
    }
  }

  // --- words

  private String which(X509Certificate certificate) {
    return certificate.equals(chain.getFirst())
        ? "The certificate"
        : "The certificate of the issuer \"" + subject(certificate) + "\"";
  }

  private static String subject(X509Certificate certificate) {
    return commonName(certificate.getSubjectX500Principal().getName());
  }

  private static String commonName(String name) {
    return Certificates.commonName(name);
  }

  private static boolean isStrong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA_KEY;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= SHORTEST_EC_KEY;
      default -> false;
    };
  }

  private static String key(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
      default -> key.getAlgorithm();
    };
  }

  private static boolean isWeak(String signature) {
    String name = signature.toUpperCase(Locale.ROOT);
    return name.startsWith("SHA1") || name.startsWith("MD");
  }

  private static boolean isForServers(X509Certificate leaf) {
    try {
      List<String> usages = leaf.getExtendedKeyUsage();
      return usages != null && usages.contains(SERVER_AUTHENTICATION);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
