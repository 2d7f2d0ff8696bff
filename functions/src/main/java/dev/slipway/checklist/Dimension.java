package dev.slipway.checklist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A dimension of instances: a task that runs {@code per} it has one instance for each key, such as
 * each environment, each tenant of each environment, or each application.
 *
 * <pre>{@code
 * dimensions:
 *   environment: {keys: '["uat", "production"]'}
 *   tenant:
 *     of: [environment, tenant]
 *     keys: $append(tenants.uat.("uat." & name), tenants.production.("production." & name))
 *     none: no tenant is named
 * }</pre>
 *
 * @param of the axes of its keys, in their order: {@code [environment, tenant]} of {@code uat.acme}
 * @param keys JSONata over the elements that answers the keys, such as {@code ["uat.acme",
 *     "production.acme"]}
 * @param most the most keys that there may be; state machines are laid out for them; null: {@link
 *     #USUAL_MOST}
 * @param none says why there is no key, as a plan and a report tell it
 */
public record Dimension(List<String> of, String keys, Integer most, String none) {
  /** As many iterations as Step Functions has of an inline Map at once. */
  public static final int USUAL_MOST = 40;

  private static final Pattern KEY = Pattern.compile("[a-z0-9-]++(?:\\.[a-z0-9-]++)*+");

  public Dimension {
    of = of == null ? List.of() : List.copyOf(of);
    most = most == null ? USUAL_MOST : most;
  }

  /** The values of a key by axis; a key with another number of parts stands nowhere. */
  public Map<String, String> at(String key) {
    String[] parts = key.split("\\.", -1);
    Map<String, String> at = new LinkedHashMap<>();
    for (int i = 0; i < of.size() && parts.length == of.size(); i++) {
      at.put(of.get(i), parts[i]);
    }
    return at;
  }

  /** The error of the keys, in a sentence that begins with the first wrong one. */
  void check(List<String> found) {
    if (found.size() > most) {
      throw new IllegalArgumentException(
          "%s: is one of %d, and there may be %d of %s"
              .formatted(found.get(most), found.size(), most, String.join(" and ", of)));
    }
    TreeSet<String> seen = new TreeSet<>();
    for (String key : found) {
      if (!KEY.matcher(key).matches() || at(key).isEmpty()) {
        throw new IllegalArgumentException(
            "%s: is no name of %s: use lower-case letters, digits and hyphens"
                .formatted(key, String.join(" and ", of)));
      }
      if (!seen.add(key)) {
        throw new IllegalArgumentException(
            "%s: is named twice as %s".formatted(key, String.join(" and ", of)));
      }
    }
  }
}
