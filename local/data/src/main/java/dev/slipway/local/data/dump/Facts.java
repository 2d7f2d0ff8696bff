package dev.slipway.local.data.dump;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Slipway is told of a job: names, counts and hashes, each a short text. */
public final class Facts {
  private static final int LONGEST = 900;

  private final Map<String, String> facts = new LinkedHashMap<>();

  /** Adds a fact. */
  public Facts with(String name, Object value) {
    facts.put(name, value.toString());
    return this;
  }

  /** Adds a manifest's counts. */
  public Facts with(Manifest manifest) {
    if (!manifest.lists().isEmpty()) {
      with("objects", manifest.lists().stream().mapToLong(Manifest.Entry::rows).sum());
      with("objectBytes", manifest.lists().stream().mapToLong(Manifest.Entry::bytes).sum());
    }
    return with("rows", manifest.rows())
        .with("bytes", manifest.bytes())
        .with("tables", manifest.copied().size())
        .counts(
            Stream.concat(manifest.copied().stream(), manifest.lists().stream())
                .map(each -> each.table() + " " + each.rows())
                .toList());
  }

  /** Adds counts by table; of very many only the first. */
  public Facts counts(List<String> counts) {
    String all = counts.stream().collect(Collectors.joining(", "));
    return with("counts", all.length() <= LONGEST ? all : all.substring(0, LONGEST) + " …");
  }

  /** All of them. */
  public Map<String, String> all() {
    return facts;
  }
}
