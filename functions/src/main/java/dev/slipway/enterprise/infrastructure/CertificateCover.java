package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionCertificates.CERTIFICATES;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.tls.TlsProbe;
import dev.slipway.systems.tls.TlsReport;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;

/** The hosts of an environment held against its certificates; changes nothing. */
final class CertificateCover {
  private final Work work;
  private final List<UsableCertificate> usable;
  private final Egress egress;
  private final List<EnvironmentHost> hosts;

  CertificateCover(Work work, List<UsableCertificate> usable, Egress egress) {
    this.work = work;
    this.usable = List.copyOf(usable);
    this.egress = egress;
    work.element("component-hosts");
    work.element("tenants");
    this.hosts = EnvironmentHost.all(work.elements(), work.at("environment"));
  }

  /** The hosts that can be connected to: no wildcards. */
  List<EnvironmentHost> namedHosts() {
    return hosts.stream().filter(host -> !host.name().startsWith("*.")).toList();
  }

  /** Each host is covered by exactly one certificate. */
  Finding covered() {
    List<String> not = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (EnvironmentHost host : hosts) {
      List<String> names = covering(host).stream().map(UsableCertificate::name).toList();
      if (names.isEmpty()) {
        not.add(host.name());
      } else if (names.size() > 1) {
        throw unmet(
            "certificate.covered-twice",
            host.name() + " is covered by `" + String.join("` and `", names) + "`.",
            "Leave it to one of them in the element `certificates`; then retry.");
      }
      lines.add(host.name() + " → " + String.join("", names));
    }
    if (!not.isEmpty()) {
      throw unmet(
          "certificate.not-covered",
          "No certificate covers " + String.join(", ", not) + "; a wildcard covers one label.",
          "Add them to the names of a certificate in the element `certificates`; then retry.");
    }
    return new Finding("names of the certificates", CERTIFICATES, String.join("; ", lines));
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(code, CERTIFICATES, CERTIFICATES, message, nextStep);
  }

  private List<UsableCertificate> covering(EnvironmentHost host) {
    return usable.stream().filter(each -> each.isFor(host.name())).toList();
  }

  /**
   * A host that answers on port 443 serves its certificate; at a second look each has to answer.
   */
  Finding served(EnvironmentHost host) {
    String against = host.name() + ":443";
    TlsReport report;
    try {
      report = new TlsProbe(egress).inspect("tls", host.name(), 443);
    } catch (SystemTrouble trouble) {
      if (work.isSecondLook()
          && !work.element("infrastructure").path("reach").asText().equals("private")) {
        throw trouble;
      }
      return new Finding(
          "tls handshake",
          against,
          "not served yet (" + trouble.kind().code() + "): proved when its component is deployed");
    }
    boolean isExpected =
        covering(host).stream()
            .anyMatch(each -> report.fingerprint().filter(each.fingerprint()::equals).isPresent());
    if (!isExpected && report.fingerprint().isPresent()) {
      throw new UnmetRequirement(
          "tls.other-certificate",
          "tls",
          host.field(),
          host.name()
              + " serves another certificate than it should: that of "
              + String.join(", ", report.names())
              + " by "
              + report.issuer()
              + ".",
          "Give the load balancer the certificate of the element `certificates`; then retry.");
    }
    if (!report.good()) {
      throw new UnmetRequirement(
          "tls.not-trusted",
          "tls",
          host.field(),
          report.summary(),
          "Have " + host.name() + " serve its certificate with the intermediates; then retry.");
    }
    return new Finding("tls handshake", against, report.summary());
  }
}
