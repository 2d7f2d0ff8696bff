package dev.slipway.pattern;

import java.net.URI;
import java.net.URISyntaxException;

/** Names and addresses of hosts, and the addresses made from them, such as URLs and mailboxes. */
public final class HostNames {
  private static final int LONGEST = 253;
  private static final int LAST_PORT = 65535;
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

  private static final EcmaPattern NAME =
      EcmaPattern.compile("^" + LABEL + "(\\." + LABEL + ")*$", "u");
  private static final EcmaPattern NUMBERS = EcmaPattern.compile("(^|\\.)[0-9]+$", "u");
  private static final EcmaPattern IPV4 =
      EcmaPattern.compile("^(" + OCTET + "\\.){3}" + OCTET + "$", "u");
  private static final EcmaPattern LOCAL_PART =
      EcmaPattern.compile("^(?=.{1,64}$)" + ATOM + "(\\." + ATOM + ")*$", "u");

  private HostNames() {}

  /** RFC 1123, 2.1: labels of letters, digits and hyphens. */
  public static boolean isName(String text) {
    return text.length() <= LONGEST && NAME.isIn(text);
  }

  /** Four numbers from 0 to 255, without leading zeros. */
  public static boolean isIpv4(String text) {
    return text.length() <= LONGEST && IPV4.isIn(text);
  }

  /** A name or an IPv4 address. A host that ends in a number is an address (WHATWG URL, 3.5). */
  public static boolean isHost(String text) {
    return isIpv4(text) || (isName(text) && !NUMBERS.isIn(text));
  }

  /**
   * A mailbox of RFC 5321, 4.1.2, as mail services take it: no quotes, ASCII, a domain with a dot.
   */
  public static boolean isMailAddress(String text) {
    int at = text.lastIndexOf('@');
    String domain = text.substring(at + 1);
    return at > 0
        && at <= 64
        && LOCAL_PART.isIn(text.substring(0, at))
        && domain.contains(".")
        && isHost(domain);
  }

  /** An absolute URI (RFC 3986); one of http or https with a host, and a port that there is. */
  public static boolean isUri(String text) {
    try {
      URI uri = new URI(text);
      if (!uri.isAbsolute()) {
        return false;
      }
      if (!uri.getScheme().equalsIgnoreCase("http") && !uri.getScheme().equalsIgnoreCase("https")) {
        return true;
      }
      String host = uri.getHost();
      return host != null
          && (host.startsWith("[") || isHost(host))
          && uri.getPort() != 0
          && uri.getPort() <= LAST_PORT;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
