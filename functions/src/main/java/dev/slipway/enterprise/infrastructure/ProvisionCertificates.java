package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.systems.aws.CertificateManager;
import dev.slipway.systems.dns.CaaCheck;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.tls.WantedCertificate;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * M08: each host of an environment is covered by one usable certificate: issued by AWS Certificate
 * Manager, handed back by the vendor from an ACME authority, or provided by the customer and
 * imported. Hosts that answer already serve it.
 */
public final class ProvisionCertificates extends TaskFunction {
  static final String CERTIFICATES = "certificates";
  private static final String TASK = "provision-certificates";

  private final Egress egress;
  private final CustomerAccess access;

  /** For Lambda. */
  public ProvisionCertificates() {
    this(FunctionContext.lambda());
  }

  public ProvisionCertificates(FunctionContext context) {
    super(context);
    this.egress = context.egress();
    this.access = new CustomerAccess(egress, context.awsLogin(), TASK);
  }

  @Override
  protected void perform(Work work) {
    List<WantedCertificate> wanted = wanted(work);
    List<String> byHand = new ArrayList<>();
    for (WantedCertificate each : wanted) {
      switch (each.source()) {
        case ACM -> {
          authorised(work, each, CaaCheck.AMAZON);
          new IssuedCertificate(work, each, access, egress).ensure();
        }
        case ACME -> {
          work.step("issue").about(CERTIFICATES).field(CERTIFICATES).person(() -> handedBack(each));
        }
        case PROVIDED -> {
          ProvidedCertificate own = provided(work, wanted, each);
          if (own.isOnAws()) {
            own.ensure();
          } else {
            byHand.add(own.line());
          }
        }
      }
    }
    if (!byHand.isEmpty()) {
      work.step("import")
          .about(work.about().and(CERTIFICATES, String.join("\n", byHand)))
          .field(CERTIFICATES)
          .material(String.join("\n", byHand))
          .attested();
    }
  }

  @Override
  protected void verify(Work work) {
    List<WantedCertificate> wanted = wanted(work);
    List<UsableCertificate> usable = new ArrayList<>();
    for (WantedCertificate each : wanted) {
      switch (each.source()) {
        case ACM -> usable.add(new IssuedCertificate(work, each, access, egress).look());
        case ACME -> handedBack(each);
        case PROVIDED -> usable.add(provided(work, wanted, each).look());
      }
    }
    CertificateCover cover = new CertificateCover(work, usable, egress);
    work.step("covered").field(CERTIFICATES).machine(cover::covered);
    for (EnvironmentHost host : cover.namedHosts()) {
      work.step("served").field(host.field()).machine(() -> cover.served(host));
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        CERTIFICATES,
        () -> {
          List<String> done = new ArrayList<>();
          for (JsonNode arn : MadeCertificates.of(work)) {
            done.add(
                manager(work, access).deleteUnused(arn.asText())
                    ? "the certificate " + IssuedCertificate.shown(arn.asText()) + " is deleted"
                    : "the certificate "
                        + IssuedCertificate.shown(arn.asText())
                        + " is left over: a load balancer uses it");
          }
          return new Finding(
              "put back",
              "AWS Certificate Manager",
              done.isEmpty()
                  ? "nothing had been made by machine"
                  : String.join("; ", done)
                      + "; validation records stay, since renewal needs them");
        });
  }

  static CertificateManager manager(Work work, CustomerAccess access) {
    return new CertificateManager(
        access.account(work),
        work.element("infrastructure").path(work.at("environment")).path("region").asText());
  }

  private static List<WantedCertificate> wanted(Work work) {
    return WantedCertificate.of(work.element(CERTIFICATES));
  }

  private ProvidedCertificate provided(
      Work work, List<WantedCertificate> all, WantedCertificate each) {
    String field = CERTIFICATES + "." + work.at("environment") + "[" + all.indexOf(each) + "]";
    return new ProvidedCertificate(work, each, field, access);
  }

  private void authorised(Work work, WantedCertificate wanted, Set<String> authorities) {
    CaaCheck check = new CaaCheck(egress.names());
    for (String host : wanted.covers()) {
      work.step("authorised")
          .field(CERTIFICATES)
          .machine(
              () -> {
                CaaCheck.Policy policy = check.policy(host, authorities);
                if (!policy.isAllowed()) {
                  throw new UnmetRequirement(
                      "certificate.caa",
                      "dns",
                      "component-hosts",
                      "The CAA records of "
                          + policy.at()
                          + " do not let AWS issue a certificate for "
                          + host
                          + ": "
                          + String.join(", ", policy.records())
                          + ".",
                      "Add the record `"
                          + policy.at()
                          + ". CAA 0 issue \"amazon.com\"`"
                          + (host.startsWith("*.") ? " (and `issuewild` likewise)" : "")
                          + "; then retry.");
                }
                return new Finding(
                    "CAA",
                    host,
                    policy.at().isEmpty()
                        ? "no CAA records: any authority may issue"
                        : policy.at() + ": " + String.join(", ", policy.records()));
              });
    }
  }

  private static Finding handedBack(WantedCertificate wanted) {
    throw new UnmetRequirement(
        "certificate.not-handed-back",
        "acme",
        CERTIFICATES,
        "`" + wanted.name() + "` was not handed back yet: its source is still `acme`.",
        "Have the certificate issued, upload its chain, and save it in the element with the source"
            + " `provided`; its key goes into the credential `certificates`.");
  }
}
