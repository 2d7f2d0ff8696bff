package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.tls.CertificateCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * AWS Certificate Manager in one region (API Reference 2015-12-08), by JSON as the services that
 * the SDK has no module for: six operations are needed.
 */
public final class CertificateManager {

  /** The certificates that may be of use: issued ones, and those that wait for their records. */
  private static final List<String> ALIVE = List.of("ISSUED", "PENDING_VALIDATION");

  private final AwsJson acm;

  /**
   * @param region that of the load balancers which are to serve the certificates
   */
  public CertificateManager(AwsSession session, String region) {
    this.acm = session.json(AwsJson.Service.ACM, region);
  }

  /**
   * A certificate.
   *
   * @param arn its name
   * @param status such as {@code ISSUED}
   * @param type {@code AMAZON_ISSUED} or {@code IMPORTED}
   * @param names its subject alternative names
   * @param failure why it is not issued, such as {@code CAA_ERROR}; empty text if it is not known
   * @param validation the records by which the authority sees that the names are the customer's;
   *     empty until AWS has thought of them
   * @param notAfter when it ends; null before it is issued
   * @param inUse whether a load balancer has it
   */
  public record Certificate(
      String arn,
      String status,
      String type,
      Set<String> names,
      String failure,
      List<DnsRecord> validation,
      Instant notAfter,
      boolean inUse) {
    public Certificate {
      names = Set.copyOf(names);
      validation = List.copyOf(validation);
    }
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return acm.against();
  }

  /** The certificates that are issued or are to be, for these names and no others. */
  public Optional<Certificate> find(Set<String> names) {
    return alive(names).stream()
        .filter(each -> each.type().equals("AMAZON_ISSUED") && each.names().equals(names))
        .findFirst();
  }

  private List<Certificate> alive(Set<String> names) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    ALIVE.forEach(input.putArray("CertificateStatuses")::add);
    List<Certificate> found = new ArrayList<>();
    for (JsonNode summary : acm.list("ListCertificates", input, "CertificateSummaryList")) {
      boolean maybe =
          names.contains(summary.path("DomainName").asText())
              || summary
                  .path("SubjectAlternativeNameSummaries")
                  .valueStream()
                  .anyMatch(each -> names.contains(each.asText()));
      if (maybe) {
        found.add(describe(summary.path("CertificateArn").asText()));
      }
    }
    return found;
  }

  /**
   * Requests a certificate, to be validated by DNS.
   *
   * @param token the same request with the same token makes one only once within an hour; letters
   *     and digits, 32 at most
   * @return its ARN
   */
  public String request(List<String> names, String token, Map<String, String> tags) {
    ObjectNode input =
        JsonNodeFactory.instance
            .objectNode()
            .put("DomainName", names.getFirst())
            .put("ValidationMethod", "DNS")
            .put("IdempotencyToken", token);
    if (names.size() > 1) {
      names.stream().skip(1).forEach(input.withArrayProperty("SubjectAlternativeNames")::add);
    }
    tag(input, tags);
    return acm.change("RequestCertificate", input).path("CertificateArn").asText();
  }

  private static void tag(ObjectNode input, Map<String, String> tags) {
    tags.forEach(
        (key, value) ->
            input.withArrayProperty("Tags").addObject().put("Key", key).put("Value", value));
  }

  /** A certificate by its ARN; empty if there is none any more. */
  public Optional<Certificate> lookFor(String arn) {
    return acm.find("DescribeCertificate", named(arn))
        .map(found -> certificate(arn, found.path("Certificate")));
  }

  /** A certificate by its ARN. */
  public Certificate describe(String arn) {
    return certificate(arn, acm.read("DescribeCertificate", named(arn)).path("Certificate"));
  }

  private static Certificate certificate(String arn, JsonNode found) {
    Set<String> names = new TreeSet<>();
    found.path("SubjectAlternativeNames").forEach(name -> names.add(name.asText()));
    names.add(found.path("DomainName").asText());
    List<DnsRecord> validation = new ArrayList<>();
    for (JsonNode option : found.path("DomainValidationOptions")) {
      JsonNode record = option.path("ResourceRecord");
      if (record.has("Name")) {
        DnsRecord wanted =
            new DnsRecord(
                plain(record.path("Name").asText()),
                record.path("Type").asText(),
                HostedDns.TTL,
                List.of(plain(record.path("Value").asText())));
        // Of a wildcard and its domain the record is the same.
        if (!validation.contains(wanted)) {
          validation.add(wanted);
        }
      }
    }
    return new Certificate(
        arn,
        found.path("Status").asText(),
        found.path("Type").asText(),
        names,
        found.path("FailureReason").asText(),
        validation,
        found.has("NotAfter") ? Instant.ofEpochSecond(found.path("NotAfter").asLong()) : null,
        !found.path("InUseBy").isEmpty());
  }

  /** The ARN of an imported certificate, if there is this very one. */
  public Optional<String> findImported(String name, String leafPem) {
    return alive(Set.of(name)).stream()
        .filter(each -> each.type().equals("IMPORTED") && content(each.arn()).equals(bare(leafPem)))
        .map(Certificate::arn)
        .findFirst();
  }

  private String content(String arn) {
    return bare(acm.read("GetCertificate", named(arn)).path("Certificate").asText());
  }

  /** The SHA-256 of a certificate that is issued or imported, in hex. */
  public String fingerprint(String arn) {
    return CertificateCheck.of(acm.read("GetCertificate", named(arn)).path("Certificate").asText())
        .fingerprint();
  }

  /**
   * Imports a certificate.
   *
   * @param arn the certificate that it replaces; empty for a new one
   * @param key PKCS #8 in PEM
   * @param issuersPem its intermediates; empty text if it has none
   * @return its ARN
   */
  public String importCertificate(
      Optional<String> arn,
      String leafPem,
      String key,
      String issuersPem,
      Map<String, String> tags) {
    ObjectNode input =
        JsonNodeFactory.instance
            .objectNode()
            .put("Certificate", base64(leafPem))
            .put("PrivateKey", base64(key));
    if (!issuersPem.isEmpty()) {
      input.put("CertificateChain", base64(issuersPem));
    }
    arn.ifPresentOrElse(known -> input.put("CertificateArn", known), () -> tag(input, tags));
    return acm.change("ImportCertificate", input).path("CertificateArn").asText();
  }

  /** Deletes a certificate unless it is in use; false if it is. */
  public boolean deleteUnused(String arn) {
    Optional<Certificate> present = lookFor(arn);
    boolean inUse = present.map(Certificate::inUse).orElse(false);
    if (present.isPresent() && !inUse) {
      acm.change("DeleteCertificate", named(arn));
    }
    return !inUse;
  }

  private static ObjectNode named(String arn) {
    return JsonNodeFactory.instance.objectNode().put("CertificateArn", arn);
  }

  /** A blob travels as Base64. */
  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static String bare(String pem) {
    return pem.replaceAll("\\s", "");
  }

  private static String plain(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
