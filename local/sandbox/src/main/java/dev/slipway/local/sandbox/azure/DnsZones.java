package dev.slipway.local.sandbox.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Azure's DNS zones and their record sets (azure-rest-api-specs, {@code Microsoft.Network}
 * 2018-05-01 {@code dns.json}): A, AAAA, CNAME and TXT. {@code If-None-Match: *} keeps what is
 * there.
 */
final class DnsZones {
  private final HostedZones zones;

  DnsZones(World world) {
    this.zones = new HostedZones(world, "azure");
  }

  HttpAnswer find(RestCall call) {
    return zones.change(all -> HttpAnswer.json(200, shown(zone(all, call))));
  }

  HttpAnswer create(RestCall call) {
    return zones.change(
        all -> {
          String name = call.path("zone");
          requireNone(call, all.has(name));
          ObjectNode zone = all.putObject(name).put("name", name);
          zone.putArray("servers").add("ns1-01.azure-dns.com").add("ns2-01.azure-dns.net");
          zone.putObject("records");
          zone.putObject("ttl");
          return HttpAnswer.json(201, shown(zone));
        });
  }

  HttpAnswer delete(RestCall call) {
    return zones.change(
        all -> {
          zone(all, call);
          all.remove(call.path("zone"));
          return HttpAnswer.empty(202);
        });
  }

  HttpAnswer record(RestCall call) {
    return zones.change(all -> HttpAnswer.json(200, shown(zone(all, call), call)));
  }

  HttpAnswer write(RestCall call) {
    return zones.change(
        all -> {
          ObjectNode zone = zone(all, call);
          ObjectNode owner = zone.withObjectProperty("records").withObjectProperty(owner(call));
          String type = call.path("type");
          requireNone(call, owner.has(type));
          boolean isCname = type.equals("CNAME");
          if (isCname ? call.path("name").equals("@") || !owner.isEmpty() : owner.has("CNAME")) {
            throw Azure.error(
                400, "BadRequest", "The record could not be created because of a conflict.");
          }
          JsonNode properties = call.json().path("properties");
          List<String> values = new ArrayList<>();
          if (isCname) {
            values.add(properties.path("CNAMERecord").path("cname").asText() + ".");
          }
          properties.path("ARecords").forEach(a -> values.add(a.path("ipv4Address").asText()));
          properties.path("AAAARecords").forEach(a -> values.add(a.path("ipv6Address").asText()));
          properties.path("TXTRecords").forEach(text -> values.add(quoted(text.path("value"))));
          owner.set(type, Json.texts(values));
          zone.withObjectProperty("ttl")
              .put(owner(call) + " " + type, properties.path("TTL").asInt());
          return HttpAnswer.json(201, shown(zone, call));
        });
  }

  /** As in a zone file, where a text is one or more strings in quotation marks. */
  private static String quoted(JsonNode strings) {
    return Json.strings(strings).stream()
        .map(string -> "\"" + string + "\"")
        .collect(Collectors.joining(" "));
  }

  HttpAnswer remove(RestCall call) {
    return zones.change(
        all -> {
          ObjectNode records = zone(all, call).withObjectProperty("records");
          records.withObjectProperty(owner(call)).remove(call.path("type"));
          if (records.path(owner(call)).isEmpty()) {
            records.remove(owner(call));
          }
          return HttpAnswer.empty(200);
        });
  }

  private static void requireNone(RestCall call, boolean isThere) {
    if (isThere && call.http().header("if-none-match").filter("*"::equals).isPresent()) {
      throw Azure.error(412, "PreconditionFailed", "The resource exists already.");
    }
  }

  private static ObjectNode zone(ObjectNode all, RestCall call) {
    if (!all.has(call.path("zone"))) {
      throw Azure.error(404, "ResourceNotFound", "The zone was not found.");
    }
    return (ObjectNode) all.get(call.path("zone"));
  }

  private static String owner(RestCall call) {
    return call.path("name").equals("@")
        ? call.path("zone")
        : call.path("name") + "." + call.path("zone");
  }

  private static ObjectNode shown(JsonNode zone) {
    ObjectNode shown = Json.object();
    shown.set("name", zone.path("name"));
    ObjectNode properties = shown.putObject("properties");
    properties.set("nameServers", zone.path("servers").deepCopy());
    properties.put("numberOfRecordSets", 2 + zone.path("records").size());
    return shown;
  }

  private static ObjectNode shown(ObjectNode zone, RestCall call) {
    String type = call.path("type");
    JsonNode values = zone.path("records").path(owner(call)).path(type);
    if (values.isMissingNode()) {
      throw Azure.error(404, "NotFound", "The record set was not found.");
    }
    ObjectNode shown = Json.object().put("name", call.path("name"));
    ObjectNode properties = shown.putObject("properties");
    properties.set("TTL", zone.path("ttl").path(owner(call) + " " + type));
    for (String value : Json.strings(values)) {
      switch (type) {
        case "CNAME" -> properties.putObject("CNAMERecord").put("cname", value);
        case "TXT" -> {
          ObjectNode text = properties.withArrayProperty("TXTRecords").addObject();
          String inner = value.substring(1, value.length() - 1);
          text.set("value", Json.texts(List.of(inner.split("\" \"", -1))));
        }
        case "A" -> properties.withArrayProperty("ARecords").addObject().put("ipv4Address", value);
        default ->
            properties.withArrayProperty("AAAARecords").addObject().put("ipv6Address", value);
      }
    }
    return shown;
  }
}
