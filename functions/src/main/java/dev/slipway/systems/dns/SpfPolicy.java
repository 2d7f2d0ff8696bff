package dev.slipway.systems.dns;

import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.Names;
import dev.slipway.systems.net.RecordType;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Evaluates an SPF record (RFC 7208) for one address and says which term decides. Terms with macros
 * and {@code ptr} or {@code exists} are not evaluated; they make an otherwise negative result
 * unclear.
 */
final class SpfPolicy {

  /** RFC 7208, section 4.6.4. */
  private static final int MOST_LOOKUPS = 10;

  private final Names names;
  private int lookups;
  private boolean unclear;

  SpfPolicy(Names names) {
    this.names = names;
  }

  /**
   * What the policy says.
   *
   * @param covered whether a positive term matches
   * @param by the terms that lead to it, such as {@code include:_spf.example > ip4:192.0.2.0/24}
   * @param unclear whether some term could not be evaluated
   * @param tooMany whether more look-ups would be needed than receivers make
   */
  record Result(boolean covered, String by, boolean unclear, boolean tooMany) {}

  /** Evaluates the record of a domain for an address. */
  Result evaluate(String domain, String record, InetAddress address) {
    lookups = 0;
    unclear = false;
    Optional<String> term = match(domain, record, address);
    boolean covered = term.isPresent() && !term.get().startsWith("-");
    boolean tooMany = lookups > MOST_LOOKUPS;
    return new Result(covered && !tooMany, term.orElse(""), unclear, tooMany);
  }

  /** The SPF records of a domain: there must be exactly one. */
  static List<String> records(NameAnswer texts) {
    return texts.values().stream()
        .filter(
            text -> {
              String lower = text.toLowerCase(Locale.ROOT);
              return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
            })
        .toList();
  }

  /** The term that matches, with a minus before it when it forbids. */
  private Optional<String> match(String domain, String record, InetAddress address) {
    String redirect = "";
    for (String raw : record.strip().split("\\s+", -1)) {
      String term = raw.toLowerCase(Locale.ROOT);
      boolean forbids = term.startsWith("-") || term.startsWith("~") || term.startsWith("?");
      String plain = term.replaceFirst("^[-~?+]", "");
      if (plain.startsWith("redirect=")) {
        redirect = plain.substring("redirect=".length());
        continue;
      }
      Optional<String> matched =
          plain.startsWith("v=spf1") ? Optional.empty() : one(domain, plain, address);
      if (matched.isPresent()) {
        return Optional.of((forbids ? "-" : "") + matched.get());
      }
    }
    if (redirect.isEmpty()) {
      return Optional.empty();
    }
    String target = redirect;
    return policyOf(target)
        .flatMap(r -> match(target, r, address))
        .map(by -> by.startsWith("-") ? by : "redirect=" + target + " > " + by);
  }

  private Optional<String> one(String domain, String term, InetAddress address) {
    if (lookups > MOST_LOOKUPS) {
      return Optional.empty();
    }
    if (term.contains("%") || term.startsWith("exists:") || term.startsWith("ptr")) {
      unclear = true;
      return Optional.empty();
    }
    if (term.equals("all")) {
      return Optional.of("all");
    }
    if (term.startsWith("ip4:") || term.startsWith("ip6:")) {
      return within(term.substring(4), address) ? Optional.of(term) : Optional.empty();
    }
    if (term.startsWith("include:")) {
      String target = term.substring("include:".length());
      return policyOf(target)
          .flatMap(record -> match(target, record, address))
          .filter(by -> !by.startsWith("-"))
          .map(by -> term + " > " + by);
    }
    if (isMechanism(term, "a")) {
      lookups++;
      return hosts(Stream.of(target(domain, term, "a")), term, address);
    }
    if (isMechanism(term, "mx")) {
      lookups++;
      List<String> servers = names.lookup(target(domain, term, "mx"), RecordType.MX).values();
      return hosts(servers.stream().map(mx -> mx.substring(mx.indexOf(' ') + 1)), term, address);
    }
    return Optional.empty();
  }

  private Optional<String> policyOf(String domain) {
    lookups++;
    if (lookups > MOST_LOOKUPS) {
      return Optional.empty();
    }
    NameAnswer texts = names.lookup(domain, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      unclear = true;
    }
    List<String> records = records(texts);
    return records.size() == 1 ? Optional.of(records.getFirst()) : Optional.empty();
  }

  private Optional<String> hosts(Stream<String> hosts, String term, InetAddress address) {
    String suffix = term.contains("/") ? term.substring(term.indexOf('/')) : "";
    boolean matches =
        hosts
            .flatMap(host -> names.addresses(host).stream())
            .filter(found -> found.getAddress().length == address.getAddress().length)
            .anyMatch(found -> within(found.getHostAddress() + prefix(suffix, found), address));
    return matches ? Optional.of(term) : Optional.empty();
  }

  /** {@code /24} is for IPv4, {@code //64} for IPv6. */
  private static String prefix(String suffix, InetAddress address) {
    boolean v6 = address.getAddress().length == 16;
    int doubled = suffix.indexOf("//");
    if (v6) {
      return doubled < 0 ? "" : suffix.substring(doubled + 1);
    }
    return doubled < 0 ? suffix : suffix.substring(0, doubled);
  }

  private static boolean isMechanism(String term, String name) {
    return term.equals(name) || term.startsWith(name + ":") || term.startsWith(name + "/");
  }

  private static String target(String domain, String term, String name) {
    String rest = term.substring(name.length()).replaceFirst("/.*", "");
    return rest.startsWith(":") ? rest.substring(1) : domain;
  }

  private boolean within(String network, InetAddress address) {
    try {
      return Cidr.parse(network).contains(address);
    } catch (IllegalArgumentException e) {
      unclear = true;
      return false;
    }
  }
}
