package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether a platform's domain is delegated to name servers that exist, and whether any name
 * below it has an address (row V00). Environments of customers get names below it, so a single
 * record for {@code app.} is not enough.
 *
 * <pre>{@code
 * DomainReport report = new DelegationCheck(egress.names()).check("paas.example.com");
 * }</pre>
 */
public final class DelegationCheck {

  /** A label that nobody has: it has an address only through a wildcard. */
  private static final String ANY_LABEL = "slipway-wildcard-check";

  private final NameResolver names;

  /** Looks names up here. */
  public DelegationCheck(NameResolver names) {
    this.names = names;
  }

  /** Checks {@code delegation}, {@code api-host} and {@code wildcard}. */
  public DomainReport check(String domain) {
    return new DomainReport(
        domain,
        List.of(
            delegation(domain),
            address("api-host", "app." + domain),
            address("wildcard", wildcardName(domain))));
  }

  /** A name below the domain that only a wildcard answers for. */
  public static String wildcardName(String domain) {
    return ANY_LABEL + "." + domain;
  }

  private DomainFinding delegation(String domain) {
    NameAnswer servers = names.lookup(domain, RecordType.NS);
    String seen = String.join(", ", servers.values());
    return switch (servers.status()) {
      case FOUND -> {
        List<String> dead = new ArrayList<>();
        for (String server : servers.values()) {
          NameResolver.HostAnswer host = names.host(server);
          if (host.addresses().isEmpty() && !host.failure().isEmpty()) {
            yield new DomainFinding(
                "delegation",
                Verdict.UNKNOWN,
                "DNS did not answer for the name server " + server + " of " + domain + ".",
                host.failure());
          }
          if (host.addresses().isEmpty()) {
            dead.add(server);
          }
        }
        yield dead.isEmpty()
            ? new DomainFinding(
                "delegation", Verdict.GOOD, domain + " is delegated to " + seen + ".", seen)
            : new DomainFinding(
                "delegation",
                Verdict.WRONG,
                domain + " is delegated to " + String.join(", ", dead) + ", which has no address.",
                seen);
      }
      case NO_RECORDS ->
          new DomainFinding(
              "delegation",
              Verdict.WARNING,
              domain + " has no NS records of its own: it is kept in the zone above it.",
              "no NS records");
      case NO_SUCH_NAME ->
          new DomainFinding(
              "delegation",
              Verdict.MISSING,
              domain + " does not exist in DNS: delegate it with NS records in the zone above it.",
              "NXDOMAIN");
      case FAILED ->
          new DomainFinding(
              "delegation",
              Verdict.UNKNOWN,
              "The name servers of " + domain + " did not answer.",
              servers.detail());
    };
  }

  private DomainFinding address(String check, String host) {
    NameAnswer v4 = names.lookup(host, RecordType.A);
    NameAnswer answer = v4.found() ? v4 : names.lookup(host, RecordType.AAAA);
    String seen = String.join(", ", answer.values());
    if (answer.found()) {
      return new DomainFinding(check, Verdict.GOOD, host + " points to " + seen + ".", seen);
    }
    if (v4.status() == NameAnswer.Status.FAILED || answer.status() == NameAnswer.Status.FAILED) {
      return new DomainFinding(
          check, Verdict.UNKNOWN, "DNS did not answer for " + host + ".", v4.detail());
    }
    return new DomainFinding(
        check, Verdict.MISSING, host + " has no address in DNS.", v4.status().name());
  }
}
