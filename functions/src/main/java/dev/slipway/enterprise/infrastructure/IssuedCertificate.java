package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionCertificates.CERTIFICATES;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.aws.CertificateManager;
import dev.slipway.systems.aws.CertificateManager.Certificate;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostPaths;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.tls.WantedCertificate;
import dev.slipway.task.Finding;
import dev.slipway.task.MachineStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A certificate of AWS Certificate Manager. Its names are its natural key: one that is issued for
 * them, or waits for its records, is adopted. A request that failed is told once, and then another
 * one is made.
 */
final class IssuedCertificate {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Work work;
  private final WantedCertificate wanted;
  private final CustomerAccess access;
  private final Egress egress;
  private CertificateManager manager;

  IssuedCertificate(Work work, WantedCertificate wanted, CustomerAccess access, Egress egress) {
    this.work = work;
    this.wanted = wanted;
    this.access = access;
    this.egress = egress;
  }

  private CertificateManager manager() {
    if (manager == null) {
      manager = ProvisionCertificates.manager(work, access);
    }
    return manager;
  }

  private Set<String> names() {
    return Set.copyOf(wanted.covers());
  }

  /** Requests it unless it is there, has its records entered, and waits until it is issued. */
  void ensure() {
    work.step("issue")
        .about(CERTIFICATES)
        .field(CERTIFICATES)
        .machine(this::request)
        .orPerson(() -> requested(present()));
    validate();
    Certificate certificate = present();
    if (!certificate.status().equals("ISSUED")) {
      work.waitUntil(
          again(certificate), "AWS looks for the validation records of `" + wanted.name() + "`.");
    }
  }

  private void validate() {
    Optional<HostedDns> dns = access.dns(work);
    MachineStep validate = work.step("validate");
    Certificate certificate = present();
    String lines = lines(records(certificate));
    validate
        .about(work.about(CERTIFICATES).and("records", lines))
        .field(CERTIFICATES)
        .snippet("Records", lines)
        .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
        .machine(
            () ->
                dns.map(service -> validated(service, certificate))
                    .orElseGet(() -> entered(certificate, this::notThere)))
        .orPerson(() -> entered(certificate, this::stillMissing));
  }

  private Finding request() {
    Optional<Certificate> known = known();
    if (known.isPresent()) {
      return requested(known.get());
    }
    int number = MadeCertificates.of(work).size() + 1;
    String token =
        Json.hash(
                Json.tree(
                    Map.of(
                        "onboarding", work.onboarding(),
                        "environment", work.at("environment"),
                        "names", wanted.covers(),
                        "request", number)))
            .substring(0, 32);
    work.remember(Note.Kind.INTENT, "request:" + number, Json.tree(wanted.covers()));
    String arn =
        manager()
            .request(
                wanted.covers(),
                token,
                Map.of("slipway", work.onboarding() + "/" + work.at("environment")));
    MadeCertificates.note(work, arn);
    return requested(manager().describe(arn));
  }

  /** The certificate of these names, also one that this task requested and that failed. */
  private Optional<Certificate> known() {
    Optional<Certificate> alive = manager().find(names());
    if (alive.isPresent()) {
      noteOwn(alive.get());
      return alive;
    }
    return MadeCertificates.of(work).stream()
        .map(JsonNode::asText)
        .filter(arn -> work.remembered(Note.Kind.RESOURCE, "told:" + arn).isEmpty())
        .flatMap(arn -> manager().lookFor(arn).stream())
        .filter(each -> each.names().equals(names()))
        .findFirst();
  }

  /** The process may have died between AWS's answer and the note. */
  private void noteOwn(Certificate certificate) {
    int next = MadeCertificates.of(work).size() + 1;
    boolean isIntended =
        work.remembered(Note.Kind.INTENT, "request:" + next)
            .filter(names -> names.equals(Json.tree(wanted.covers())))
            .isPresent();
    if (isIntended) {
      MadeCertificates.note(work, certificate.arn());
    }
  }

  private Certificate present() {
    return known()
        .orElseThrow(
            () ->
                unmet(
                    "acm.not-requested",
                    "AWS Certificate Manager has no certificate for these names: "
                        + String.join(", ", wanted.covers())
                        + ".",
                    "Request it with DNS validation, in the region of the load balancers."));
  }

  private Finding requested(Certificate certificate) {
    boolean isAlive = Set.of("ISSUED", "PENDING_VALIDATION").contains(certificate.status());
    if (!isAlive) {
      work.remember(Note.Kind.RESOURCE, "told:" + certificate.arn(), Json.tree(work.now()));
      String reason =
          certificate.failure().isEmpty() ? certificate.status() : certificate.failure();
      throw unmet(
          "acm." + reason.toLowerCase(Locale.ROOT).replace('_', '-'),
          "AWS did not issue the certificate `" + wanted.name() + "` (" + reason + ").",
          nextStep(reason) + "; then retry, and it is requested again.");
    }
    return new Finding(
        "acm:DescribeCertificate",
        manager().against(),
        "`" + wanted.name() + "` " + shown(certificate.arn()) + " " + certificate.status());
  }

  /** AWS Certificate Manager User Guide, "Troubleshoot certificate requests". */
  private static String nextStep(String reason) {
    return switch (reason) {
      case "CAA_ERROR" -> "Add the record `CAA 0 issue \"amazon.com\"` to the domain";
      case "VALIDATION_TIMED_OUT" -> "Enter the validation records within 72 hours";
      case "DOMAIN_NOT_ALLOWED", "INVALID_PUBLIC_DOMAIN" ->
          "Correct the names in the element `certificates`; the domain must be a public one";
      case "ADDITIONAL_VERIFICATION_REQUIRED" -> "Ask AWS Support to verify the domain";
      default -> "Look at the certificate in the console of AWS Certificate Manager";
    };
  }

  /** The end of an ARN; its account is nobody's business. */
  static String shown(String arn) {
    return "…/" + arn.substring(arn.lastIndexOf('/') + 1);
  }

  private UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(code, "aws", CERTIFICATES, message, nextStep);
  }

  // --- validation

  private static String lines(List<DnsRecord> records) {
    return records.stream().map(DnsRecord::line).collect(Collectors.joining("\n"));
  }

  /** AWS thinks of them some seconds after the request. */
  private List<DnsRecord> records(Certificate certificate) {
    if (certificate.validation().isEmpty() && !certificate.status().equals("ISSUED")) {
      work.waitUntil(work.now().plus(PAUSE), "AWS is making the validation records.");
    }
    return certificate.validation();
  }

  private Finding validated(HostedDns dns, Certificate certificate) {
    if (certificate.status().equals("ISSUED")) {
      return issued(certificate);
    }
    EnvironmentUrls urls =
        new EnvironmentUrls(work, (onboarding, environment) -> Json.MAPPER.missingNode());
    Map<JsonNode, List<DnsRecord>> byZone = new LinkedHashMap<>();
    List<DnsRecord> all = records(certificate);
    all.forEach(
        record ->
            byZone.computeIfAbsent(urls.zone(record.name()), any -> new ArrayList<>()).add(record));
    byZone.forEach(
        (given, records) ->
            new RecordChanges(work, dns)
                .enter(ZoneSetUp.zone(dns, given), records, (record, there) -> true));
    return new Finding("validation records", dns.against(), lines(all));
  }

  private Finding issued(Certificate certificate) {
    return new Finding(
        "acm:DescribeCertificate",
        manager().against(),
        "ISSUED for " + String.join(", ", wanted.covers()) + ", until " + certificate.notAfter());
  }

  private interface Missing {
    RuntimeException of(DnsRecord record);
  }

  private Finding entered(Certificate certificate, Missing missing) {
    if (certificate.status().equals("ISSUED")) {
      return issued(certificate);
    }
    HostPaths paths = new HostPaths(egress.names(), new NameServers(egress));
    List<DnsRecord> all = records(certificate);
    for (DnsRecord record : all) {
      if (!paths.isAlias(record.name(), record.values().getFirst())) {
        throw missing.of(record);
      }
    }
    return new Finding("validation records", "DNS", lines(all));
  }

  private RuntimeException notThere(DnsRecord record) {
    return new SystemTrouble(
        "dns",
        Kind.NOT_FOUND,
        "The validation record of `" + wanted.name() + "` is not there yet.",
        "CNAME " + record.name(),
        record.name(),
        "");
  }

  private RuntimeException stillMissing(DnsRecord record) {
    return new UnmetRequirement(
        "certificate.validation-missing",
        "dns",
        CERTIFICATES,
        "The record " + record.name() + " is not there, or leads elsewhere.",
        "Enter " + record.line() + ". Then say so.");
  }

  /** After 2, 5, 10, 30 minutes, then hourly; AWS gives up after 72 hours. */
  private Instant again(Certificate certificate) {
    Instant began = work.since("awaited:" + certificate.arn());
    long minutes = Duration.between(began, work.now()).toMinutes();
    long pause = minutes < 2 ? 2 : minutes < 7 ? 5 : minutes < 17 ? 10 : minutes < 47 ? 30 : 60;
    return work.now().plus(Duration.ofMinutes(pause));
  }

  // --- the look

  /** The certificate, if it is issued. */
  UsableCertificate look() {
    work.proof(
        CERTIFICATES,
        () -> {
          Certificate certificate = present();
          if (!certificate.status().equals("ISSUED")) {
            throw unmet(
                "acm.not-issued",
                "The certificate `" + wanted.name() + "` is " + certificate.status() + ".",
                "Enter its validation records; then retry.");
          }
          return issued(certificate);
        });
    Certificate certificate = present();
    return new UsableCertificate(
        wanted.name(), certificate.names(), manager().fingerprint(certificate.arn()));
  }
}
