package dev.slipway.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A probe that a runner can be asked to run; it has no other code to run. Each probe looks at one
 * address, with parameters that are checked when it is asked and again before it runs. No probe
 * carries a credential: a login that one needs is typed at the runner and stays there.
 */
public sealed interface Probe
    permits DataJob,
        Probe.TcpConnect,
        Probe.NfsNullCall,
        Probe.TlsHandshake,
        Probe.SmtpGreeting,
        Probe.HttpStatus,
        Probe.DnsLookup,
        Probe.PrometheusStatus,
        Probe.S3RoundTrip,
        Probe.WebDavRoundTrip {

  /** The name on the wire. */
  String kind();

  /** The address that is looked at: host and port, or the URL. */
  String against();

  /** A description in words, for the person who decides whether it runs. */
  String description();

  /** The system whose login it takes, typed at the runner; empty: it takes none. */
  default Optional<String> login() {
    return Optional.empty();
  }

  /** Whether it cannot be run without that login. */
  default boolean needsLogin() {
    return login().isPresent();
  }

  /** The parameters as they travel and are kept. */
  JsonNode parameters();

  /** The fingerprint of the parameters: a runner must run the probe that was asked for. */
  default String hash() {
    return Json.hash(parameters());
  }

  /**
   * Reads a probe.
   *
   * @throws InvalidProbe if it is none, has fields of its own, or a value that is not permitted
   */
  static Probe read(JsonNode parameters) {
    ProbeFields fields = new ProbeFields(parameters);
    String kind = fields.text("kind");
    Probe probe =
        switch (kind) {
          case TcpConnect.KIND -> new TcpConnect(fields.text("host"), fields.number("port"));
          case NfsNullCall.KIND -> new NfsNullCall(fields.text("host"), fields.number("port"));
          case TlsHandshake.KIND ->
              new TlsHandshake(fields.text("host"), fields.number("port"), fields.text("name"));
          case SmtpGreeting.KIND ->
              new SmtpGreeting(
                  fields.text("host"), fields.number("port"), fields.text("encryption"));
          case HttpStatus.KIND -> new HttpStatus(fields.uri("url"));
          case DnsLookup.KIND -> new DnsLookup(fields.texts("names"));
          case PrometheusStatus.KIND -> new PrometheusStatus(fields.uri("url"));
          case S3RoundTrip.KIND ->
              new S3RoundTrip(fields.uri("endpoint"), fields.text("region"), fields.text("bucket"));
          case WebDavRoundTrip.KIND -> new WebDavRoundTrip(fields.uri("url"));
          default ->
              DataJob.read(
                  DataJob.Operation.of(kind)
                      .orElseThrow(() -> new InvalidProbe("There is no such probe.")),
                  fields);
        };
    fields.complete();
    return probe;
  }

  /** Opens a TCP connection and closes it. */
  record TcpConnect(String host, int port) implements Probe {
    static final String KIND = "tcp-connect";

    public TcpConnect {
      ProbeFields.requireHost(host);
      ProbeFields.requirePort(port);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return host + ":" + port;
    }

    @Override
    public String description() {
      return "opens a TCP connection and closes it; sends nothing";
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER.createObjectNode().put("kind", KIND).put("host", host).put("port", port);
    }
  }

  /** Makes NFS's NULL call, which does nothing at the server. */
  record NfsNullCall(String host, int port) implements Probe {
    static final String KIND = "nfs-null-call";

    public NfsNullCall {
      ProbeFields.requireHost(host);
      ProbeFields.requirePort(port);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return host + ":" + port;
    }

    @Override
    public String description() {
      return "opens TCP connections and makes the NULL call of NFS versions 4 and 3, which mounts"
          + " and reads nothing";
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER.createObjectNode().put("kind", KIND).put("host", host).put("port", port);
    }
  }

  /**
   * Shakes hands with TLS and looks at the certificate.
   *
   * @param name that the certificate must be for
   */
  record TlsHandshake(String host, int port, String name) implements Probe {
    static final String KIND = "tls-handshake";

    public TlsHandshake {
      ProbeFields.requireHost(host);
      ProbeFields.requirePort(port);
      ProbeFields.requireHost(name);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return host + ":" + port;
    }

    @Override
    public String description() {
      return "makes a TLS handshake for the name " + name + ", reads the certificate, and closes";
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER
          .createObjectNode()
          .put("kind", KIND)
          .put("host", host)
          .put("port", port)
          .put("name", name);
    }
  }

  /**
   * Greets a mail server and looks at its encryption. Does not log in, and sends nothing.
   *
   * @param encryption {@code STARTTLS} or {@code SSMTP}
   */
  record SmtpGreeting(String host, int port, String encryption) implements Probe {
    static final String KIND = "smtp-greeting";

    public SmtpGreeting {
      ProbeFields.requireHost(host);
      ProbeFields.requirePort(port);
      if (!encryption.equals("STARTTLS") && !encryption.equals("SSMTP")) {
        throw new InvalidProbe("encryption must be STARTTLS or SSMTP");
      }
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return host + ":" + port;
    }

    @Override
    public String description() {
      return "greets the mail server (EHLO, "
          + encryption
          + ", QUIT) and reads its certificate; does not log in, sends no mail";
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER
          .createObjectNode()
          .put("kind", KIND)
          .put("host", host)
          .put("port", port)
          .put("encryption", encryption);
    }
  }

  /**
   * Asks a Prometheus whether it is ready, what it watches, and how old its newest sample is.
   *
   * @param url its address; the paths below it are fixed
   */
  record PrometheusStatus(URI url) implements Probe {
    static final String KIND = "prometheus-status";

    public PrometheusStatus {
      ProbeFields.requireHttps(url);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return url.toString();
    }

    @Override
    public String description() {
      return "reads readiness, version, the number of targets and of those that are down, and the"
          + " time of the newest sample; reads no metric";
    }

    @Override
    public Optional<String> login() {
      return Optional.of("monitoring");
    }

    @Override
    public boolean needsLogin() {
      return false;
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER.createObjectNode().put("kind", KIND).put("url", url.toString());
    }
  }

  /** Writes one small object into a bucket, reads it back, and deletes it. */
  record S3RoundTrip(URI endpoint, String region, String bucket) implements Probe {
    static final String KIND = "s3-round-trip";

    public S3RoundTrip {
      ProbeFields.requireHttps(endpoint);
      ProbeFields.require("region", region, "[a-z0-9-]{2,40}");
      ProbeFields.require("bucket", bucket, "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return endpoint + " bucket " + bucket;
    }

    @Override
    public String description() {
      return "writes one small object under a name of its own, reads it back, and deletes it; reads"
          + " and lists no other object";
    }

    @Override
    public Optional<String> login() {
      return Optional.of("backup");
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER
          .createObjectNode()
          .put("kind", KIND)
          .put("endpoint", endpoint.toString())
          .put("region", region)
          .put("bucket", bucket);
    }
  }

  /** Writes one small file into a collection, reads it back, and deletes it. */
  record WebDavRoundTrip(URI url) implements Probe {
    static final String KIND = "webdav-round-trip";

    public WebDavRoundTrip {
      ProbeFields.requireHttps(url);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return url.toString();
    }

    @Override
    public String description() {
      return "writes one small file under a name of its own, reads it back, and deletes it; reads"
          + " and lists no other file";
    }

    @Override
    public Optional<String> login() {
      return Optional.of("backup");
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER.createObjectNode().put("kind", KIND).put("url", url.toString());
    }
  }

  /**
   * Looks names up as everybody in the network does ({@link SeenNames}).
   *
   * @param names host names
   */
  record DnsLookup(List<String> names) implements Probe {
    static final String KIND = "dns-lookup";

    /** The most names: two of them share a fact of the result. */
    public static final int MOST = 40;

    public DnsLookup {
      names = List.copyOf(names);
      if (names.isEmpty() || names.size() > MOST) {
        throw new InvalidProbe("there must be 1 to " + MOST + " names");
      }
      names.forEach(ProbeFields::requireHost);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return String.join(", ", names);
    }

    @Override
    public String description() {
      return "looks the names up with the network's own resolver; connects to none of them";
    }

    @Override
    public JsonNode parameters() {
      ObjectNode parameters = Json.MAPPER.createObjectNode().put("kind", KIND);
      names.forEach(parameters.putArray("names")::add);
      return parameters;
    }
  }

  /** Asks for a page without a login, and follows no redirect. */
  record HttpStatus(URI url) implements Probe {
    static final String KIND = "http-status";

    public HttpStatus {
      ProbeFields.requireHttps(url);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public String against() {
      return url.toString();
    }

    @Override
    public String description() {
      return "asks for the page as a stranger does; tells the HTTP status and the page's title";
    }

    @Override
    public JsonNode parameters() {
      return Json.MAPPER.createObjectNode().put("kind", KIND).put("url", url.toString());
    }
  }
}
