package dev.slipway.systems.net;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads certificates and says in words what is wrong with a chain. */
public final class Certificates {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private Certificates() {}

  /** The names and addresses that a certificate is for (subject alternative names only). */
  public static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives == null) {
        return List.of();
      }
      for (List<?> alternative : alternatives) {
        Object kind = alternative.get(0);
        if (kind.equals(DNS_NAME) || kind.equals(IP_ADDRESS)) {
          names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names;
  }

  /** Whether a certificate is for a host; a wildcard stands for exactly one label (RFC 6125). */
  public static boolean covers(X509Certificate certificate, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    return names(certificate).stream().anyMatch(name -> covers(name, wanted));
  }

  private static boolean covers(String name, String host) {
    if (!name.startsWith("*.")) {
      return name.equals(host) || sameAddress(name, host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot + 1).equals(name.substring(2));
  }

  private static boolean sameAddress(String name, String host) {
    try {
      return InetAddress.ofLiteral(name).equals(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The common name in a distinguished name, or all of it. */
  public static String commonName(String distinguishedName) {
    try {
      for (Rdn part : new LdapName(distinguishedName).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return String.valueOf(part.getValue());
        }
      }
    } catch (InvalidNameException e) {
      return distinguishedName;
    }
    return distinguishedName;
  }

  /**
   * The error of the chain that a host showed, in one sentence; empty when dates and names are
   * right and only trust can be the matter.
   *
   * @param chain as shown, the host's own certificate first
   */
  public static Optional<String> datesAndNames(
      String host, List<X509Certificate> chain, Instant now) {
    for (X509Certificate certificate : chain) {
      String which = which(host, chain, certificate);
      Instant notAfter = certificate.getNotAfter().toInstant();
      Instant notBefore = certificate.getNotBefore().toInstant();
      if (now.isAfter(notAfter)) {
        return Optional.of(which + " expired on " + DAY.format(notAfter) + ".");
      }
      if (now.isBefore(notBefore)) {
        return Optional.of(which + " is valid only from " + DAY.format(notBefore) + " on.");
      }
    }
    if (!chain.isEmpty() && !covers(chain.getFirst(), host)) {
      List<String> names = names(chain.getFirst());
      String forWhom =
          names.isEmpty() ? "no name at all" : names.stream().collect(Collectors.joining(", "));
      return Optional.of(
          "The certificate shown by " + host + " is for " + forWhom + ", not for " + host + ".");
    }
    return Optional.empty();
  }

  /** Why a chain with right dates and names is not trusted, in one sentence. */
  public static String distrust(String host, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return host + " showed no certificate.";
    }
    X509Certificate leaf = chain.getFirst();
    X509Certificate last = chain.getLast();
    String issuer = commonName(last.getIssuerX500Principal().getName());
    if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
      return "The certificate of " + host + " is self-signed.";
    }
    if (!inOrder(chain)) {
      return "The certificates shown by " + host + " are not in order, each issued by the next.";
    }
    if (!last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
      return "The chain shown by "
          + host
          + " ends at \""
          + commonName(last.getSubjectX500Principal().getName())
          + "\", issued by \""
          + issuer
          + "\", which is not a trusted authority: either an intermediate certificate is missing,"
          + " or the authority is private. (Browsers may fetch what is missing; programs do not.)";
    }
    return "The certificate of " + host + " is issued by \"" + issuer + "\", which is not trusted.";
  }

  /** Whether each certificate of a chain is issued by the next. */
  public static boolean inOrder(List<X509Certificate> chain) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!chain
          .get(i)
          .getIssuerX500Principal()
          .equals(chain.get(i + 1).getSubjectX500Principal())) {
        return false;
      }
    }
    return true;
  }

  private static String which(
      String host, List<X509Certificate> chain, X509Certificate certificate) {
    return certificate.equals(chain.getFirst())
        ? "The certificate of " + host
        : "The certificate \""
            + commonName(certificate.getSubjectX500Principal().getName())
            + "\" in the chain of "
            + host;
  }
}
