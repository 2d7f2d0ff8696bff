package dev.slipway.systems;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The regions of a vendor that are separate: an account of one, and its keys, are unknown in the
 * others. So a key that is turned away in the region that was given is tried once in each other one
 * before it is called wrong.
 *
 * <pre>{@code
 * Regions regions = new Regions("mailgun", "mail-tool.region", Map.of("us", us, "eu", eu));
 * List<String> domains = regions.ask("eu", base -> new Mailgun(http, base, domain, key).domains());
 * }</pre>
 *
 * @param system the system's name, as in the credential's name
 * @param field the field that names the region, such as {@code mail-tool.region}
 * @param bases the API's address in each region, by the region's name
 */
public record Regions(String system, String field, Map<String, URI> bases) {

  public Regions {
    bases = Map.copyOf(bases);
  }

  /**
   * The answer in a region.
   *
   * @param region the region that was given
   * @param question asks at the address of one region
   * @throws SystemTrouble of kind {@code INPUT} for a region that is not known, {@code WRONG_PLACE}
   *     when another region knows the key; else that of the question in the given region
   */
  public <T> T ask(String region, Function<URI, T> question) {
    try {
      return question.apply(base(region));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      throw elsewhere(region, question)
          .map(other -> wrongRegion(region, other, trouble))
          .orElse(trouble);
    }
  }

  private URI base(String region) {
    return Optional.ofNullable(bases.get(region))
        .orElseThrow(
            () ->
                new SystemTrouble(
                    system,
                    Kind.INPUT,
                    "%s must be one of %s."
                        .formatted(field, bases.keySet().stream().sorted().toList()),
                    "credential test",
                    system,
                    ""));
  }

  private Optional<String> elsewhere(String region, Function<URI, ?> question) {
    return bases.keySet().stream()
        .sorted()
        .filter(other -> !other.equals(region))
        .filter(other -> isKnown(other, question))
        .findFirst();
  }

  private boolean isKnown(String region, Function<URI, ?> question) {
    try {
      return question.apply(base(region)) != null;
    } catch (SystemTrouble trouble) {
      // Known there, though not allowed to do this.
      return trouble.kind() == Kind.NOT_PERMITTED;
    }
  }

  private SystemTrouble wrongRegion(String region, String other, SystemTrouble trouble) {
    return trouble.as(
        Kind.WRONG_PLACE,
        "The key is unknown in the region %s and known in %s: set %s to %s, or give a key of %s."
            .formatted(region, other, field, other, region));
  }
}
