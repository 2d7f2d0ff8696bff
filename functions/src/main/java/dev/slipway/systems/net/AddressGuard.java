package dev.slipway.systems.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Keeps calls to hosts that a customer named from reaching the inside: the cloud's metadata
 * service, loopback, and private networks that the operator did not allow.
 */
final class AddressGuard {

  /** The forbidden networks, beyond those that {@link InetAddress} can tell by itself. */
  private static final List<Cidr> INSIDE =
      Cidr.parseList(
          "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,"
              + "192.0.0.0/24,192.168.0.0/16,198.18.0.0/15,224.0.0.0/3,"
              + "::/96,64:ff9b::/96,64:ff9b:1::/48,2002::/16,fc00::/7,fe80::/10,fec0::/10,ff00::/8");

  /** Domains of the vendors whose hosts are written in Slipway's own code. */
  private static final List<String> VENDORS =
      List.of(
          "amazonaws.com",
          "analyticsadmin.googleapis.com",
          "braintree-api.com",
          "docker.com",
          "docker.io",
          "ecb.europa.eu",
          "ewaypayments.com",
          "googletagmanager.com",
          "intercom.io",
          "intuit.com",
          "lightspeed.app",
          "login.microsoftonline.com",
          "login.microsoftonline.us",
          "login.partner.microsoftonline.cn",
          "maestrano.com",
          "maestrano.io",
          "mailgun.net",
          "management.azure.com",
          "management.chinacloudapi.cn",
          "management.usgovcloudapi.net",
          "mandrillapp.com",
          "maps.googleapis.com",
          "newrelic.com",
          "oauth2.googleapis.com",
          "openexchangerates.org",
          "pusher.com",
          "salesforce.com",
          "sparkpost.com",
          "splunk.com",
          "splunkcloud.com",
          "stripe.com",
          "sumologic.com",
          "unleashedsoftware.com",
          "xero.com");

  private final NameResolver names;
  private final List<Cidr> allowed;

  AddressGuard(NameResolver names, List<Cidr> allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  /** The addresses of a checked host. */
  record Checked(List<InetAddress> addresses, boolean allAllowedByOperator) {}

  /**
   * Resolves a customer's host and refuses it when any of its addresses points inside.
   *
   * @param bySystem whether to resolve as the HTTP client will, by the JVM's resolver
   */
  Checked check(String system, String asked, String host, boolean bySystem) {
    NameResolver.HostAnswer answer =
        bySystem ? new NameResolver.HostAnswer(names.ofTheSystem(host), "") : names.host(host);
    List<InetAddress> addresses = answer.addresses();
    if (addresses.isEmpty() && !answer.failure().isEmpty()) {
      throw new SystemTrouble(
          system,
          SystemTrouble.Kind.TIMED_OUT,
          "DNS did not answer where " + host + " is (" + answer.failure() + ").",
          asked,
          host,
          "");
    }
    if (addresses.isEmpty()) {
      throw new SystemTrouble(
          system,
          SystemTrouble.Kind.NAME_UNKNOWN,
          "The host name " + host + " is not known to DNS.",
          asked,
          host,
          "");
    }
    for (InetAddress address : addresses) {
      if (isInside(address) && !isAllowed(address)) {
        throw new SystemTrouble(
            system,
            SystemTrouble.Kind.ADDRESS_REFUSED,
            "The host "
                + host
                + " points to "
                + address.getHostAddress()
                + ", an internal address that Slipway does not connect to.",
            asked,
            host,
            "");
      }
    }
    return new Checked(addresses, addresses.stream().allMatch(this::isAllowed));
  }

  /** Refuses a vendor host outside the vendors' own domains: a mistake in Slipway's code. */
  static void checkVendor(HttpCall call) {
    String host = call.uri().getHost().toLowerCase(Locale.ROOT);
    boolean known = VENDORS.stream().anyMatch(v -> host.equals(v) || host.endsWith("." + v));
    if (!known || !call.uri().getScheme().equals("https")) {
      throw new SystemTrouble(
          call.system(),
          SystemTrouble.Kind.ADDRESS_REFUSED,
          host
              + " is not asked: Slipway's list of vendors' domains (AddressGuard.VENDORS) lacks it,"
              + " or the address does not begin with https://.",
          call.asked(),
          call.against(),
          "");
    }
  }

  private boolean isAllowed(InetAddress address) {
    InetAddress plain = Cidr.unmapped(address);
    return allowed.stream().anyMatch(network -> network.contains(plain));
  }

  private static boolean isInside(InetAddress address) {
    InetAddress plain = Cidr.unmapped(address);
    return plain.isAnyLocalAddress()
        || plain.isLoopbackAddress()
        || plain.isLinkLocalAddress()
        || plain.isSiteLocalAddress()
        || plain.isMulticastAddress()
        || INSIDE.stream().anyMatch(network -> network.contains(plain));
  }
}
