package dev.slipway.systems.dns;

import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import dev.slipway.systems.net.SystemTrouble;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether an authority may issue a certificate for a host, by the CAA records of its domain (RFC
 * 8659): from the host upwards, the first name that has any decides.
 */
public final class CaaCheck {

  /** AWS Certificate Manager User Guide, "Configure a CAA record". */
  public static final Set<String> AMAZON =
      Set.of("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com");

  private final NameResolver names;

  /** Looks names up here. */
  public CaaCheck(NameResolver names) {
    this.names = names;
  }

  /**
   * The records that decide.
   *
   * @param at the name that has them; empty text if no name has any
   * @param records such as {@code issue "ca.example"}
   * @param isAllowed whether one of the authorities may issue
   */
  public record Policy(String at, List<String> records, boolean isAllowed) {
    public Policy {
      records = List.copyOf(records);
    }
  }

  /**
   * Looks for the records that decide.
   *
   * @param host a host name, or a wildcard
   * @param authorities the domains by which a CAA record names the authority
   * @throws SystemTrouble if DNS does not answer
   */
  public Policy policy(String host, Set<String> authorities) {
    boolean isWildcard = host.startsWith("*.");
    String name = isWildcard ? host.substring(2) : host;
    while (!name.isEmpty()) {
      NameAnswer answer = names.lookup(name, RecordType.CAA);
      if (answer.status() == NameAnswer.Status.FAILED) {
        throw new SystemTrouble(
            "dns",
            SystemTrouble.Kind.TIMED_OUT,
            "DNS did not answer for the CAA records of " + name + ".",
            "CAA " + name,
            name,
            answer.detail());
      }
      if (answer.found()) {
        return new Policy(name, answer.values(), isAllowed(answer, isWildcard, authorities));
      }
      int dot = name.indexOf('.');
      name = dot < 0 ? "" : name.substring(dot + 1);
    }
    return new Policy("", List.of(), true);
  }

  private static boolean isAllowed(NameAnswer answer, boolean isWildcard, Set<String> authorities) {
    List<String> wild = named(answer, "issuewild");
    List<String> issuers = isWildcard && !wild.isEmpty() ? wild : named(answer, "issue");
    // Without any such property (only iodef, say) nobody is kept from issuing.
    return issuers.isEmpty() || issuers.stream().anyMatch(authorities::contains);
  }

  /** The domains that a property names, without the parameters behind a semicolon. */
  private static List<String> named(NameAnswer answer, String property) {
    return answer.values().stream()
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter(value -> value.startsWith(property + " \""))
        .map(value -> value.substring(property.length() + 2, value.length() - 1))
        .map(value -> value.replaceFirst(";.*", "").strip())
        .toList();
  }
}
