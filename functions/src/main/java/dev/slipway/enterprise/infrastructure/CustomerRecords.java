package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.dns.HostedDns.Zone;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records that a task of another section adds to the customer's DNS, where Slipway may enter them
 * by its API. A record that is there and says otherwise is never replaced; a text stands beside
 * those of its name.
 *
 * <pre>{@code
 * CustomerRecords records = new CustomerRecords(work, http, awsLogin, "set-up-account");
 * records.zone("mg.customer.example");       // empty: the customer enters them by hand
 * }</pre>
 */
public final class CustomerRecords {
  private final Work work;
  private final Optional<HostedDns> dns;

  /**
   * @param task names the sessions
   */
  public CustomerRecords(Work work, HttpPort http, AwsLogin aws, String task) {
    this.work = work;
    this.dns = new CustomerAccess(http, aws, task).dns(work);
  }

  /** The name of the zone that a domain is in; empty where the customer enters records by hand. */
  public Optional<String> zone(String domain) {
    return dns.isEmpty()
        ? Optional.empty()
        : EnvironmentUrls.nearest(work, domain).map(zone -> zone.path("name").asText());
  }

  /**
   * Enters those that are not there.
   *
   * @param mayStand whether a text may be put beside these; throws to tell that it may not
   * @throws dev.slipway.task.UnmetRequirement where another record has the name
   */
  public Finding enter(String domain, List<DnsRecord> wanted, Beside mayStand) {
    HostedDns service = dns.orElseThrow();
    JsonNode given = EnvironmentUrls.nearest(work, domain).orElseThrow();
    awaitZone(service, given.path("name").asText());
    Zone zone = ZoneSetUp.zone(service, given);
    List<DnsRecord> merged = new ArrayList<>();
    for (DnsRecord record : wanted) {
      List<DnsRecord> present = service.records(zone, record.name(), record.rivals());
      merged.add(beside(record, present, mayStand));
    }
    List<DnsRecord> entered =
        new RecordChanges(work, service).enter(zone, merged, (record, present) -> true);
    return new Finding(
        "records",
        service.against(),
        entered.isEmpty()
            ? "all were there"
            : "entered: " + String.join("; ", entered.stream().map(DnsRecord::line).toList()));
  }

  /** It may be that the URLs of the other environment make it. */
  private void awaitZone(HostedDns service, String name) {
    boolean mayCome = work.element("infrastructure").path("dns").path("createZone").asBoolean();
    if (mayCome && service.zones(name).isEmpty()) {
      work.waitLonger(
          "zone:" + name, "The zone " + name + " is made with the URLs of the other environment.");
    }
  }

  /** Decides whether a record may be entered where others are. */
  @FunctionalInterface
  public interface Beside {
    /**
     * Of two that exclude each other, throws.
     *
     * @param present the record of its name that is there
     */
    void check(DnsRecord wanted, DnsRecord present);
  }

  private static DnsRecord beside(DnsRecord wanted, List<DnsRecord> present, Beside mayStand) {
    List<String> texts = new ArrayList<>();
    for (DnsRecord other : present) {
      if (other.saysAs(wanted) || other.values().containsAll(wanted.values())) {
        return other;
      }
      mayStand.check(wanted, other);
      texts.addAll(other.values());
    }
    texts.addAll(wanted.values());
    return new DnsRecord(
        wanted.name(),
        wanted.type(),
        present.isEmpty() ? wanted.ttl() : present.getFirst().ttl(),
        texts);
  }

  /** Removes what was entered, and says what was done. */
  public List<String> putBack() {
    return dns.map(service -> new RecordChanges(work, service).putBack()).orElse(List.of());
  }
}
