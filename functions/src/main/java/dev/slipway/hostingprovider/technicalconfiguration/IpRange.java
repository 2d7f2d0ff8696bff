package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A range of IPv4 addresses, both ends included.
 *
 * @param first the lowest address, as a number
 * @param last the highest address
 * @param regions the regions that get it
 * @param privateOnPurpose whether private addresses are meant
 */
record IpRange(long first, long last, List<String> regions, boolean privateOnPurpose) {
  /** A class B network's sixteenth: more in one range is rather a typing error. */
  static final int LARGEST = 4096;

  /** Never given out to anybody. */
  private static final List<Cidr> NEVER =
      Cidr.parseList("0.0.0.0/8,127.0.0.0/8,169.254.0.0/16,224.0.0.0/3");

  /** Not routed on the internet. */
  private static final List<Cidr> PRIVATE =
      Cidr.parseList("10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16,198.18.0.0/15");

  IpRange {
    regions = List.copyOf(regions);
  }

  /** Reads one entry of the element {@code external-ip-ranges}. */
  static IpRange of(JsonNode entry) {
    List<String> regions = new ArrayList<>();
    entry.path("regions").forEach(region -> regions.add(region.asText()));
    return new IpRange(
        number(entry.path("from").asText()),
        number(entry.path("to").asText()),
        regions,
        entry.path("private").asBoolean());
  }

  /** The error of the range by itself, in a sentence. */
  Optional<String> problem() {
    if (first > last) {
      return Optional.of("The range " + this + " ends before it begins.");
    }
    if (size() > LARGEST) {
      return Optional.of(
          "The range "
              + this
              + " has "
              + size()
              + " addresses; at most "
              + LARGEST
              + " are taken.");
    }
    if (overlapsAny(NEVER)) {
      return Optional.of("The range " + this + " has addresses that can be given to nobody.");
    }
    if (!privateOnPurpose && overlapsAny(PRIVATE)) {
      return Optional.of(
          "The range " + this + " has private addresses, which cannot be reached from outside.");
    }
    return Optional.empty();
  }

  /** Whether it shares an address with another one. */
  boolean overlaps(IpRange other) {
    return first <= other.last && other.first <= last;
  }

  /** Whether it shares an address with a network such as {@code 10.0.0.0/8}. */
  boolean overlaps(Cidr network) {
    long lowest = number(network.network().getHostAddress());
    long size = 1L << (32 - network.bits());
    long begin = lowest - lowest % size;
    return first < begin + size && begin <= last;
  }

  /** The addresses of the range that are not among these, as ranges without gaps. */
  List<IpRange> missingFrom(Set<String> present) {
    List<IpRange> gaps = new ArrayList<>();
    for (long address : addresses().filter(a -> !present.contains(text(a))).toArray()) {
      if (!gaps.isEmpty() && gaps.getLast().last == address - 1) {
        gaps.set(
            gaps.size() - 1, new IpRange(gaps.getLast().first, address, regions, privateOnPurpose));
      } else {
        gaps.add(new IpRange(address, address, regions, privateOnPurpose));
      }
    }
    return gaps;
  }

  /** The number of its addresses. */
  long size() {
    return last - first + 1;
  }

  /** Whether an address lies in it. */
  boolean contains(String address) {
    return addresses().anyMatch(a -> text(a).equals(address));
  }

  String from() {
    return text(first);
  }

  String to() {
    return text(last);
  }

  @Override
  public String toString() {
    return from() + "-" + to();
  }

  private LongStream addresses() {
    return LongStream.rangeClosed(first, last);
  }

  private boolean overlapsAny(List<Cidr> networks) {
    return networks.stream().anyMatch(this::overlaps);
  }

  private static long number(String address) {
    long number = 0;
    for (byte octet : InetAddress.ofLiteral(address).getAddress()) {
      number = (number << 8) | (octet & 255);
    }
    return number;
  }

  private static String text(long address) {
    return "%d.%d.%d.%d"
        .formatted(
            (address >> 24) & 255, (address >> 16) & 255, (address >> 8) & 255, address & 255);
  }
}
