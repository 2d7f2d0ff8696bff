package dev.slipway.systems.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * The records of one name and type, as a customer's DNS keeps them.
 *
 * @param name the name, without a dot at the end; may be a wildcard
 * @param type such as {@code CNAME}
 * @param ttl seconds; 0 of an alias that has none
 * @param values the data; names without a dot at the end, texts whole and without quotation marks
 */
public record DnsRecord(String name, String type, long ttl, List<String> values) {
  public DnsRecord {
    values = List.copyOf(values);
  }

  /** Whether a target is an address, and no name. */
  public static boolean isAddress(String target) {
    try {
      InetAddress.ofLiteral(target);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** That of a host at an address. */
  public static DnsRecord address(String host, String address) {
    String type = address.contains(":") ? "AAAA" : "A";
    return new DnsRecord(host, type, HostedDns.TTL, List.of(address));
  }

  /** That of a host which another name stands for. */
  public static DnsRecord alias(String host, String target) {
    return new DnsRecord(host, "CNAME", HostedDns.TTL, List.of(target));
  }

  /** That of a text. */
  public static DnsRecord text(String name, String text) {
    return new DnsRecord(name, "TXT", HostedDns.TTL, List.of(text));
  }

  /** The types of which a name has those that exclude each other: texts stand beside addresses. */
  public Set<String> rivals() {
    return type.equals("TXT") ? Set.of("TXT") : HostedDns.LEADING;
  }

  /** The line of a zone file. */
  public String line() {
    return name
        + ". "
        + ttl
        + " IN "
        + type
        + " "
        + (type.equals("TXT")
            ? "\"" + String.join("\" \"", values) + "\""
            : String.join(" ", values))
        + (type.equals("CNAME") ? "." : "");
  }

  /** Whether it says the same, whatever its TTL. */
  public boolean saysAs(DnsRecord other) {
    return name.equals(other.name) && type.equals(other.type) && values.equals(other.values);
  }
}
