package dev.slipway.local.sandbox.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server (RFC 1035, UDP and TCP on one port number) for the sandbox's zones. Its records are
 * the world's part {@code dns}, by owner name and type, in zone-file notation:
 *
 * <pre>{"zones": ["hoster.example"],
 *  "records": {"hoster.example": {"TXT": ["\"v=spf1 mx -all\""], "MX": ["10 smtp.hoster.example."]}}}
 * </pre>
 *
 * <p>An owner may be a wildcard ({@code *.paas.hoster.example}; RFC 4592, but matching any depth).
 * A name outside the zones is refused, an unknown one inside answers NXDOMAIN. Removing the {@code
 * NS} of the platform's domain is a missing delegation. Faults of the system {@code dns}, matched
 * on {@code TYPE name}: {@code status-5xx} (SERVFAIL), {@code hang} (no answer), {@code reset}
 * (REFUSED), {@code slow}.
 *
 * <p>Name servers that are asked directly ({@link #NAME_SERVERS}, by TCP) see the same zones, and
 * those hosted on them ({@link HostedZones}). One that is {@code lame} refuses; one in {@code
 * stale} still answers what stands there: {@code {"stale": {"ns2.customer.example":
 * {"hub.customer.example": {"A": ["203.0.113.9"]}}}, "lame": ["ns1.customer.example"]}}.
 */
public final class DnsServer implements AutoCloseable {

  /** The world's part that holds the records. */
  public static final String SYSTEM = "dns";

  /** The name servers that can be asked directly, by host name, and a public resolver. */
  public static final Map<String, String> NAME_SERVERS =
      Map.of(
          "ns1.customer.example", "203.0.113.120",
          "ns2.customer.example", "203.0.113.121",
          "a.nic.example", "203.0.113.122",
          "ns-101.awsdns-12.com", "203.0.113.123",
          "ns-1102.awsdns-09.org", "203.0.113.124",
          "ns1-01.azure-dns.com", "203.0.113.125",
          "ns2-01.azure-dns.net", "203.0.113.126",
          "one.one.one.one", "1.1.1.1");

  private static final long TTL_SECONDS = 5;
  private static final int MAX_UDP = 1232;

  private final World world;
  private final Faults faults;
  private final CallLog calls;
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final List<ServerSocket> direct = new ArrayList<>();

  /**
   * Starts the server, on the same port for UDP and TCP.
   *
   * @param listenAt port 0 is any free one
   */
  public DnsServer(World world, Faults faults, CallLog calls, InetSocketAddress listenAt)
      throws IOException {
    this.world = world;
    this.faults = faults;
    this.calls = calls;
    this.tcp = new ServerSocket(listenAt.getPort(), 64, listenAt.getAddress());
    this.udp = new DatagramSocket(new InetSocketAddress(listenAt.getAddress(), tcp.getLocalPort()));
    Thread.ofPlatform().daemon().name("sandbox-dns-udp").start(this::serveUdp);
    Thread.ofPlatform().daemon().name("sandbox-dns-tcp").start(() -> serveTcp(tcp, ""));
  }

  /**
   * Starts a name server that is asked directly, by TCP.
   *
   * @param server one of {@link #NAME_SERVERS}
   * @return the port on loopback
   */
  public int listenAs(String server) throws IOException {
    ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    direct.add(listener);
    Thread.ofPlatform()
        .daemon()
        .name("sandbox-dns-" + server)
        .start(() -> serveTcp(listener, server));
    return listener.getLocalPort();
  }

  /** The records of a new world: one address per site, and what a healthy hoster publishes. */
  public static ObjectNode defaults(List<Site> sites) {
    ObjectNode part = Json.object();
    part.putArray("zones")
        .add("hoster.example")
        .add("customer.example")
        .add("backup.example")
        .add("docker.com")
        .add("docker.io")
        .add("ecb.europa.eu")
        .add("example")
        .add("nic.example")
        .add("awsdns-12.com")
        .add("awsdns-09.org")
        .add("azure-dns.com")
        .add("azure-dns.net")
        .add("one.one.one.one")
        .add("amazonaws.com")
        .add("microsoftonline.com")
        .add("azure.com")
        .add("connectors.example")
        .add("atlassian.example")
        .add("maestrano.com")
        .add("maestrano.io")
        .add("vendor.example");
    ObjectNode records = part.putObject("records");
    for (Site site : sites) {
      if (site.isPublished()) {
        records.withObjectProperty(site.host()).putArray("A").add(site.address());
      }
    }
    NAME_SERVERS.forEach(
        (host, address) -> records.withObjectProperty(host).putArray("A").add(address));
    // Load balancers of two regions, so that two environments can be apart; nothing answers there.
    records
        .withObjectProperty("*.eu-central-1.elb.amazonaws.com")
        .putArray("A")
        .add("203.0.113.221");
    records.withObjectProperty("*.eu-west-1.elb.amazonaws.com").putArray("A").add("203.0.113.222");
    records.withObjectProperty("example").putArray("NS").add("a.nic.example.");
    records
        .withObjectProperty("customer.example")
        .putArray("NS")
        .add("ns1.customer.example.")
        .add("ns2.customer.example.");
    for (String domain : List.of(SandboxDefaults.PLATFORM_DOMAIN, SandboxDefaults.REGION_DOMAIN)) {
      ObjectNode owner = records.withObjectProperty(domain);
      owner.putArray("NS").add("ns1." + domain + ".").add("ns2." + domain + ".");
      owner.putArray("A").add("203.0.113.10");
      records.withObjectProperty("ns1." + domain).putArray("A").add("203.0.113.11");
      records.withObjectProperty("ns2." + domain).putArray("A").add("203.0.113.12");
    }
    String mail = SandboxDefaults.MAIL_DOMAIN;
    ObjectNode mailOwner = records.withObjectProperty(mail);
    mailOwner.putArray("NS").add("ns1." + mail + ".").add("ns2." + mail + ".");
    mailOwner.putArray("MX").add("10 " + SandboxDefaults.SMTP_HOST + ".");
    mailOwner.putArray("TXT").add("\"v=spf1 mx a:" + SandboxDefaults.SMTP_HOST + " -all\"");
    records
        .withObjectProperty(SandboxDefaults.DKIM_SELECTOR + "._domainkey." + mail)
        .putArray("TXT")
        .add("\"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"");
    records
        .withObjectProperty("_dmarc." + mail)
        .putArray("TXT")
        .add("\"v=DMARC1; p=quarantine; rua=mailto:dmarc@" + mail + "\"");
    return part;
  }

  /** The address on which it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
    for (ServerSocket listener : direct) {
      listener.close();
    }
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
        Thread.ofVirtual().start(() -> answerUdp(query, from));
      } catch (IOException e) {
        // Closed from outside: the loop's condition ends it.
      }
    }
  }

  private void answerUdp(byte[] query, InetSocketAddress to) {
    try {
      Optional<Message> answer = answer(new Message(query), "");
      if (answer.isPresent()) {
        byte[] wire = answer.get().toWire(MAX_UDP);
        udp.send(new DatagramPacket(wire, wire.length, to));
      }
    } catch (IOException e) {
      // Not a DNS message, or the client is gone: a name server stays silent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveTcp(ServerSocket listener, String server) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serveTcp(client, server));
      } catch (IOException e) {
        // Closed from outside: the loop's condition ends it.
      }
    }
  }

  private void serveTcp(Socket client, String server) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      client.setSoTimeout(10_000);
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        Optional<Message> answer = answer(new Message(query), server);
        if (answer.isEmpty()) {
          return;
        }
        byte[] wire = answer.get().toWire();
        out.writeShort(wire.length);
        out.write(wire);
        out.flush();
      }
    } catch (IOException e) {
      // The client closed, or fell silent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Message> answer(Message query, String server)
      throws InterruptedException, IOException {
    Record question = query.getQuestion();
    if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
      return Optional.of(reply(query, Rcode.NOTIMP));
    }
    String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
    Operation operation = new Operation(Type.string(question.getType()), name);
    Optional<Fault> fault = faults.take(SYSTEM, operation);
    if (fault.isPresent()) {
      calls.record(SYSTEM, operation, "fault:" + fault.get().kind().wireName());
      switch (fault.get().kind()) {
        case HANG -> {
          return Optional.empty();
        }
        case SLOW -> Thread.sleep(fault.get().delay());
        case RESET, REFUSED -> {
          return Optional.of(reply(query, Rcode.REFUSED));
        }
        default -> {
          return Optional.of(reply(query, Rcode.SERVFAIL));
        }
      }
    }
    Message answer = resolve(query, question, name, server);
    if (fault.isEmpty()) {
      int rcode = answer.getRcode();
      calls.record(
          SYSTEM, operation, rcode == Rcode.NOERROR ? RecordedCall.OK : Rcode.string(rcode));
    }
    return Optional.of(answer);
  }

  private Message resolve(Message query, Record question, String name, String server)
      throws IOException {
    JsonNode part = world.read(SYSTEM, ObjectNode::deepCopy);
    Optional<String> zone = zoneOf(part.path("zones"), name);
    if (zone.isEmpty() || Json.strings(part.path("lame")).contains(server)) {
      return reply(query, Rcode.REFUSED);
    }
    JsonNode records = part.path("records");
    List<Record> found = new ArrayList<>();
    String owner = name;
    boolean exists = false;
    // A CNAME is followed inside the zones, as a name server does; eight links are plenty.
    for (int links = 0; links < 8; links++) {
      Optional<JsonNode> types = HostedZones.types(part, owner, server);
      exists |= types.isPresent();
      JsonNode at = types.orElseGet(Json::object);
      List<Record> own = parse(part, owner, question.getType(), at, server);
      found.addAll(own);
      if (!own.isEmpty() || !at.has("CNAME")) {
        break;
      }
      List<Record> alias = parse(part, owner, Type.CNAME, at, server);
      found.addAll(alias);
      owner = at.path("CNAME").path(0).asText().replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    }
    Message answer =
        reply(
            query,
            exists || isParent(records, name) || isApex(part, name, server)
                ? Rcode.NOERROR
                : Rcode.NXDOMAIN);
    if (question.getType() == Type.SOA && isApex(part, name, server)) {
      found.add(startOfAuthority(name));
    }
    found.forEach(record -> answer.addRecord(record, Section.ANSWER));
    if (found.isEmpty()) {
      answer.addRecord(startOfAuthority(zone.get()), Section.AUTHORITY);
    }
    return answer;
  }

  private static Message reply(Message query, int rcode) {
    Message reply = new Message(query.getHeader().getID());
    Header header = reply.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.AA);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
      // Claimed although nothing is looked up elsewhere: resolvers mistrust answers without it.
      header.setFlag(Flags.RA);
    }
    header.setRcode(rcode);
    if (query.getQuestion() != null) {
      reply.addRecord(query.getQuestion(), Section.QUESTION);
    }
    return reply;
  }

  private static Optional<String> zoneOf(JsonNode zones, String name) {
    return Json.strings(zones).stream()
        // Of a top-level domain the sandbox has nothing but the delegations.
        .filter(zone -> name.equals(zone) || (zone.contains(".") && name.endsWith("." + zone)))
        .findFirst();
  }

  private static boolean isApex(JsonNode part, String name, String server) {
    return Json.strings(part.path("zones")).contains(name)
        || HostedZones.zoneOf(part, name, server)
            .filter(zone -> zone.path("name").asText().equals(name))
            .isPresent();
  }

  static Optional<JsonNode> recordsAt(JsonNode records, String name) {
    if (records.has(name)) {
      return Optional.of(records.get(name)).filter(types -> !types.isEmpty());
    }
    String rest = name;
    while (rest.indexOf('.') > 0) {
      rest = rest.substring(rest.indexOf('.') + 1);
      if (records.path("*." + rest).size() > 0) {
        return Optional.of(records.get("*." + rest));
      }
      if (records.has(rest)) {
        // A nearer existing name hides wildcards above it (RFC 4592, closest encloser).
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isParent(JsonNode records, String name) {
    for (Map.Entry<String, JsonNode> owner : records.properties()) {
      if (owner.getKey().endsWith("." + name) && !owner.getValue().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<Record> parse(
      JsonNode part, String owner, int type, JsonNode types, String server) throws IOException {
    List<Record> parsed = new ArrayList<>();
    Name name = Name.fromString(owner, Name.root);
    for (String value : Json.strings(types.path(Type.string(type)))) {
      for (String each : behindAlias(part, value, Type.string(type), server)) {
        parsed.add(Record.fromString(name, type, DClass.IN, TTL_SECONDS, each, Name.root));
      }
    }
    return parsed;
  }

  /** Route 53's alias answers the addresses of another name: {@code alias <zone id> <name>}. */
  private static List<String> behindAlias(JsonNode part, String value, String type, String server) {
    return value.startsWith("alias ")
        ? HostedZones.types(part, value.split(" ", 3)[2].replaceAll("^dualstack\\.", ""), server)
            .map(types -> Json.strings(types.path(type)))
            .orElseGet(List::of)
        : List.of(value);
  }

  private static Record startOfAuthority(String zone) throws IOException {
    String value = "ns1." + zone + ". hostmaster." + zone + ". 1 3600 600 86400 5";
    return Record.fromString(
        Name.fromString(zone, Name.root), Type.SOA, DClass.IN, TTL_SECONDS, value, Name.root);
  }
}
