package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.tls.CertificateCheck;
import dev.slipway.systems.tls.CertificateFinding;
import dev.slipway.systems.tls.WantedCertificate.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Each provided certificate is a PEM file of a whole chain, the names are told apart, and AWS
 * Certificate Manager is asked for only where AWS serves the hosts.
 */
final class CertificatesParse implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    String provider = subject.elements().path("infrastructure").path("provider").asText("aws");
    List<ElementFinding> findings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (GivenCertificate given : GivenCertificate.of(subject)) {
      if (!names.add(given.environment() + "." + given.wanted().name())) {
        findings.add(
            ElementFinding.error(
                "certificate.name-twice",
                given.field() + "/name",
                "Two certificates of the environment are called `" + given.wanted().name() + "`.",
                "Give each a name of its own."));
      }
      if (given.wanted().source() == Source.ACM && !provider.equals("aws")) {
        findings.add(
            ElementFinding.error(
                "certificate.acm-without-aws",
                given.field() + "/source",
                "AWS Certificate Manager issues for load balancers of AWS only, and the provider is "
                    + provider
                    + ".",
                "Choose `acme` or `provided`."));
      }
      findings.addAll(ofFile(given));
    }
    return findings;
  }

  private static List<ElementFinding> ofFile(GivenCertificate given) {
    if (!given.wanted().isProvided()) {
      return List.of();
    }
    if (given.file().isEmpty()) {
      return List.of(
          ElementFinding.error(
              "certificate.no-file",
              given.field() + "/chain",
              given.wanted().file().isEmpty()
                  ? "`" + given.wanted().name() + "` is provided, and names no file."
                  : "There is no file " + given.wanted().file().get() + ".",
              "Hand over the PEM file with the chain."));
    }
    List<CertificateFinding> form = given.check().map(CertificateCheck::form).orElse(List.of());
    return form.stream().map(given::told).toList();
  }
}
