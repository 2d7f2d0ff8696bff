package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * External addresses: ranges that an administrator adds, the pool as it shows them, one of them
 * attached to an end user's container. A range that overlaps the pool is refused as a whole. States
 * are {@code FREE} and {@code BUSY}.
 */
final class AddressMethods {

  private static final int LARGEST_RANGE = 4096;

  private final World world;

  AddressMethods(World world) {
    this.world = world;
  }

  List<PlatformMethod> methods() {
    List<String> range = List.of("ipfrom", "ipto");
    String cluster = "administration.cluster.";
    return List.of(
        PlatformMethod.of(cluster + "AddExtIps", range, this::add),
        PlatformMethod.of(cluster + "RemoveExtIps", List.of("ips"), this::remove),
        PlatformMethod.of(cluster + "GetExtIpPoolInfo", List.of("search"), this::poolInfo),
        PlatformMethod.of("pool.ippool.GetExt", List.of("regions"), this::pool),
        PlatformMethod.of(
            cluster + "AddIpv6Network", List.of("region", "network"), this::addNetwork),
        PlatformMethod.of(cluster + "GetIpv6Networks", List.of(), this::networks));
  }

  /** Adds a range, as the API and the user interface do. */
  void add(String from, String to, String regions) {
    long first = number(from);
    long last = number(to);
    if (last < first || last - first >= LARGEST_RANGE) {
      throw new PlatformException(
          PlatformException.INVALID_PARAMETER, "wrong IP range: " + from + " - " + to);
    }
    world.edit(
        Platform.SYSTEM,
        part -> {
          requireRegions(part, regions);
          ArrayNode pool = (ArrayNode) part.path("extIps");
          for (JsonNode each : pool) {
            long known = number(each.path("ip").asText());
            if (known >= first && known <= last) {
              throw new PlatformException(
                  PlatformException.INTERNAL,
                  "IP address " + each.path("ip").asText() + " already exists in the pool");
            }
          }
          for (long ip = first; ip <= last; ip++) {
            pool.addObject()
                .put("id", nextId(part))
                .put("ip", text(ip))
                .put("type", "IPV4")
                .put("region", regions)
                .put("state", "FREE");
          }
        });
  }

  /** Takes a free address for a container. */
  String attach(ObjectNode part, String envName, int nodeId) {
    for (JsonNode each : part.path("extIps")) {
      if (each.path("state").asText().equals("FREE")) {
        ((ObjectNode) each).put("state", "BUSY").put("envName", envName).put("nodeId", nodeId);
        return each.path("ip").asText();
      }
    }
    throw new PlatformException(PlatformException.INTERNAL, "no free external IP in the pool");
  }

  /** Gives the addresses of a container, or of a whole environment, back. */
  void release(ObjectNode part, String envName, Optional<String> ip) {
    for (JsonNode each : part.path("extIps")) {
      boolean meant = ip.map(one -> each.path("ip").asText().equals(one)).orElse(true);
      if (meant && each.path("envName").asText().equals(envName)) {
        ((ObjectNode) each).put("state", "FREE").remove(List.of("envName", "nodeId"));
      }
    }
  }

  static int nextId(ObjectNode part) {
    int id = part.path("nextId").asInt() + 1;
    part.put("nextId", id);
    return id;
  }

  private ObjectNode add(PlatformCall call) {
    add(call.required("ipfrom"), call.required("ipto"), call.required("regions"));
    return Json.object();
  }

  private ObjectNode remove(PlatformCall call) {
    List<String> ips = List.of(call.required("ips").split("[,;] *", -1));
    world.edit(
        Platform.SYSTEM,
        part -> {
          ArrayNode kept = Json.array();
          for (JsonNode each : part.path("extIps")) {
            boolean leaves = ips.contains(each.path("ip").asText());
            if (leaves && each.path("state").asText().equals("BUSY")) {
              throw new PlatformException(
                  PlatformException.INTERNAL, "IP " + each.path("ip").asText() + " is in use");
            }
            if (!leaves) {
              kept.add(each);
            }
          }
          part.set("extIps", kept);
        });
    return Json.object();
  }

  /** {@code search} is an object; {@code ip} in it, here, is part of an address. Pages by row. */
  private ObjectNode poolInfo(PlatformCall call) {
    JsonNode search = call.optional("search").map(AddressMethods::object).orElseGet(Json::object);
    String part = search.path("ip").asText("");
    int start = search.path("startRow").asInt(0);
    int count = search.path("resultCount").asInt(Integer.MAX_VALUE);
    List<JsonNode> found = new ArrayList<>();
    JsonNode pool = world.read(Platform.SYSTEM, known -> known.path("extIps").deepCopy());
    for (JsonNode each : pool) {
      if (each.path("ip").asText().contains(part)) {
        found.add(each);
      }
    }
    ObjectNode answer = Json.object().put("totalCount", found.size());
    ArrayNode array = answer.putArray("array");
    found.stream().skip(start).limit(count).forEach(array::add);
    return answer;
  }

  private ObjectNode pool(PlatformCall call) {
    return world.read(
        Platform.SYSTEM, part -> Json.object().set("array", part.path("extIps").deepCopy()));
  }

  private ObjectNode addNetwork(PlatformCall call) {
    String region = call.required("region");
    String network = call.required("network");
    if (!network.matches("[0-9a-fA-F:]+/\\d{1,3}")) {
      throw new PlatformException(
          PlatformException.INVALID_PARAMETER, "wrong IPv6 network: " + network);
    }
    world.edit(
        Platform.SYSTEM,
        part -> {
          requireRegions(part, region);
          ArrayNode networks = (ArrayNode) part.path("ipv6Networks");
          for (JsonNode each : networks) {
            if (each.path("network").asText().equalsIgnoreCase(network)) {
              throw new PlatformException(
                  PlatformException.INTERNAL, "IPv6 network " + network + " already exists");
            }
          }
          networks
              .addObject()
              .put("id", nextId(part))
              .put("network", network)
              .put("region", region);
        });
    return Json.object();
  }

  private ObjectNode networks(PlatformCall call) {
    return world.read(
        Platform.SYSTEM, part -> Json.object().set("array", part.path("ipv6Networks").deepCopy()));
  }

  /** Regions are named by unique name, number or domain: which of them is not public. */
  private static void requireRegions(ObjectNode part, String regions) {
    String cleaned = regions.replaceAll("[\\[\\]\" ]", "");
    for (String wanted : cleaned.split("[,;]", -1)) {
      boolean known = false;
      for (JsonNode each : part.path("regions")) {
        known |=
            List.of(
                    each.path("uniqueName").asText(),
                    each.path("id").asText(),
                    each.path("domain").asText())
                .contains(wanted);
        for (JsonNode group : each.path("hardNodeGroups")) {
          known |= group.path("uniqueName").asText().equals(wanted);
        }
      }
      if (!known) {
        throw new PlatformException(
            PlatformException.NOT_FOUND, "region [" + wanted + "] not found");
      }
    }
  }

  static JsonNode object(String text) {
    try {
      return Json.parse(text);
    } catch (UncheckedIOException e) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "not JSON: " + text);
    }
  }

  private static long number(String ip) {
    String[] octets = ip.split("\\.", -1);
    long number = 0;
    for (String octet : octets) {
      if (octets.length != 4 || !octet.matches("\\d{1,3}") || Integer.parseInt(octet) > 255) {
        throw new PlatformException(PlatformException.INVALID_PARAMETER, "wrong IP: " + ip);
      }
      number = number * 256 + Integer.parseInt(octet);
    }
    return number;
  }

  private static String text(long ip) {
    return (ip >> 24) + "." + (ip >> 16 & 255) + "." + (ip >> 8 & 255) + "." + (ip & 255);
  }
}
