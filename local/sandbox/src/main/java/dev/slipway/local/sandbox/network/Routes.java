package dev.slipway.local.sandbox.network;

import dev.slipway.local.sandbox.world.Site;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The local port for each (host or documentation address, port). */
public final class Routes {

  private record Route(Site site, int localPort) {}

  private final List<Route> routes = new ArrayList<>();

  /** Adds a site that a local port stands for. */
  public void add(Site site, int localPort) {
    routes.add(new Route(site, localPort));
  }

  /** The routes that lead there from outside. */
  public Routes fromOutside() {
    Routes outside = new Routes();
    routes.stream().filter(route -> !route.site().isInside()).forEach(outside.routes::add);
    return outside;
  }

  /** Whether a host name or address belongs to the sandbox at all, on whichever port. */
  public boolean knows(String hostOrAddress) {
    return routes.stream().anyMatch(route -> isAt(route.site(), hostOrAddress));
  }

  /** The local port for a target; empty when nothing listens there. */
  public OptionalInt localPort(String hostOrAddress, int port) {
    return routes.stream()
        .filter(route -> route.site().port() == port && isAt(route.site(), hostOrAddress))
        .mapToInt(Route::localPort)
        .findFirst();
  }

  private static boolean isAt(Site site, String hostOrAddress) {
    if (hostOrAddress.indexOf(':') >= 0) {
      return isSame(hostOrAddress, site.address6());
    }
    return site.address().equals(hostOrAddress)
        || site.serves(hostOrAddress.toLowerCase(Locale.ROOT));
  }

  private static boolean isSame(String one, String other) {
    try {
      return InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
