package dev.slipway.systems.dns;

import dev.slipway.systems.net.DnsReply;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.RecordType;
import dev.slipway.systems.net.SystemTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the parent of a zone leads to the zone's own name servers, and whether these answer for
 * it. The parent's servers and the zone's are asked directly: what resolvers have kept is of
 * yesterday.
 */
public final class ZoneDelegation {
  private static final int ASKED = 2;

  private final NameResolver names;
  private final NameServers servers;

  /** Looks names up, and asks servers, here. */
  public ZoneDelegation(NameResolver names, NameServers servers) {
    this.names = names;
    this.servers = servers;
  }

  /**
   * The finding about one zone.
   *
   * @param atParent the name servers that the parent names; none if it has no such zone
   * @param answering those of the zone's servers that were asked and answer for it
   * @param silent those that were asked and do not, with what they said
   * @param signed whether the parent vouches for the zone's keys (DNSSEC, RFC 4034 §5)
   */
  public record Found(
      Set<String> atParent, List<String> answering, List<String> silent, boolean signed) {
    public Found {
      atParent = Set.copyOf(atParent);
      answering = List.copyOf(answering);
      silent = List.copyOf(silent);
    }

    /** Whether the parent leads to these servers and to no others. */
    public boolean leadsTo(Set<String> own) {
      return atParent.equals(own);
    }
  }

  /**
   * Looks at one zone.
   *
   * @throws SystemTrouble if no server of the parent answers
   */
  public Found look(String zone) {
    Set<String> atParent = atParent(zone);
    List<String> answering = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (String server : atParent.stream().sorted().limit(ASKED).toList()) {
      DnsReply start = servers.ask(server, zone, RecordType.SOA);
      if (start.isAuthoritative() && start.status() == NameAnswer.Status.FOUND) {
        answering.add(server);
      } else {
        silent.add(server + ": " + start.seen());
      }
    }
    boolean signed = names.lookup(zone, RecordType.DS).status() == NameAnswer.Status.FOUND;
    return new Found(atParent, answering, silent, signed);
  }

  private Set<String> atParent(String zone) {
    String parent = zone;
    String said = "";
    while (parent.contains(".")) {
      parent = parent.substring(parent.indexOf('.') + 1);
      for (String server : names.lookup(parent, RecordType.NS).values()) {
        DnsReply reply = servers.ask(server, zone, RecordType.NS);
        if (reply.status() != NameAnswer.Status.FAILED) {
          Set<String> found = new TreeSet<>(reply.values());
          found.addAll(reply.delegation());
          return found;
        }
        said = server + ": " + reply.seen();
      }
    }
    throw new SystemTrouble(
        "dns",
        SystemTrouble.Kind.TIMED_OUT,
        "No name server of the zone above " + zone + " answered.",
        "NS " + zone,
        zone,
        said);
  }
}
