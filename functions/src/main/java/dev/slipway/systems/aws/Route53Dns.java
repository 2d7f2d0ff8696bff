package dev.slipway.systems.aws;

import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Route 53 (API Reference 2013-04-01: ListHostedZonesByName, GetHostedZone, CreateHostedZone,
 * ListResourceRecordSets, ChangeResourceRecordSets, GetChange, DeleteHostedZone). A batch is
 * carried out whole or not at all. Of the API's XML seven small documents are needed: the SDK's
 * module would weigh 2 MB in every function.
 *
 * <p>An alias has the value {@code alias <zone id> <name>}.
 */
public final class Route53Dns implements HostedDns {
  private static final String HOST = "https://route53.amazonaws.com";
  private static final String VERSION = "/2013-04-01/";
  private static final String REGION = "us-east-1";
  private static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";

  /** A TXT record's data: strings in quotation marks, of 255 characters at most. */
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static final int LONGEST_STRING = 255;

  /**
   * The zones of load balancers' names (AWS General Reference, "Elastic Load Balancing endpoints";
   * Application and Classic Load Balancers). In other regions a person makes the alias.
   */
  private static final Map<String, String> LOAD_BALANCERS =
      Map.ofEntries(
          Map.entry("ap-northeast-1", "Z14GRHDCWA56QT"),
          Map.entry("ap-northeast-2", "ZWKZPGTI48KDX"),
          Map.entry("ap-south-1", "ZP97RAFLXTNZK"),
          Map.entry("ap-southeast-1", "Z1LMS91P8CMLE5"),
          Map.entry("ap-southeast-2", "Z1GM3OXH4ZPM65"),
          Map.entry("ca-central-1", "ZQSVJUPU6J1EY"),
          Map.entry("eu-central-1", "Z215JYRZR1TBD5"),
          Map.entry("eu-north-1", "Z23TAZ6LKFMNIO"),
          Map.entry("eu-west-1", "Z32O12XQLNTSW2"),
          Map.entry("eu-west-2", "ZHURV8PSTC4K8"),
          Map.entry("eu-west-3", "Z3Q77PNBQS71R4"),
          Map.entry("sa-east-1", "Z2P70J7HTTTPLU"),
          Map.entry("us-east-1", "Z35SXDOTRQ7X7K"),
          Map.entry("us-east-2", "Z3AADJGX6KTTL2"),
          Map.entry("us-west-1", "Z368ELLRRE2KJ0"),
          Map.entry("us-west-2", "Z1H1FL5HABSF5"));

  private final AwsSession session;

  /** Of the account that the session is in. */
  public Route53Dns(AwsSession session) {
    this.session = session;
  }

  @Override
  public String service() {
    return "Route 53";
  }

  @Override
  public String against() {
    return HOST;
  }

  @Override
  public List<Zone> zones(String name) {
    AwsXml answer = get("ListHostedZonesByName", "hostedzonesbyname?dnsname=" + encoded(name));
    List<Zone> found = new ArrayList<>();
    for (AwsXml zone : inner(answer, "HostedZones", "HostedZone")) {
      boolean isPrivate =
          zone.children("Config").stream()
              .anyMatch(config -> config.child("PrivateZone").equals("true"));
      if (plain(zone.child("Name")).equals(name) && !isPrivate) {
        String id = zone.child("Id").replace("/hostedzone/", "");
        found.add(zone(name, get("GetHostedZone", "hostedzone/" + id)));
      }
    }
    return found;
  }

  @Override
  public Zone createZone(String name, String reference) {
    String body =
        "<CreateHostedZoneRequest xmlns=\"%s\">%s%s</CreateHostedZoneRequest>"
            .formatted(NAMESPACE, xml("Name", name), xml("CallerReference", reference));
    return zone(name, post("CreateHostedZone", "hostedzone", body));
  }

  private static Zone zone(String name, AwsXml answer) {
    Set<String> servers =
        inner(answer, "DelegationSet", "NameServers").stream()
            .flatMap(list -> list.children("NameServer").stream())
            .map(server -> plain(server.content()))
            .collect(Collectors.toSet());
    return new Zone(
        inner(answer, "HostedZone", "Id").getFirst().content().replace("/hostedzone/", ""),
        name,
        servers);
  }

  @Override
  public boolean deleteIfEmpty(Zone zone) {
    AwsXml answer = get("ListResourceRecordSets", "hostedzone/" + zone.id() + "/rrset?maxitems=10");
    boolean isEmpty =
        inner(answer, "ResourceRecordSets", "ResourceRecordSet").stream()
            .allMatch(set -> Set.of("NS", "SOA").contains(set.child("Type")));
    if (isEmpty) {
      send(call("DeleteHostedZone", "hostedzone/" + zone.id()).method("DELETE"));
    }
    return isEmpty;
  }

  @Override
  public List<DnsRecord> records(Zone zone, String name, Set<String> types) {
    AwsXml answer =
        get(
            "ListResourceRecordSets",
            "hostedzone/" + zone.id() + "/rrset?maxitems=20&name=" + encoded(name));
    return inner(answer, "ResourceRecordSets", "ResourceRecordSet").stream()
        .map(Route53Dns::record)
        .filter(record -> record.name().equals(name) && types.contains(record.type()))
        .toList();
  }

  private static DnsRecord record(AwsXml set) {
    List<String> values = new ArrayList<>();
    boolean isText = set.child("Type").equals("TXT");
    inner(set, "ResourceRecords", "ResourceRecord")
        .forEach(
            value ->
                values.add(isText ? joined(value.child("Value")) : plain(value.child("Value"))));
    set.children("AliasTarget")
        .forEach(
            alias ->
                values.add(
                    "alias " + alias.child("HostedZoneId") + " " + plain(alias.child("DNSName"))));
    String ttl = set.child("TTL");
    return new DnsRecord(
        plain(set.child("Name")).replace("\\052", "*"),
        set.child("Type"),
        ttl.isEmpty() ? 0 : Long.parseLong(ttl),
        values);
  }

  @Override
  public Optional<DnsRecord> leading(Zone zone, String host, String target) {
    if (DnsRecord.isAddress(target)) {
      return Optional.of(DnsRecord.address(host, target));
    }
    if (!host.equals(zone.name())) {
      return Optional.of(DnsRecord.alias(host, target));
    }
    String[] labels = target.split("\\.", -1);
    boolean isLoadBalancer = labels.length > 4 && target.endsWith(".elb.amazonaws.com");
    return Optional.ofNullable(
            isLoadBalancer ? LOAD_BALANCERS.get(labels[labels.length - 4]) : null)
        .map(id -> new DnsRecord(host, "A", 0, List.of("alias " + id + " dualstack." + target)));
  }

  @Override
  public String change(Zone zone, List<DnsRecord> gone, List<DnsRecord> there) {
    StringBuilder changes = new StringBuilder();
    gone.forEach(record -> changes.append(change("DELETE", record)));
    there.forEach(record -> changes.append(change("UPSERT", record)));
    String body =
        "<ChangeResourceRecordSetsRequest xmlns=\"%s\"><ChangeBatch><Changes>%s</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
            .formatted(NAMESPACE, changes);
    AwsXml answer = post("ChangeResourceRecordSets", "hostedzone/" + zone.id() + "/rrset/", body);
    return answer.text("Id").replace("/change/", "");
  }

  private static String change(String action, DnsRecord record) {
    StringBuilder data = new StringBuilder();
    for (String value : record.values()) {
      String[] words = value.split(" ", 3);
      data.append(
          words[0].equals("alias")
              ? "<AliasTarget>"
                  + xml("HostedZoneId", words[1])
                  + xml("DNSName", words[2])
                  + xml("EvaluateTargetHealth", "false")
                  + "</AliasTarget>"
              : "<ResourceRecord>"
                  + xml("Value", record.type().equals("TXT") ? quoted(value) : value)
                  + "</ResourceRecord>");
    }
    boolean isAlias = data.toString().startsWith("<AliasTarget>");
    return "<Change>"
        + xml("Action", action)
        + "<ResourceRecordSet>"
        + xml("Name", record.name())
        + xml("Type", record.type())
        + (isAlias
            ? data
            : xml("TTL", Long.toString(record.ttl()))
                + "<ResourceRecords>"
                + data
                + "</ResourceRecords>")
        + "</ResourceRecordSet></Change>";
  }

  private static String quoted(String text) {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at == 0 || at < text.length(); at += LONGEST_STRING) {
      String part = text.substring(at, Math.min(text.length(), at + LONGEST_STRING));
      strings.add("\"" + part.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    return String.join(" ", strings);
  }

  private static String joined(String data) {
    return STRING
        .matcher(data)
        .results()
        .map(string -> string.group(1).replaceAll("\\\\(.)", "$1"))
        .collect(Collectors.joining());
  }

  /** A change that AWS has forgotten is an old one. */
  @Override
  public boolean isInEffect(String change) {
    try {
      return get("GetChange", "change/" + change).text("Status").equals("INSYNC");
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == SystemTrouble.Kind.NOT_FOUND) {
        return true;
      }
      throw trouble;
    }
  }

  // --- the protocol

  private AwsXml get(String operation, String path) {
    return send(call(operation, path));
  }

  /** A batch, and a zone with its reference, may be sent twice: the second changes nothing. */
  private AwsXml post(String operation, String path, String body) {
    return send(
        call(operation, path)
            .method("POST")
            .changingNothing()
            .body("application/xml", Bytes.of(body)));
  }

  private static HttpCall call(String operation, String path) {
    return HttpCall.get(
        AwsSession.SYSTEM,
        "route53:" + operation,
        Destination.VENDOR,
        URI.create(HOST + VERSION + path),
        Redactor.none());
  }

  private AwsXml send(HttpCall call) {
    return AwsXml.of(session.send(call, "route53", REGION));
  }

  private static List<AwsXml> inner(AwsXml answer, String list, String member) {
    return answer.children(list).stream().flatMap(each -> each.children(member).stream()).toList();
  }

  private static String xml(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A");
  }

  private static String plain(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
