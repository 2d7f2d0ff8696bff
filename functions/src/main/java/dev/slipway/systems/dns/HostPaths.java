package dev.slipway.systems.dns;

import dev.slipway.systems.net.DnsReply;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.RecordType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * To what a host leads, seen from several places: our resolver, two of the zone's own name servers,
 * and a public resolver.
 */
public final class HostPaths {
  /** Cloudflare's public resolver. */
  private static final String PUBLIC = "1.1.1.1";

  private static final int ASKED = 2;

  private final NameResolver names;
  private final NameServers servers;

  /** Looks names up, and asks servers, here. */
  public HostPaths(NameResolver names, NameServers servers) {
    this.names = names;
    this.servers = servers;
  }

  /**
   * The view of one place.
   *
   * @param from the place
   * @param isOfZone whether it is one of the zone's own name servers
   * @param leads whether it leads to the target
   * @param seen the reply in a few words
   * @param isAnswer whether the place answered at all
   * @param negativeTtl for how many seconds resolvers keep that there is nothing
   */
  public record View(
      String from,
      boolean isOfZone,
      boolean leads,
      String seen,
      boolean isAnswer,
      OptionalLong negativeTtl) {}

  /**
   * Looks from each place whether a host leads to its target: by an alias to its name, or to the
   * same addresses.
   *
   * @param host a host name, or a wildcard, of which any name is looked up
   * @param zone the zone that the host is in
   * @param target a host name or an address
   */
  public List<View> views(String host, String zone, String target) {
    String asked = asked(host);
    Set<String> addresses = addresses(target);
    List<View> views = new ArrayList<>();
    views.add(byOurResolver(host, target));
    names.lookup(zone, RecordType.NS).values().stream()
        .limit(ASKED)
        .map(
            server ->
                view(server, true, type -> servers.ask(server, asked, type), target, addresses))
        .forEach(views::add);
    views.add(
        view(
            "public resolver " + PUBLIC,
            false,
            type -> servers.ask(PUBLIC, asked, type),
            target,
            addresses));
    return views;
  }

  /** The view of our resolver alone. */
  public View byOurResolver(String host, String target) {
    return view(
        "our resolver", false, type -> names.ask(asked(host), type), target, addresses(target));
  }

  /** Whether a name is an alias of another one, as our resolver sees it. */
  public boolean isAlias(String name, String target) {
    return names.lookup(name, RecordType.CNAME).values().contains(target.toLowerCase(Locale.ROOT));
  }

  /** The name to look up for a host: of a wildcard, any name that it covers. */
  public static String asked(String host) {
    return host.startsWith("*.") ? "slipway-check" + host.substring(1) : host;
  }

  private static View view(
      String from,
      boolean isOfZone,
      Function<RecordType, DnsReply> ask,
      String target,
      Collection<String> addresses) {
    DnsReply reply = ask.apply(RecordType.A);
    if (reply.status() == NameAnswer.Status.NO_RECORDS) {
      reply = ask.apply(RecordType.AAAA);
    }
    boolean leads =
        reply.aliases().contains(target.toLowerCase(Locale.ROOT))
            || reply.values().stream().anyMatch(addresses::contains);
    return new View(
        from,
        isOfZone,
        leads,
        reply.seen(),
        reply.status() != NameAnswer.Status.FAILED,
        reply.negativeTtl());
  }

  /** The addresses of a host as our resolver sees them, and the names that it is an alias of. */
  public Set<String> ends(String host) {
    String asked = asked(host);
    DnsReply reply = names.ask(asked, RecordType.A);
    Set<String> ends = new TreeSet<>(reply.aliases());
    ends.addAll(addresses(asked));
    return ends;
  }

  private Set<String> addresses(String host) {
    Set<String> all = new TreeSet<>();
    names.addresses(host).forEach(address -> all.add(address.getHostAddress()));
    return all;
  }
}
