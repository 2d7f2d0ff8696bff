package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.tls.CertificateCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Each provided certificate has a strong key and signature and may serve; UAT and Production do not
 * share a key.
 */
final class CertificatesAreStrong implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<GivenCertificate> readable = GivenCertificate.readable(subject);
    List<ElementFinding> findings = new ArrayList<>();
    for (GivenCertificate given : readable) {
      CertificateCheck check = given.check().orElseThrow();
      check.strength().stream().map(given::told).forEach(findings::add);
      boolean isShared =
          readable.stream()
              .filter(other -> !other.environment().equals(given.environment()))
              .anyMatch(other -> check.sharesKeyWith(other.check().orElseThrow()));
      if (isShared && given.environment().equals("production")) {
        findings.add(
            ElementFinding.warning(
                "certificate.shared-key",
                given.field(),
                "`" + given.wanted().name() + "` has the same key as a certificate of UAT.",
                "Have Production's issued for a key of its own: who knows UAT's could pose as it."));
      }
    }
    return findings;
  }
}
