package dev.slipway.local.sandbox.aws;

import static dev.slipway.local.sandbox.aws.FormService.xml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Route 53: hosted zones and their records, which the sandbox's DNS answers once the parent leads
 * to the zone's name servers. A reference makes a zone only once; a CNAME stands neither at an apex
 * nor beside other records; a record is deleted only as it stands there. A batch is carried out
 * whole or not at all. The world's member {@code aws.pendingChanges} says how often a change is
 * still PENDING.
 */
final class Route53 implements AwsService {

  private record Route(String operation, String method, Pattern path) {}

  private static final List<Route> ROUTES =
      List.of(
          new Route(
              "ListHostedZonesByName", "GET", Pattern.compile("/2013-04-01/hostedzonesbyname")),
          new Route("CreateHostedZone", "POST", Pattern.compile("/2013-04-01/hostedzone")),
          new Route("GetHostedZone", "GET", Pattern.compile("/2013-04-01/hostedzone/(Z\\w+)")),
          new Route(
              "DeleteHostedZone", "DELETE", Pattern.compile("/2013-04-01/hostedzone/(Z\\w+)")),
          new Route(
              "ListResourceRecordSets",
              "GET",
              Pattern.compile("/2013-04-01/hostedzone/(Z\\w+)/rrset")),
          new Route(
              "ChangeResourceRecordSets",
              "POST",
              Pattern.compile("/2013-04-01/hostedzone/(Z\\w+)/rrset/?")),
          new Route("GetChange", "GET", Pattern.compile("/2013-04-01/change/(C\\w+)")));

  private static final Pattern VALUE = Pattern.compile("<Value>([^<]*+)</Value>");

  private final World world;
  private final HostedZones zones;

  Route53(World world) {
    this.world = world;
    this.zones = new HostedZones(world, "route53");
  }

  @Override
  public String name() {
    return "route53";
  }

  @Override
  public Operation operation(HttpCall call) {
    return route(call)
        .map(route -> new Operation(route.operation(), id(route, call)))
        .orElseGet(() -> Operation.of(call.method() + " " + call.path()));
  }

  private static Optional<Route> route(HttpCall call) {
    return ROUTES.stream()
        .filter(route -> route.method().equals(call.method()))
        .filter(route -> route.path().matcher(call.path()).matches())
        .findFirst();
  }

  private static String id(Route route, HttpCall call) {
    Matcher matcher = route.path().matcher(call.path());
    return matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
  }

  @Override
  public HttpAnswer answer(HttpCall call, AwsCaller caller) {
    Route route = route(call).orElseThrow(() -> refusal(404, "NotFound", call.path()));
    String id = id(route, call);
    if (route.operation().equals("GetChange")) {
      return status(id);
    }
    return zones.change(
        all ->
            switch (route.operation()) {
              case "ListHostedZonesByName" -> list(all, call.parameters().get("dnsname"));
              case "CreateHostedZone" -> create(all, call.text());
              case "GetHostedZone" -> HttpAnswer.xml(200, response("GetHostedZone", all, id));
              case "DeleteHostedZone" -> delete(all, id);
              case "ListResourceRecordSets" -> records(zone(all, id), call.parameters());
              default -> change(zone(all, id), call.text());
            });
  }

  private ObjectNode zone(ObjectNode all, String id) {
    if (!all.has(id)) {
      throw refusal(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id);
    }
    return (ObjectNode) all.get(id);
  }

  private static HttpAnswer list(ObjectNode all, String from) {
    StringBuilder found = new StringBuilder();
    for (Map.Entry<String, JsonNode> each : all.properties()) {
      if (each.getValue().path("name").asText().compareTo(from) >= 0) {
        found.append(described(each.getKey(), each.getValue()));
      }
    }
    return HttpAnswer.xml(
        200,
        "<ListHostedZonesByNameResponse><HostedZones>"
            + found
            + "</HostedZones></ListHostedZonesByNameResponse>");
  }

  private static String described(String id, JsonNode zone) {
    return "<HostedZone>"
        + xml("Id", "/hostedzone/" + id)
        + xml("Name", zone.path("name").asText() + ".")
        + xml("CallerReference", zone.path("reference").asText())
        + "<Config>"
        + xml("PrivateZone", "false")
        + "</Config></HostedZone>";
  }

  private String response(String operation, ObjectNode all, String id) {
    JsonNode zone = zone(all, id);
    StringBuilder servers = new StringBuilder();
    Json.strings(zone.path("servers")).forEach(each -> servers.append(xml("NameServer", each)));
    return "<%1$sResponse>%2$s<DelegationSet><NameServers>%3$s</NameServers></DelegationSet></%1$sResponse>"
        .formatted(operation, described(id, zone), servers);
  }

  private HttpAnswer create(ObjectNode all, String body) {
    String name = text(body, "Name").replaceAll("\\.$", "");
    String reference = text(body, "CallerReference");
    for (JsonNode each : all) {
      if (each.path("reference").asText().equals(reference)) {
        throw refusal(
            409,
            "HostedZoneAlreadyExists",
            "A hosted zone has already been created with the specified caller reference.");
      }
    }
    String id = "Z0SANDBOX%06d".formatted(all.size() + 1);
    ObjectNode zone = all.putObject(id).put("name", name).put("reference", reference);
    zone.putArray("servers").add("ns-101.awsdns-12.com").add("ns-1102.awsdns-09.org");
    zone.putObject("records");
    zone.putObject("ttl");
    return HttpAnswer.xml(201, response("CreateHostedZone", all, id));
  }

  private HttpAnswer delete(ObjectNode all, String id) {
    if (!zone(all, id).path("records").isEmpty()) {
      throw refusal(400, "HostedZoneNotEmpty", "The hosted zone contains other records.");
    }
    all.remove(id);
    return HttpAnswer.xml(200, "<DeleteHostedZoneResponse/>");
  }

  private static HttpAnswer records(ObjectNode zone, Map<String, String> parameters) {
    String from = parameters.getOrDefault("name", "");
    StringBuilder found = new StringBuilder();
    String apex = zone.path("name").asText();
    found.append(from.isEmpty() ? set(apex, "NS", 172800, List.of("ns-101.awsdns-12.com.")) : "");
    found.append(
        from.isEmpty() ? set(apex, "SOA", 900, List.of("ns-101.awsdns-12.com. x. 1")) : "");
    for (Map.Entry<String, JsonNode> owner : zone.path("records").properties()) {
      if (from.isEmpty() || owner.getKey().equals(from)) {
        for (Map.Entry<String, JsonNode> type : owner.getValue().properties()) {
          found.append(
              set(
                  owner.getKey(),
                  type.getKey(),
                  zone.path("ttl").path(owner.getKey() + " " + type.getKey()).asInt(),
                  Json.strings(type.getValue())));
        }
      }
    }
    return HttpAnswer.xml(
        200,
        "<ListResourceRecordSetsResponse><ResourceRecordSets>"
            + found
            + "</ResourceRecordSets></ListResourceRecordSetsResponse>");
  }

  private static String set(String name, String type, int ttl, List<String> values) {
    StringBuilder data = new StringBuilder();
    for (String value : values) {
      String[] words = value.split(" ", 3);
      data.append(
          words[0].equals("alias")
              ? "<AliasTarget>"
                  + xml("HostedZoneId", words[1])
                  + xml("DNSName", words[2] + ".")
                  + xml("EvaluateTargetHealth", "false")
                  + "</AliasTarget>"
              : "<ResourceRecord>" + xml("Value", value) + "</ResourceRecord>");
    }
    boolean isAlias = data.toString().startsWith("<AliasTarget>");
    return "<ResourceRecordSet>"
        + xml("Name", name.replace("*", "\\052") + ".")
        + xml("Type", type)
        + (isAlias
            ? data
            : xml("TTL", Integer.toString(ttl)) + "<ResourceRecords>" + data + "</ResourceRecords>")
        + "</ResourceRecordSet>";
  }

  private HttpAnswer change(ObjectNode zone, String body) {
    ObjectNode after = zone.deepCopy();
    // What stands before the first change is none.
    Stream.of(body.split("<Change>", -1)).skip(1).forEach(change -> apply(after, change));
    zone.setAll(after);
    int number =
        world.change(
            Aws.SYSTEM,
            part -> {
              int next = part.path("changes").size() + 1;
              part.withObjectProperty("changes")
                  .put("C%012d".formatted(next), part.path("pendingChanges").asInt());
              return next;
            });
    return changed("ChangeResourceRecordSets", "C%012d".formatted(number), "PENDING");
  }

  private void apply(ObjectNode zone, String change) {
    String action = text(change, "Action");
    String name = text(change, "Name").replaceAll("\\.$", "").replace("\\052", "*");
    String type = text(change, "Type");
    List<String> values = new ArrayList<>();
    VALUE.matcher(change).results().forEach(value -> values.add(plain(value.group(1))));
    if (change.contains("<AliasTarget>")) {
      values.add(
          "alias "
              + text(change, "HostedZoneId")
              + " "
              + text(change, "DNSName").replaceAll("\\.$", ""));
    }
    // As in a zone file, where a name ends in a dot.
    List<String> data =
        values.stream()
            .map(value -> type.equals("CNAME") && !value.endsWith(".") ? value + "." : value)
            .toList();
    ObjectNode owner = zone.withObjectProperty("records").withObjectProperty(name);
    String ttl = name + " " + type;
    if (action.equals("DELETE")) {
      boolean isThere =
          Json.strings(owner.path(type)).equals(data)
              && (change.contains("<AliasTarget>")
                  || zone.path("ttl").path(ttl).asText().equals(text(change, "TTL")));
      if (!isThere) {
        throw refusal(
            400,
            "InvalidChangeBatch",
            "Tried to delete resource record set [name='"
                + name
                + "', type='"
                + type
                + "'] but it was not found");
      }
      owner.remove(type);
      if (owner.isEmpty()) {
        zone.withObjectProperty("records").remove(name);
      }
      return;
    }
    boolean isApex = name.equals(zone.path("name").asText());
    boolean conflicts =
        type.equals("CNAME")
            ? isApex || owner.size() > (owner.has("CNAME") ? 1 : 0)
            : owner.has("CNAME");
    if (conflicts) {
      throw refusal(
          400,
          "InvalidChangeBatch",
          "RRSet of type "
              + type
              + " with DNS name "
              + name
              + ". is not permitted as it conflicts with other records with the same DNS name");
    }
    owner.set(type, Json.texts(data));
    zone.withObjectProperty("ttl").put(ttl, Integer.parseInt("0" + text(change, "TTL")));
  }

  private HttpAnswer status(String id) {
    int looks =
        world.change(
            Aws.SYSTEM,
            part -> {
              ObjectNode changes = part.withObjectProperty("changes");
              if (!changes.has(id)) {
                throw refusal(404, "NoSuchChange", "Could not find resource with ID: " + id);
              }
              int left = changes.path(id).asInt();
              changes.put(id, Math.max(0, left - 1));
              return left;
            });
    return changed("GetChange", id, looks > 0 ? "PENDING" : "INSYNC");
  }

  private static HttpAnswer changed(String operation, String id, String status) {
    return HttpAnswer.xml(
        200,
        "<%1$sResponse><ChangeInfo>%2$s%3$s</ChangeInfo></%1$sResponse>"
            .formatted(operation, xml("Id", "/change/" + id), xml("Status", status)));
  }

  private static String text(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(xml);
    return matcher.find() ? plain(matcher.group(1)) : "";
  }

  private static String plain(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private Refusal refusal(int status, String code, String message) {
    return new Refusal(error(status, code, message));
  }

  @Override
  public HttpAnswer error(int status, String code, String message) {
    return HttpAnswer.xml(
            status,
            "<ErrorResponse><Error><Type>Sender</Type>"
                + xml("Code", code)
                + xml("Message", message)
                + "</Error></ErrorResponse>")
        .noted(code);
  }
}
