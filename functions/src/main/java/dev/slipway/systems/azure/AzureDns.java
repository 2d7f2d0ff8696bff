package dev.slipway.systems.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Azure DNS ({@code Microsoft.Network/dnsZones} 2018-05-01), in Slipway's resource group. A record
 * set is made with {@code If-None-Match: *}, so that none that came between is overwritten.
 * Unverified against a live subscription.
 */
public final class AzureDns implements HostedDns {
  private static final String VERSION = "2018-05-01";

  /** The name of a record type's list, and of the field that holds the data. */
  private static final Map<String, String[]> FIELDS =
      Map.of(
          "A", new String[] {"ARecords", "ipv4Address"},
          "AAAA", new String[] {"AAAARecords", "ipv6Address"},
          "CNAME", new String[] {"CNAMERecord", "cname"},
          "TXT", new String[] {"TXTRecords", "value"});

  /** The strings of a text, one after another (RFC 1035: 255 characters at most). */
  private static final int LONGEST_STRING = 255;

  private final AzureSession azure;

  /** Of the subscription that the session is in. */
  public AzureDns(AzureSession azure) {
    this.azure = azure;
  }

  @Override
  public String service() {
    return "Azure DNS";
  }

  @Override
  public String against() {
    return azure.against();
  }

  @Override
  public List<Zone> zones(String name) {
    return azure
        .api()
        .find("the zone", path(name))
        .map(answer -> List.of(zone(answer.json())))
        .orElse(List.of());
  }

  @Override
  public Zone createZone(String name, String reference) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("location", "global");
    body.putObject("tags").put("slipway", reference);
    return zone(send("the zone", path(name), "PUT", body).json());
  }

  private static Zone zone(JsonNode zone) {
    Set<String> servers = new TreeSet<>();
    zone.path("properties").path("nameServers").forEach(each -> servers.add(plain(each.asText())));
    return new Zone(zone.path("name").asText(), zone.path("name").asText(), servers);
  }

  /** A zone has its own NS and SOA. */
  @Override
  public boolean deleteIfEmpty(Zone zone) {
    JsonNode found = azure.api().get("the zone", path(zone.name())).json();
    boolean isEmpty = found.path("properties").path("numberOfRecordSets").asInt() <= 2;
    if (isEmpty) {
      azure.api().send(azure.api().call("the zone", path(zone.name())).method("DELETE"));
    }
    return isEmpty;
  }

  @Override
  public List<DnsRecord> records(Zone zone, String name, Set<String> types) {
    List<DnsRecord> found = new ArrayList<>();
    for (String type : new TreeSet<>(types)) {
      azure
          .api()
          .find("the records", path(zone, name, type))
          .map(answer -> record(name, type, answer.json().path("properties")))
          .ifPresent(found::add);
    }
    return found;
  }

  private static DnsRecord record(String name, String type, JsonNode properties) {
    List<String> values = new ArrayList<>();
    JsonNode data = properties.path(FIELDS.get(type)[0]);
    if (data.isObject()) {
      values.add(plain(data.path(FIELDS.get(type)[1]).asText()));
    }
    if (data.isArray()) {
      data.forEach(each -> values.add(value(each.path(FIELDS.get(type)[1]))));
    }
    return new DnsRecord(name, type, properties.path("TTL").asLong(), values);
  }

  private static String value(JsonNode data) {
    StringBuilder text = new StringBuilder(data.asText());
    data.forEach(part -> text.append(part.asText()));
    return text.toString();
  }

  @Override
  public Optional<DnsRecord> leading(Zone zone, String host, String target) {
    return DnsRecord.isAddress(target)
        ? Optional.of(DnsRecord.address(host, target))
        : Optional.of(DnsRecord.alias(host, target)).filter(alias -> !host.equals(zone.name()));
  }

  /** One record set after another: Azure has no batch. */
  @Override
  public String change(Zone zone, List<DnsRecord> gone, List<DnsRecord> there) {
    for (DnsRecord record : gone) {
      String path = path(zone, record.name(), record.type());
      azure.api().send(azure.api().call("the record", path).method("DELETE"));
    }
    for (DnsRecord record : there) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ObjectNode properties = body.putObject("properties").put("TTL", record.ttl());
      String[] fields = FIELDS.get(record.type());
      if (record.type().equals("CNAME")) {
        properties.putObject(fields[0]).put(fields[1], record.values().getFirst());
      } else {
        for (String value : record.values()) {
          ObjectNode entry = properties.withArrayProperty(fields[0]).addObject();
          if (record.type().equals("TXT")) {
            strings(value, entry.putArray(fields[1]));
          } else {
            entry.put(fields[1], value);
          }
        }
      }
      send("the record", path(zone, record.name(), record.type()), "PUT", body);
    }
    return "";
  }

  private static void strings(String text, ArrayNode strings) {
    for (int at = 0; at == 0 || at < text.length(); at += LONGEST_STRING) {
      strings.add(text.substring(at, Math.min(text.length(), at + LONGEST_STRING)));
    }
  }

  /** Azure answers when it is. */
  @Override
  public boolean isInEffect(String change) {
    return true;
  }

  private HttpAnswer send(String asked, String path, String method, JsonNode body) {
    HttpCall call = azure.api().call(asked, path).method(method).json(body);
    return azure.api().send(call.header("If-None-Match", "*"));
  }

  private String path(String zone) {
    return azure.inGroup("providers/Microsoft.Network/dnsZones/" + zone, VERSION);
  }

  private String path(Zone zone, String name, String type) {
    String relative =
        name.equals(zone.name())
            ? "@"
            : name.substring(0, name.length() - zone.name().length() - 1);
    return azure.inGroup(
        "providers/Microsoft.Network/dnsZones/" + zone.name() + "/" + type + "/" + relative,
        VERSION);
  }

  private static String plain(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
