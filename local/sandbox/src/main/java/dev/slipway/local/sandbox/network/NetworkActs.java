package dev.slipway.local.sandbox.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.tls.ServerIdentities;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The acts of people on their own DNS zones and certificates. */
public final class NetworkActs {

  private final World world;

  /** Acts on the world's parts {@code dns} and {@code tls}. */
  public NetworkActs(World world) {
    this.world = world;
  }

  /** The acts by name. */
  public Map<String, Act> acts() {
    return Map.of(
        "publish-dns", this::publish,
        "install-certificate", this::install,
        "renew-certificate", this::renew);
  }

  /** {@code name}, {@code type}, and {@code values} in zone-file notation; none removes them. */
  private JsonNode publish(JsonNode details) {
    String name = text(details, "name");
    String type = text(details, "type");
    world.edit(
        DnsServer.SYSTEM,
        part -> {
          ObjectNode owner = part.withObjectProperty("records").withObjectProperty(name);
          owner.set(type, Json.texts(Json.strings(details.path("values"))));
        });
    return Json.object();
  }

  /** {@code domain}: its hosts serve the certificate of {@code *.domain} from now on. */
  private JsonNode install(JsonNode details) {
    String domain = text(details, "domain");
    world.edit(
        ServerIdentities.SYSTEM,
        part -> {
          Set<String> wildcards = new LinkedHashSet<>(Json.strings(part.path("wildcards")));
          wildcards.add(domain);
          part.set("wildcards", Json.texts(wildcards));
        });
    return Json.object();
  }

  /** {@code host}: its certificate is good from now on. */
  private JsonNode renew(JsonNode details) {
    String host = text(details, "host");
    world.edit(ServerIdentities.SYSTEM, part -> part.withObjectProperty("faults").remove(host));
    return Json.object();
  }

  private static String text(JsonNode details, String name) {
    String value = details.path(name).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value;
  }
}
