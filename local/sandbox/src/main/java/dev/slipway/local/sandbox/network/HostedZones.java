package dev.slipway.local.sandbox.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The zones that customers keep at a DNS service, in the member {@code hosted} of the world's part
 * {@code dns}, by the service's id: {@code {"service", "name", "servers", "records": {owner: {type:
 * [value]}}, "ttl": {"owner type": seconds}}}. They are seen by everybody once the parent's NS
 * records lead to their servers, and by whoever asks these servers directly.
 */
public final class HostedZones {
  private final World world;
  private final String service;

  /** Those of one service. */
  public HostedZones(World world, String service) {
    this.world = world;
    this.service = service;
  }

  /** Reads or changes this service's zones, by id. */
  public <T> T change(Function<ObjectNode, T> change) {
    return world.change(
        DnsServer.SYSTEM,
        part -> change.apply(part.withObjectProperty("hosted").withObjectProperty(service)));
  }

  /** The values of a name's records, as everybody sees them; {@code CNAME} is not followed. */
  public static List<String> values(World world, String name, String type) {
    return world.read(
        DnsServer.SYSTEM,
        part ->
            types(part, name, "").map(types -> Json.strings(types.path(type))).orElseGet(List::of));
  }

  /**
   * The records of a name in hosted zones, type to values.
   *
   * @param server the name server that is asked directly; empty text for a resolver
   */
  static Optional<JsonNode> types(JsonNode part, String owner, String server) {
    JsonNode stale = part.path("stale").path(server).path(owner);
    if (stale.isObject()) {
      return Optional.of(stale);
    }
    Optional<JsonNode> own = DnsServer.recordsAt(part.path("records"), owner);
    Optional<JsonNode> hosted =
        zoneOf(part, owner, server)
            .flatMap(zone -> DnsServer.recordsAt(zone.path("records"), owner));
    if (own.isEmpty() || hosted.isEmpty()) {
      return own.or(() -> hosted);
    }
    // At an apex the parent has the delegation, and the zone all else.
    ObjectNode both = own.get().deepCopy();
    return Optional.of(both.setAll((ObjectNode) hosted.get()));
  }

  /** The hosted zone that answers for a name. */
  static Optional<JsonNode> zoneOf(JsonNode part, String owner, String server) {
    return StreamSupport.stream(part.path("hosted").spliterator(), false)
        .flatMap(zones -> zones.properties().stream())
        .map(Map.Entry::getValue)
        .filter(zone -> isWithin(owner, zone.path("name").asText()))
        .filter(zone -> isReached(part, zone, server))
        .max(Comparator.comparingInt(zone -> zone.path("name").asText().length()));
  }

  private static boolean isWithin(String owner, String zone) {
    return owner.equals(zone) || owner.endsWith("." + zone);
  }

  private static boolean isReached(JsonNode part, JsonNode zone, String server) {
    List<String> own = Json.strings(zone.path("servers"));
    return own.contains(server)
        || Json.strings(part.path("records").path(zone.path("name").asText()).path("NS")).stream()
            .map(name -> name.replaceAll("\\.$", ""))
            .anyMatch(own::contains);
  }
}
