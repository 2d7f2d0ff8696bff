package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.dns.DelegationCheck;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.MethodPermission;
import dev.slipway.systems.platform.PermissionProber;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.Region;
import dev.slipway.systems.tls.TlsReport;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * V00: the platform is installed: it answers, has a region, its domains are delegated and covered
 * by certificates; and the token's permissions are known, method by method. Changes nothing.
 */
public final class CheckPlatform extends TaskFunction {
  private static final String FIELD = "platform";

  /** The methods that other tasks call with the administrator's token. */
  private static final List<PlatformMethod> NEEDED =
      List.of(
          PlatformMethod.GET_CLUSTER_STATUS,
          PlatformMethod.GET_CONFIG_KEYS,
          PlatformMethod.CHANGE_CONFIG_KEY,
          PlatformMethod.APPLY_CONFIG,
          PlatformMethod.SEND_TEMPLATE_EMAIL,
          PlatformMethod.GET_EXT_IP_POOL_INFO,
          PlatformMethod.ADD_EXT_IPS,
          PlatformMethod.GET_DOCKER_PULL_STATUS,
          PlatformMethod.GET_USER_INFO,
          PlatformMethod.GET_ADMIN_USERS_INFO,
          PlatformMethod.ENABLE_MANDATORY_2FA,
          PlatformMethod.GET_SMS_LIST_DATA,
          PlatformMethod.REFRESH_EMAIL_TEMPLATES);

  private final ThirdParties parties;

  /** For Lambda. */
  public CheckPlatform() {
    this(FunctionContext.lambda());
  }

  public CheckPlatform(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  CheckPlatform(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    // There is nothing to set up: looking is the whole task.
  }

  @Override
  protected void verify(Work work) {
    PlatformClient platform = parties.platform(work);
    JsonNode element = work.element("platform");
    String domain = element.path("domain").asText().toLowerCase(Locale.ROOT);
    work.step("reach").field(FIELD).machine(() -> reached(platform));
    List<Region> regions = new ArrayList<>();
    work.step("regions").field(FIELD).machine(() -> regions(platform, regions));
    Set<String> domains = new TreeSet<>(Set.of(domain));
    regions.forEach(region -> domains.addAll(region.domains()));
    for (String each : domains) {
      DomainReport report = parties.platformDomain(each);
      boolean apiHostToo = each.equals(domain);
      for (DomainFinding finding : report.findings()) {
        if (apiHostToo || !finding.check().equals("api-host")) {
          work.step("delegation").field("platform.domain").machine(() -> delegated(each, finding));
        }
      }
      work.step("wildcard-certificate").field("platform.domain").machine(() -> certified(each));
    }
    if (element.has("nameServers")) {
      work.step("delegation")
          .field("platform.nameServers")
          .machine(() -> expected(domain, element.path("nameServers")));
    }
    PermissionProber prober = new PermissionProber(platform);
    for (PlatformMethod method : NEEDED) {
      work.step("permissions")
          .field("credential:platform")
          .machine(() -> permission(prober, method, platform));
    }
  }

  private static Finding reached(PlatformClient platform) {
    return new Finding(
        PlatformMethod.GET_VERSION.permission(),
        platform.against(),
        "version " + platform.version());
  }

  private static Finding regions(PlatformClient platform, List<Region> found) {
    found.addAll(platform.regions());
    if (found.isEmpty()) {
      throw new UnmetRequirement(
          "platform.no-region",
          "platform",
          FIELD,
          "The platform reports no region.",
          "Have the vendor complete the installation with at least one hardware region.");
    }
    return new Finding(
        PlatformMethod.GET_REGIONS.permission(),
        platform.against(),
        String.join(", ", found.stream().map(r -> r.name() + " " + r.domains()).toList()));
  }

  private static Finding delegated(String domain, DomainFinding finding) {
    return switch (finding.verdict()) {
      case GOOD, WARNING -> new Finding("dns " + finding.check(), domain, finding.message());
      case UNKNOWN ->
          throw new SystemTrouble(
              "dns",
              SystemTrouble.Kind.TIMED_OUT,
              finding.message(),
              finding.check(),
              domain,
              finding.seen());
      case MISSING, WRONG ->
          throw new UnmetRequirement(
              "dns." + finding.check(),
              "dns",
              "platform.domain",
              finding.message(),
              "Delegate "
                  + domain
                  + " with NS records in the zone above it, and have a wildcard record answer for"
                  + " every name below it; then retry.");
    };
  }

  private Finding certified(String domain) {
    String host = DelegationCheck.wildcardName(domain);
    TlsReport report = parties.certificate(host);
    if (!report.good()) {
      throw new UnmetRequirement(
          "platform.certificate",
          "platform",
          "platform.domain",
          report.summary(),
          "Install a valid certificate for *." + domain + ", with its intermediates; then retry.");
    }
    String warnings = report.warnings().isEmpty() ? "" : " " + String.join(" ", report.warnings());
    return new Finding("tls handshake", host + ":443", report.summary() + warnings);
  }

  private Finding expected(String domain, JsonNode nameServers) {
    String seen = parties.platformDomain(domain).of("delegation").seen();
    List<String> actual = Arrays.asList(seen.split(", ", -1));
    List<String> wanted = new ArrayList<>();
    nameServers.forEach(server -> wanted.add(server.asText().toLowerCase(Locale.ROOT)));
    if (wanted.stream().noneMatch(actual::contains)) {
      throw new UnmetRequirement(
          "dns.delegated-elsewhere",
          "dns",
          "platform.nameServers",
          domain + " is delegated to " + seen + ", none of them among those given.",
          "Correct the NS records in the zone above, or the name servers given at intake.");
    }
    return new Finding("dns name servers", domain, seen);
  }

  private static Finding permission(
      PermissionProber prober, PlatformMethod method, PlatformClient platform) {
    MethodPermission found = prober.probe(List.of(method)).getFirst();
    String meaning =
        switch (found.verdict()) {
          case PERMITTED -> "permitted";
          case REFUSED -> "refused, a person does what needs it: " + found.answer();
          case UNKNOWN -> "unknown until it is needed: " + found.answer();
        };
    return new Finding("permission " + method.permission(), platform.against(), meaning);
  }
}
