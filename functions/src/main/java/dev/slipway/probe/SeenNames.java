package dev.slipway.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a network sees for names: of each the names that it is an alias of, one after another, and
 * its addresses; nothing for a name that is not there. As facts, two names stand in one: {@code
 * app.b.example=lb.b.example,10.0.0.7; db.b.example=}.
 *
 * @param ends name to where it leads
 */
public record SeenNames(Map<String, List<String>> ends) {
  private static final int IN_A_FACT = 2;
  private static final String BETWEEN = "; ";

  /** What a runner told. */
  public static SeenNames of(ProbeResult result) {
    Map<String, List<String>> ends = new LinkedHashMap<>();
    for (String fact : result.facts().values()) {
      for (String entry : fact.split(BETWEEN, -1)) {
        int at = entry.indexOf('=');
        if (at > 0) {
          String to = entry.substring(at + 1);
          ends.put(entry.substring(0, at), to.isEmpty() ? List.of() : List.of(to.split(",", -1)));
        }
      }
    }
    return new SeenNames(ends);
  }

  /** As facts of a result. */
  public Map<String, String> facts() {
    List<String> entries = new ArrayList<>();
    ends.forEach((name, to) -> entries.add(name + "=" + String.join(",", to)));
    Map<String, String> facts = new LinkedHashMap<>();
    for (int from = 0; from < entries.size(); from += IN_A_FACT) {
      facts.put(
          "names" + (from / IN_A_FACT + 1),
          String.join(BETWEEN, entries.subList(from, Math.min(entries.size(), from + IN_A_FACT))));
    }
    return facts;
  }

  /** Whether a name leads to a target: by an alias, or to one of the same addresses. */
  public boolean leads(String name, String target) {
    String wanted = target.toLowerCase(Locale.ROOT);
    List<String> to = ends.getOrDefault(name, List.of());
    return to.contains(wanted)
        || ends.getOrDefault(wanted, List.of()).stream().anyMatch(to::contains);
  }

  /** Where a name leads, in a few words. */
  public String seen(String name) {
    List<String> to = ends.getOrDefault(name, List.of());
    return to.isEmpty() ? "no such name" : String.join(" → ", to);
  }
}
