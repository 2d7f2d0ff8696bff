package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.SandboxControl;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names for which the stand-ins of a served data folder answer. Stand-ins have the names of the
 * customer of events/profiles; of another customer nothing would be reached.
 */
record SandboxNames(Path data) {
  /** Reserved names (RFC 2606) and addresses: what a person gives to be reached. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:https?://)?([a-z0-9.-]+\\.(?:example|example\\.(?:com|net|org)))([:/].*)?");

  /** A warning for values that name what has no stand-in; empty: nothing does. */
  Optional<String> missing(Map<String, JsonNode> values) {
    Optional<URI> sandbox = ServingNote.in(data).map(ServingNote::sandbox);
    TreeSet<String> hosts = new TreeSet<>();
    values.values().forEach(value -> collect(value, hosts));
    if (hosts.isEmpty() || sandbox.isEmpty()) {
      return Optional.empty();
    }
    List<String> zones =
        new SandboxControl(sandbox.get())
            .world()
            .path("dns")
            .path("zones")
            .valueStream()
            .map(JsonNode::asText)
            // A top-level zone only leads to those below it.
            .filter(zone -> zone.contains("."))
            .toList();
    hosts.removeIf(
        host -> zones.stream().anyMatch(zone -> host.equals(zone) || host.endsWith("." + zone)));
    return hosts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Warning: no stand-in of the sandbox has the names %s: what needs them is found unreachable. The stand-ins have those of %s; `slipway element template CHECKLIST --from events/profiles/hosting-provider.json` begins a file with names that all have one."
                .formatted(String.join(", ", hosts), String.join(", ", zones)));
  }

  private static void collect(JsonNode value, TreeSet<String> hosts) {
    var host = HOST.matcher(value.asText("").toLowerCase(Locale.ROOT));
    if (value.isTextual() && host.matches()) {
      hosts.add(host.group(1));
    }
    value.forEach(each -> collect(each, hosts));
  }
}
