package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.tls.CertificateCheck;
import dev.slipway.systems.tls.ProvidedKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * The private key of each provided certificate is that certificate's. It was tested as the key was
 * stored, and is again when a certificate changes. A key that nobody gave yet holds nothing up: the
 * task that needs it waits for it.
 */
final class CertificateKeysFit implements ElementLook {

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    List<ElementFinding> findings = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (GivenCertificate given : GivenCertificate.readable(subject)) {
      CertificateCheck check = given.check().orElseThrow();
      String credential = "certificates@" + given.environment();
      CredentialRecord known = subject.credentials().get(credential);
      boolean isThere = known != null && known.validVersionId() != null;
      seen.add(given.environment() + " " + given.wanted().name() + " " + check.summary());
      if (isThere) {
        ProvidedKeys.of(place.secret(credential))
            .finding(given.wanted().name(), check)
            .map(given::told)
            .ifPresent(findings::add);
      } else {
        seen.add("its key is not given yet");
      }
    }
    return new LookResult.Seen(
        "the provided certificates",
        seen.isEmpty() ? "none is provided" : String.join("; ", seen),
        findings);
  }
}
