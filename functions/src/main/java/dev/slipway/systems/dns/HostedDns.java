package dev.slipway.systems.dns;

import dev.slipway.systems.net.SystemTrouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A customer's DNS by the API of the service that runs it. Every method throws {@link
 * SystemTrouble} when it cannot be answered.
 */
public interface HostedDns {
  /** How long resolvers keep the records that Slipway makes, in seconds. */
  long TTL = 300;

  /** The types of records by which a host leads somewhere. */
  Set<String> LEADING = Set.of("A", "AAAA", "CNAME");

  /**
   * A zone.
   *
   * @param id the service's own name for it
   * @param nameServers those that answer for it
   */
  record Zone(String id, String name, Set<String> nameServers) {
    public Zone {
      nameServers = Set.copyOf(nameServers);
    }
  }

  /** The service's name, such as {@code Route 53}. */
  String service();

  /** Scheme and host, which a report may name. */
  String against();

  /** The public zones of a name. */
  List<Zone> zones(String name);

  /**
   * Makes a zone; the same reference makes one only once.
   *
   * @param reference names the request
   */
  Zone createZone(String name, String reference);

  /** Deletes a zone that holds nothing but its own NS and SOA; false if it holds more. */
  boolean deleteIfEmpty(Zone zone);

  /**
   * The records of a name.
   *
   * @param types of which: {@link #LEADING}, or {@code TXT}
   */
  List<DnsRecord> records(Zone zone, String name, Set<String> types);

  /** The address records and aliases of a name. */
  default List<DnsRecord> records(Zone zone, String name) {
    return records(zone, name, LEADING);
  }

  /**
   * The record by which this service leads a host to its target: an alias by name, or an address;
   * empty if it has none, as for a name at a zone's apex, where no CNAME may stand.
   */
  Optional<DnsRecord> leading(Zone zone, String host, String target);

  /**
   * Replaces records by others, all at once.
   *
   * @param gone those to be deleted, as they stand there
   * @param there those that are to be there
   * @return the change, for {@link #isInEffect}
   */
  String change(Zone zone, List<DnsRecord> gone, List<DnsRecord> there);

  /** Whether all of the service's servers know a change. */
  boolean isInEffect(String change);

  /** The zone of this name, or of this id if there are several. */
  default Optional<Zone> zone(String name, Optional<String> id) {
    return zones(name).stream()
        .filter(zone -> id.map(wanted -> zone.id().equals(wanted)).orElse(true))
        .findFirst();
  }
}
