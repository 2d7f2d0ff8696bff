package dev.slipway.systems.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A network such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network any address of the network
 * @param bits length of the prefix
 */
public record Cidr(InetAddress network, int bits) {

  public Cidr {
    if (bits < 0 || bits > network.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix length out of range: " + bits);
    }
  }

  /** Parses one network; an address without a prefix length is a network of one. */
  public static Cidr parse(String text) {
    String trimmed = text.strip();
    int slash = trimmed.indexOf('/');
    String address = slash < 0 ? trimmed : trimmed.substring(0, slash);
    InetAddress network = literal(address);
    int bits =
        slash < 0
            ? network.getAddress().length * 8
            : Integer.parseInt(trimmed.substring(slash + 1).strip());
    return new Cidr(network, bits);
  }

  /** Parses a comma-separated list; null and blank give an empty list. */
  public static List<Cidr> parseList(String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    return Arrays.stream(text.split(",")).filter(part -> !part.isBlank()).map(Cidr::parse).toList();
  }

  /** Whether the address lies in this network; never true across IP versions. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IP network: " + address, e);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }

  /** The mapped IPv4 address of {@code ::ffff:a.b.c.d}, or the address itself. */
  static InetAddress unmapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16) {
      return address;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return address;
      }
    }
    if (bytes[10] != (byte) 0xff || bytes[11] != (byte) 0xff) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
