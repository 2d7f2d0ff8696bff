package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.aws.CertificateManager;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Certificates;
import dev.slipway.systems.tls.CertificateCheck;
import dev.slipway.systems.tls.CertificateFinding;
import dev.slipway.systems.tls.ProvidedKeys;
import dev.slipway.systems.tls.WantedCertificate;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate that the customer provides: imported into AWS Certificate Manager, elsewhere
 * installed by the vendor. One that is renewed takes the place of the one imported before.
 */
final class ProvidedCertificate {
  private final Work work;
  private final WantedCertificate wanted;
  private final String field;
  private final CustomerAccess access;

  /**
   * @param field the place in the element
   */
  ProvidedCertificate(Work work, WantedCertificate wanted, String field, CustomerAccess access) {
    this.work = work;
    this.wanted = wanted;
    this.field = field;
    this.access = access;
  }

  /** Imports it unless it is there. */
  void ensure() {
    CertificateCheck check = sound();
    work.step("import")
        .about("certificates")
        .field(field)
        .machine(() -> imported(check))
        .orAttested();
  }

  /** The certificate for the vendor, who installs it where no machine can. */
  String line() {
    return "The certificate `" + wanted.name() + "`: " + sound().summary();
  }

  /** Whether AWS Certificate Manager takes it; elsewhere the vendor installs it. */
  boolean isOnAws() {
    return work.element("infrastructure").path("provider").asText().equals("aws");
  }

  /** The certificate, if it is as it must be today. */
  UsableCertificate look() {
    CertificateCheck check = sound();
    work.proof(field, () -> new Finding("certificate", "`" + wanted.name() + "`", told(check)));
    return new UsableCertificate(
        wanted.name(),
        new HashSet<>(Certificates.names(check.chain().getFirst())),
        check.fingerprint());
  }

  /** Held against all rules again: what was sound at intake may end meanwhile. */
  private CertificateCheck sound() {
    Optional<CertificateCheck> read =
        wanted.file().flatMap(work::file).map(Bytes::text).map(CertificateCheck::of);
    CertificateCheck check =
        read.orElseThrow(
            () ->
                unmet(
                    new CertificateFinding(
                        "certificate.no-file",
                        true,
                        "The chain of `" + wanted.name() + "` is not there.",
                        "Hand it over in the element")));
    List<CertificateFinding> errors = findings(check).filter(CertificateFinding::isError).toList();
    if (!errors.isEmpty()) {
      throw unmet(errors.getFirst());
    }
    ProvidedKeys.of(work.secret("certificates"))
        .finding(wanted.name(), check)
        .ifPresent(
            finding -> {
              throw unmet(finding);
            });
    return check;
  }

  private Stream<CertificateFinding> findings(CertificateCheck check) {
    return Stream.of(
            check.form(),
            check.coverage(wanted.covers()),
            check.validity(work.now()),
            check.strength())
        .flatMap(List::stream);
  }

  private String told(CertificateCheck check) {
    List<String> lines = new ArrayList<>(List.of(check.summary()));
    findings(check).forEach(warning -> lines.add("warning: " + warning.message()));
    return String.join("; ", lines);
  }

  private UnmetRequirement unmet(CertificateFinding finding) {
    return new UnmetRequirement(
        finding.code(),
        "certificates",
        field,
        "`" + wanted.name() + "`: " + finding.message(),
        finding.nextStep() + " Then retry.");
  }

  private Finding imported(CertificateCheck check) {
    CertificateManager manager = ProvisionCertificates.manager(work, access);
    String host = Certificates.names(check.chain().getFirst()).getFirst();
    Optional<String> present = manager.findImported(host, check.leafPem());
    String arn = present.orElseGet(() -> importInto(manager, check));
    noteOwn(arn, check);
    return new Finding(
        "acm:DescribeCertificate",
        manager.against(),
        manager.describe(arn).type() + ", SHA-256 " + manager.fingerprint(arn));
  }

  private String importInto(CertificateManager manager, CertificateCheck check) {
    Optional<String> before =
        work.remembered(Note.Kind.RESOURCE, "imported:" + wanted.name())
            .map(JsonNode::asText)
            .filter(arn -> manager.lookFor(arn).isPresent());
    work.remember(Note.Kind.INTENT, "import:" + check.fingerprint(), Json.tree(work.now()));
    return manager.importCertificate(
        before,
        check.leafPem(),
        ProvidedKeys.of(work.secret("certificates")).pem(wanted.name(), check),
        check.issuersPem(),
        Map.of("slipway", work.onboarding() + "/" + work.at("environment")));
  }

  /** One that was there before is the customer's own. */
  private void noteOwn(String arn, CertificateCheck check) {
    if (work.remembered(Note.Kind.INTENT, "import:" + check.fingerprint()).isPresent()) {
      work.remember(Note.Kind.RESOURCE, "imported:" + wanted.name(), Json.tree(arn));
      MadeCertificates.note(work, arn);
    }
  }
}
