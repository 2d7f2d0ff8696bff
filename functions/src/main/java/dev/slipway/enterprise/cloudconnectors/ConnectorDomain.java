package dev.slipway.enterprise.cloudconnectors;

import dev.slipway.systems.maestrano.Nex;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.tls.CertificateCheck;
import dev.slipway.systems.tls.ProvidedKeys;
import dev.slipway.systems.tls.TlsProbe;
import dev.slipway.systems.tls.TlsReport;
import dev.slipway.systems.tls.WantedCertificate;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host of a connector on Nex!, and its certificate: that of the customer's own that covers the
 * host, where Nex! does not serve one already. Nex! answers 200 to much, so a handshake with the
 * host is the proof.
 */
final class ConnectorDomain {
  private static final String CERTIFICATES = "certificates";

  private final Work work;
  private final OnPremiseConnector connector;
  private final Nex nex;
  private final Egress egress;
  private final MadeOnNex domain;
  private final MadeOnNex certificate;

  ConnectorDomain(Work work, OnPremiseConnector connector, Nex nex, Egress egress) {
    this.work = work;
    this.connector = connector;
    this.nex = nex;
    this.egress = egress;
    this.domain = new MadeOnNex(work, "domain");
    this.certificate = new MadeOnNex(work, "certificate");
  }

  /** Has the host lead to an app, under a certificate. */
  Finding ensure(Nex.App app) {
    if (nex.domain(connector.host(), app).isEmpty()) {
      domain.make(() -> nex.addDomain(connector.host(), app));
    }
    if (!served().good() && nex.certificate(connector.host(), app).isEmpty()) {
      provided().ifPresent(own -> upload(own, app));
    }
    TlsReport report = served();
    if (!report.good()) {
      throw new SystemTrouble(
          Nex.SYSTEM,
          Kind.NOT_PERMITTED,
          "Nex! has the host and does not serve it with a certificate that holds.",
          "TLS handshake",
          connector.host() + ":443",
          report.summary());
    }
    return found(report);
  }

  /** Looks whether the host answers under its certificate. */
  Finding look() {
    TlsReport report = served();
    if (!report.good()) {
      throw new UnmetRequirement(
          "tls.not-trusted",
          Nex.SYSTEM,
          connector.field(),
          report.summary(),
          "Enter the certificate of the host on Nex!, with its intermediates; then retry.");
    }
    return found(report);
  }

  /** Removes what this task made for an app; answers what was done. */
  List<String> remove(Nex.App app) {
    List<String> done = new ArrayList<>();
    nex.certificate(connector.host(), app)
        .filter(certificate::isOwn)
        .ifPresent(
            id -> {
              nex.removeCertificate(id);
              done.add("its certificate is removed from Nex!");
            });
    nex.domain(connector.host(), app)
        .filter(domain::isOwn)
        .ifPresent(
            id -> {
              nex.removeDomain(id);
              done.add("the host " + connector.host() + " is removed from Nex!");
            });
    return done;
  }

  private TlsReport served() {
    return new TlsProbe(egress).inspect(Nex.SYSTEM, connector.host(), 443);
  }

  private Finding found(TlsReport report) {
    return new Finding("TLS handshake", connector.host() + ":443", report.summary());
  }

  /** The customer's own certificate for the host, if there is one. */
  private Optional<WantedCertificate> provided() {
    return WantedCertificate.of(work.element(CERTIFICATES)).stream()
        .filter(each -> each.isProvided() && each.isFor(connector.host()))
        .findFirst();
  }

  private void upload(WantedCertificate own, Nex.App app) {
    CertificateCheck check =
        own.file()
            .flatMap(work::file)
            .map(Bytes::text)
            .map(CertificateCheck::of)
            .orElseThrow(
                () ->
                    new UnmetRequirement(
                        "certificate.no-file",
                        CERTIFICATES,
                        CERTIFICATES,
                        "The chain of `" + own.name() + "` is not there.",
                        "Hand it over in the element; then retry."));
    ProvidedKeys keys = ProvidedKeys.of(work.secret(CERTIFICATES));
    keys.finding(own.name(), check)
        .ifPresent(
            finding -> {
              throw new UnmetRequirement(
                  finding.code(),
                  CERTIFICATES,
                  CERTIFICATES,
                  finding.message(),
                  finding.nextStep());
            });
    certificate.make(
        () ->
            nex.addCertificate(
                connector.host(),
                app,
                check.leafPem(),
                check.issuersPem(),
                keys.pem(own.name(), check)));
  }
}
