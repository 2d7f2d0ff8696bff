package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * AWS Certificate Manager: a requested certificate waits until its validation records are really in
 * the world's DNS, and fails with {@code CAA_ERROR} where CAA records name other authorities. The
 * same token requests one only once. The world's members: {@code certificates}, {@code
 * certificateFailure} (the reason for which the next one fails), {@code certificateLooks} (so many
 * looks before the records are told).
 */
final class CertificateManager extends JsonService {
  private static final Set<String> AMAZON =
      Set.of("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com");

  private final World world;
  private final InstantSource clock;
  private final Function<List<String>, String> authority;

  /**
   * @param authority issues the certificate of some names, PEM
   */
  CertificateManager(World world, InstantSource clock, Function<List<String>, String> authority) {
    super(world, "acm", "CertificateManager");
    this.authority = authority;
    this.world = world;
    this.clock = clock;
    on("ListCertificates", List.of(), this::list);
    on("RequestCertificate", List.of("DomainName"), this::request);
    on("DescribeCertificate", List.of("CertificateArn"), this::describe);
    on("GetCertificate", List.of("CertificateArn"), this::get);
    on("ImportCertificate", List.of("Certificate", "PrivateKey"), this::take);
    on("DeleteCertificate", List.of("CertificateArn"), this::delete);
  }

  @Override
  String key(JsonNode input) {
    return input.path("DomainName").asText(input.path("CertificateArn").asText());
  }

  private JsonNode list(ObjectNode part, JsonNode input, AwsCaller caller) {
    List<String> statuses = Json.strings(input.path("CertificateStatuses"));
    List<ObjectNode> found =
        where(
                part.path("certificates"),
                each ->
                    isOf(each, caller)
                        && (statuses.isEmpty() || statuses.contains(each.path("Status").asText())))
            .stream()
            .map(
                each -> {
                  ObjectNode summary = Json.object();
                  summary.set("CertificateArn", each.path("CertificateArn"));
                  summary.set("DomainName", each.path("DomainName"));
                  summary.set(
                      "SubjectAlternativeNameSummaries", each.path("SubjectAlternativeNames"));
                  return summary;
                })
            .toList();
    return page("CertificateSummaryList", found, input);
  }

  private static boolean isOf(JsonNode certificate, AwsCaller caller) {
    return certificate
        .path("CertificateArn")
        .asText()
        .startsWith("arn:aws:acm:" + caller.region() + ":" + caller.account() + ":");
  }

  private JsonNode request(ObjectNode part, JsonNode input, AwsCaller caller) {
    String token = input.path("IdempotencyToken").asText();
    for (JsonNode each : part.path("certificates")) {
      if (!token.isEmpty() && each.path("token").asText().equals(token)) {
        return Json.object().set("CertificateArn", each.path("CertificateArn"));
      }
    }
    ObjectNode certificate = added(part, caller, "AMAZON_ISSUED").put("token", token);
    String domain = input.path("DomainName").asText();
    certificate.put("DomainName", domain).put("Status", "PENDING_VALIDATION");
    certificate.withArrayProperty("SubjectAlternativeNames").add(domain);
    Json.strings(input.path("SubjectAlternativeNames"))
        .forEach(certificate.withArrayProperty("SubjectAlternativeNames")::add);
    certificate.put("looks", part.path("certificateLooks").asInt());
    String failure = part.path("certificateFailure").asText();
    if (!failure.isEmpty()) {
      certificate.put("Status", "FAILED").put("FailureReason", failure);
      part.remove("certificateFailure");
    }
    return Json.object().set("CertificateArn", certificate.path("CertificateArn"));
  }

  private static ObjectNode added(ObjectNode part, AwsCaller caller, String type) {
    int number = part.path("certificatesMade").asInt() + 1;
    part.put("certificatesMade", number);
    ObjectNode certificate = part.withArrayProperty("certificates").addObject();
    certificate
        .put(
            "CertificateArn",
            "arn:aws:acm:%s:%s:certificate/0000-%04d"
                .formatted(caller.region(), caller.account(), number))
        .put("Type", type)
        .putArray("InUseBy");
    return certificate;
  }

  private ObjectNode named(ObjectNode part, JsonNode input) {
    String arn = input.path("CertificateArn").asText();
    return part.path("certificates")
        .valueStream()
        .filter(each -> each.path("CertificateArn").asText().equals(arn))
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow(
            () -> refusal("ResourceNotFoundException", "Could not find certificate " + arn + "."));
  }

  private JsonNode describe(ObjectNode part, JsonNode input, AwsCaller caller) {
    ObjectNode certificate = named(part, input);
    int looks = certificate.path("looks").asInt();
    if (looks > 0) {
      certificate.put("looks", looks - 1);
    } else if (certificate.path("Status").asText().equals("PENDING_VALIDATION")) {
      goOn(certificate);
    }
    ObjectNode shown = certificate.deepCopy();
    shown.remove(List.of("token", "looks", "pem", "chain"));
    if (certificate.path("Type").asText().equals("AMAZON_ISSUED") && looks == 0) {
      for (String name : Json.strings(certificate.path("SubjectAlternativeNames"))) {
        ObjectNode option = shown.withArrayProperty("DomainValidationOptions").addObject();
        option.put("DomainName", name).put("ValidationMethod", "DNS");
        option
            .putObject("ResourceRecord")
            .put("Name", record(name) + ".")
            .put("Type", "CNAME")
            .put("Value", value(name) + ".");
      }
    }
    ObjectNode answer = Json.object();
    answer.set("Certificate", shown);
    return answer;
  }

  /** Of a wildcard and its domain the record is the same. */
  private static String record(String name) {
    String domain = name.replaceFirst("^\\*\\.", "");
    return "_%08x.".formatted(domain.hashCode()) + domain;
  }

  private static String value(String name) {
    String domain = name.replaceFirst("^\\*\\.", "");
    return "_%08x.acm-validations.aws".formatted(domain.hashCode() * 31);
  }

  private void goOn(ObjectNode certificate) {
    List<String> names = Json.strings(certificate.path("SubjectAlternativeNames"));
    boolean isProven =
        names.stream()
            .allMatch(
                name ->
                    HostedZones.values(world, record(name), "CNAME").contains(value(name) + "."));
    if (!isProven) {
      return;
    }
    if (names.stream().anyMatch(name -> !mayIssue(name))) {
      certificate.put("Status", "FAILED").put("FailureReason", "CAA_ERROR");
      return;
    }
    certificate
        .put("Status", "ISSUED")
        .put("NotAfter", clock.instant().plus(Duration.ofDays(395)).getEpochSecond());
  }

  private boolean mayIssue(String name) {
    String domain = name.replaceFirst("^\\*\\.", "");
    while (domain.contains(".")) {
      List<String> records = HostedZones.values(world, domain, "CAA");
      if (!records.isEmpty()) {
        return records.stream().anyMatch(record -> AMAZON.stream().anyMatch(record::contains));
      }
      domain = domain.substring(domain.indexOf('.') + 1);
    }
    return true;
  }

  private JsonNode get(ObjectNode part, JsonNode input, AwsCaller caller) {
    ObjectNode certificate = named(part, input);
    if (certificate.path("Status").asText().equals("PENDING_VALIDATION")) {
      throw refusal("RequestInProgressException", "The certificate is not issued yet.");
    }
    return Json.object()
        .put(
            "Certificate",
            certificate.path("Type").asText().equals("AMAZON_ISSUED")
                ? authority.apply(Json.strings(certificate.path("SubjectAlternativeNames")))
                : certificate.path("pem").asText())
        .put("CertificateChain", certificate.path("chain").asText());
  }

  private JsonNode take(ObjectNode part, JsonNode input, AwsCaller caller) {
    String pem = blob(input, "Certificate");
    X509Certificate leaf = read(pem);
    if (!fits(blob(input, "PrivateKey"), leaf)) {
      throw refusal("ValidationException", "The private key does not match the certificate.");
    }
    ObjectNode certificate =
        input.has("CertificateArn") ? named(part, input) : added(part, caller, "IMPORTED");
    List<String> names = names(leaf);
    certificate
        .put("Status", "ISSUED")
        .put("DomainName", names.getFirst())
        .put("pem", pem)
        .put("chain", blob(input, "CertificateChain"))
        .put("NotAfter", leaf.getNotAfter().toInstant().getEpochSecond())
        .set("SubjectAlternativeNames", Json.texts(names));
    return Json.object().set("CertificateArn", certificate.path("CertificateArn"));
  }

  private static String blob(JsonNode input, String field) {
    return new String(
        Base64.getDecoder().decode(input.path(field).asText()), StandardCharsets.UTF_8);
  }

  private X509Certificate read(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw refusal("ValidationException", "The certificate cannot be parsed.");
    }
  }

  private List<String> names(X509Certificate leaf) {
    try {
      return leaf.getSubjectAlternativeNames().stream()
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (GeneralSecurityException e) {
      throw refusal("ValidationException", "The certificate has no names.");
    }
  }

  private static boolean fits(String pem, X509Certificate leaf) {
    String base64 = pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
    String algorithm = leaf.getPublicKey().getAlgorithm();
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      Signature signature =
          Signature.getInstance("SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm));
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(leaf);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private JsonNode delete(ObjectNode part, JsonNode input, AwsCaller caller) {
    ObjectNode certificate = named(part, input);
    if (!certificate.path("InUseBy").isEmpty()) {
      throw refusal("ResourceInUseException", "The certificate is in use.");
    }
    part.withArrayProperty("certificates").removeIf(each -> each.equals(certificate));
    return Json.object();
  }
}
