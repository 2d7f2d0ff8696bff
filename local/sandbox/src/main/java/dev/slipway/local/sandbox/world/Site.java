package dev.slipway.local.sandbox.world;

/**
 * A place on the sandbox's network where a stand-in is reached.
 *
 * @param host the host name; {@code *.} in front stands for any one or more labels
 * @param address the IPv4 address that DNS answers, one per stand-in and network: a documentation
 *     address (RFC 5737), or a private one for a stand-in that only the customer's own network
 *     reaches
 * @param port the port a caller asks for
 * @param transport the protocol there
 * @param isPublished whether DNS knows the host from the beginning
 */
public record Site(
    String host, String address, int port, Transport transport, boolean isPublished) {

  /** The protocol of a site. */
  public enum Transport {
    /** HTTP over TLS, by the shared listener. */
    HTTPS,
    /** Plain HTTP, by the shared listener. */
    HTTP,
    /** The protocol of the stand-in's own listener. */
    TCP
  }

  /** A site that DNS knows from the beginning. */
  public Site(String host, String address, int port, Transport transport) {
    this(host, address, port, transport, true);
  }

  /** An HTTPS site on port 443. */
  public static Site https(String host, String address) {
    return new Site(host, address, 443, Transport.HTTPS);
  }

  /** An HTTPS site on port 443, of which DNS knows what customers enter there, and nothing else. */
  public static Site unpublished(String host, String address) {
    return new Site(host, address, 443, Transport.HTTPS, false);
  }

  /** Whether only the customer's own network reaches it: its address is a private one. */
  public boolean isInside() {
    return address.startsWith("10.");
  }

  /** The IPv6 documentation address (RFC 3849) beside the IPv4 one: the same last number. */
  public String address6() {
    return "2001:db8::" + address.substring(address.lastIndexOf('.') + 1);
  }

  /** Whether a host name is this site's. */
  public boolean serves(String name) {
    return host.startsWith("*.") ? name.endsWith(host.substring(1)) : host.equals(name);
  }
}
