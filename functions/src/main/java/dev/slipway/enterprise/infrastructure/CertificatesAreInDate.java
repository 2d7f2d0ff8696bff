package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/** Each provided certificate is valid now, and for long enough. */
final class CertificatesAreInDate implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    return GivenCertificate.readable(subject).stream()
        .flatMap(
            given -> given.check().orElseThrow().validity(subject.now()).stream().map(given::told))
        .toList();
  }
}
