package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.tls.CertificateCheck;
import dev.slipway.systems.tls.CertificateFinding;
import dev.slipway.systems.tls.WantedCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One certificate of the element, with its place.
 *
 * @param field a JSON pointer to it within the value, such as {@code /uat/0}
 * @param file the text of the uploaded file; empty if none is named, or if it is not there
 */
record GivenCertificate(
    String environment, String field, WantedCertificate wanted, Optional<String> file) {

  /** All of both environments. */
  static List<GivenCertificate> of(CheckSubject subject) {
    List<GivenCertificate> all = new ArrayList<>();
    for (String environment : Environments.ALL) {
      List<WantedCertificate> wanted = WantedCertificate.of(subject.value().path(environment));
      for (int i = 0; i < wanted.size(); i++) {
        Optional<String> file = wanted.get(i).file().flatMap(subject.files()).map(Bytes::text);
        all.add(
            new GivenCertificate(environment, "/" + environment + "/" + i, wanted.get(i), file));
      }
    }
    return all;
  }

  /** The provided ones that can be read. */
  static List<GivenCertificate> readable(CheckSubject subject) {
    return of(subject).stream()
        .filter(each -> each.check().filter(CertificateCheck::isReadable).isPresent())
        .toList();
  }

  /** The check of one that is provided, if its file is there. */
  Optional<CertificateCheck> check() {
    return wanted.isProvided() ? file.map(CertificateCheck::of) : Optional.empty();
  }

  /** A finding of the certificate as one of the element. */
  ElementFinding told(CertificateFinding finding) {
    String message = "`" + wanted.name() + "`: " + finding.message();
    return finding.isError()
        ? ElementFinding.error(finding.code(), field, message, finding.nextStep())
        : ElementFinding.warning(finding.code(), field, message, finding.nextStep());
  }
}
