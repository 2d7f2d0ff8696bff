package dev.slipway.systems.tls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.Grading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tests the private keys of the certificates that a customer provides for one environment: there is
 * one for each, and it is that certificate's. Asks nobody, and tells nothing of a key.
 */
public final class CertificatesCredentialTest implements CredentialTest {
  private static final String SYSTEM = "certificates";
  private static final String PROBE = "sign and verify";

  private final Function<String, Optional<byte[]>> files;

  /**
   * @param files the content of a file that was handed over, by its SHA-256 in hex
   */
  public CertificatesCredentialTest(Function<String, Optional<byte[]>> files) {
    this.files = files;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    List<WantedCertificate> provided =
        WantedCertificate.of(elements.path(SYSTEM)).stream()
            .filter(WantedCertificate::isProvided)
            .toList();
    Map<String, CertificateCheck> certificates = new TreeMap<>();
    for (WantedCertificate each : provided) {
      Optional<CertificateCheck> check =
          each.file()
              .flatMap(files)
              .map(pem -> new String(pem, StandardCharsets.UTF_8))
              .map(CertificateCheck::of)
              .filter(CertificateCheck::isReadable);
      if (check.isEmpty()) {
        return inconclusive(
            "The chain of the certificate `" + each.name() + "` cannot be read.",
            "Hand it over in the element `certificates` first, then store the keys again.");
      }
      certificates.put(each.name(), check.get());
    }
    if (provided.isEmpty()) {
      return inconclusive(
          "No certificate of this environment is provided.",
          "Name it in the element `certificates` first, then store its key again.");
    }
    return fit(ProvidedKeys.of(secret), certificates);
  }

  private static CredentialTestResult fit(
      ProvidedKeys keys, Map<String, CertificateCheck> certificates) {
    List<String> seen = new ArrayList<>();
    for (Map.Entry<String, CertificateCheck> each : certificates.entrySet()) {
      Optional<CertificateFinding> finding = keys.finding(each.getKey(), each.getValue());
      if (finding.isPresent()) {
        return Grading.graded(
            Grade.INVALID_CREDENTIALS,
            "`" + each.getKey() + "`: " + finding.get().message() + " " + finding.get().nextStep(),
            PROBE,
            each.getKey(),
            finding.get().code());
      }
      seen.add(each.getKey() + ": " + each.getValue().fingerprint());
    }
    return Grading.valid(
        "Each private key is that of its certificate.",
        PROBE,
        String.join(", ", certificates.keySet()),
        String.join(", ", seen));
  }

  private static CredentialTestResult inconclusive(String message, String nextStep) {
    return Grading.graded(Grade.INCONCLUSIVE, message + " " + nextStep, PROBE, SYSTEM, "");
  }
}
