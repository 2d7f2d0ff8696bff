package dev.slipway.local.sandbox;

import dev.slipway.local.sandbox.accounts.GoogleAnalyticsAdmin;
import dev.slipway.local.sandbox.accounts.GoogleMaps;
import dev.slipway.local.sandbox.accounts.OpenExchangeRates;
import dev.slipway.local.sandbox.accounts.Pusher;
import dev.slipway.local.sandbox.aws.Aws;
import dev.slipway.local.sandbox.azure.Azure;
import dev.slipway.local.sandbox.billing.HostBill;
import dev.slipway.local.sandbox.billing.ReferenceRates;
import dev.slipway.local.sandbox.billing.Stripe;
import dev.slipway.local.sandbox.billing.Whmcs;
import dev.slipway.local.sandbox.connector.TokenEndpoints;
import dev.slipway.local.sandbox.connector.Unleashed;
import dev.slipway.local.sandbox.docker.DockerHub;
import dev.slipway.local.sandbox.logging.SplunkCloud;
import dev.slipway.local.sandbox.logging.SplunkEnterprise;
import dev.slipway.local.sandbox.logging.SumoLogic;
import dev.slipway.local.sandbox.maestrano.Maestrano;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.mail.MailServer;
import dev.slipway.local.sandbox.mail.MailSubmission;
import dev.slipway.local.sandbox.mailtool.Mailgun;
import dev.slipway.local.sandbox.mailtool.Mandrill;
import dev.slipway.local.sandbox.mailtool.SparkPost;
import dev.slipway.local.sandbox.monitoring.Alertmanager;
import dev.slipway.local.sandbox.monitoring.NewRelic;
import dev.slipway.local.sandbox.monitoring.Prometheus;
import dev.slipway.local.sandbox.network.ConnectProxy;
import dev.slipway.local.sandbox.network.DnsServer;
import dev.slipway.local.sandbox.network.HttpListener;
import dev.slipway.local.sandbox.network.NetworkActs;
import dev.slipway.local.sandbox.network.RequestDispatcher;
import dev.slipway.local.sandbox.network.Routes;
import dev.slipway.local.sandbox.payment.Braintree;
import dev.slipway.local.sandbox.payment.Eway;
import dev.slipway.local.sandbox.platform.Platform;
import dev.slipway.local.sandbox.storage.ObjectStore;
import dev.slipway.local.sandbox.storage.UploaderExport;
import dev.slipway.local.sandbox.storage.WebDav;
import dev.slipway.local.sandbox.support.Intercom;
import dev.slipway.local.sandbox.support.Jira;
import dev.slipway.local.sandbox.tls.LocalAuthority;
import dev.slipway.local.sandbox.tls.ServerIdentities;
import dev.slipway.local.sandbox.web.GoogleTags;
import dev.slipway.local.sandbox.web.Website;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.StandIn;
import dev.slipway.local.sandbox.world.TcpStandIn;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * All third parties that Slipway talks to, as stand-ins on loopback: behind a proxy and a name
 * server of their own, so that callers use the real host names, ports, URLs, TLS and DNS. Any
 * number of sandboxes run side by side; they share nothing.
 */
public final class Sandbox implements AutoCloseable {

  private final SandboxEndpoints endpoints;
  private final RequestDispatcher reception;
  private final Deque<AutoCloseable> running;

  private Sandbox(
      SandboxEndpoints endpoints, RequestDispatcher reception, Deque<AutoCloseable> running) {
    this.endpoints = endpoints;
    this.reception = reception;
    this.running = running;
  }

  /** Runs a sandbox as a process of its own; {@code --help} says how. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new SandboxCommand()).execute(arguments));
  }

  /**
   * Starts a sandbox.
   *
   * @throws IOException when it cannot listen, or cannot use its folder
   */
  public static Sandbox start(SandboxOptions options) throws IOException {
    if (options.data().isPresent()) {
      Files.createDirectories(options.data().get());
    }
    Deque<AutoCloseable> running = new ArrayDeque<>();
    try {
      return start(options, running);
    } catch (IOException | RuntimeException e) {
      closeAll(running);
      throw e;
    }
  }

  private static Sandbox start(SandboxOptions options, Deque<AutoCloseable> running)
      throws IOException {
    Faults faults = new Faults();
    CallLog calls = new CallLog(options.clock(), options.file("calls.jsonl"));
    Journal<Mail> mails = new Journal<>(options.file("mails.jsonl"), Mail::toJson, Mail::fromJson);
    World world = new World(options.file("world.json"));
    LocalAuthority authority = new LocalAuthority(options.clock(), options.file("authority.pem"));
    ServerIdentities identities = new ServerIdentities(authority, world);
    Routes routes = new Routes();

    List<StandIn> standIns =
        List.of(
            new Platform(world, options.clock(), new MailSubmission(routes, identities)),
            new MailServer(world, faults, calls, mails, identities, options.clock()),
            new DockerHub(world, options.clock()),
            new Prometheus(world, options.clock()),
            new Alertmanager(world, mails, options.clock()),
            new ObjectStore(world, options.clock()),
            new WebDav(world),
            new UploaderExport(faults, calls),
            new Whmcs(world),
            new HostBill(world),
            new Stripe(world),
            new ReferenceRates(world, options.clock()),
            new Website(world),
            new GoogleTags(world),
            new NewRelic(world, options.clock()),
            new SumoLogic(world),
            new SplunkCloud(world),
            new SplunkEnterprise(world),
            new Mandrill(world, mails, options.clock()),
            new SparkPost(world, mails, options.clock()),
            new Mailgun(world, mails, options.clock()),
            new Braintree(world),
            new Eway(world),
            new OpenExchangeRates(world),
            new GoogleMaps(world),
            new Pusher(world, options.clock()),
            new GoogleAnalyticsAdmin(world, options.clock()),
            new Jira(world),
            new Intercom(world),
            new TokenEndpoints(world),
            new Unleashed(world),
            new Aws(world, options.clock(), authority::leafPem),
            new Azure(world),
            // Last: hosts that others name exactly are theirs.
            new Maestrano(world, options.clock()));

    world.seed(ServerIdentities.SYSTEM, ServerIdentities.defaults());
    List<Site> sites = standIns.stream().flatMap(each -> each.sites().stream()).toList();
    world.seed(DnsServer.SYSTEM, DnsServer.defaults(sites));
    standIns.forEach(each -> world.seed(each.system(), each.defaults()));

    RequestDispatcher reception =
        new RequestDispatcher(web(standIns), faults, calls, options.clock());
    HttpListener http =
        new HttpListener(
            "sandbox-http", reception, Optional.of(identities), SandboxDefaults.PLATFORM_HOST);
    running.push(http);
    Map<String, Act> acts = new HashMap<>(new NetworkActs(world).acts());
    for (StandIn standIn : standIns) {
      acts.putAll(standIn.acts());
      switch (standIn) {
        case HttpStandIn web -> route(web.sites(), http, routes);
        case TcpStandIn tcp -> {
          running.push(tcp);
          int[] ports = tcp.start();
          for (int i = 0; i < ports.length; i++) {
            routes.add(tcp.sites().get(i), ports[i]);
          }
        }
      }
    }
    DnsServer dns = new DnsServer(world, faults, calls, options.reach().dns());
    running.push(dns);
    for (Map.Entry<String, String> server : DnsServer.NAME_SERVERS.entrySet()) {
      routes.add(
          new Site(server.getKey(), server.getValue(), 53, Site.Transport.TCP),
          dns.listenAs(server.getKey()));
    }
    ConnectProxy proxy =
        new ConnectProxy(routes.fromOutside(), faults, calls, options.reach().proxy());
    running.push(proxy);
    ConnectProxy insideProxy = new ConnectProxy(routes, faults, calls);
    running.push(insideProxy);
    ControlApi api = new ControlApi(world, faults, calls, mails, acts);
    HttpListener control = new HttpListener("sandbox-control", api, Optional.empty(), "");
    running.push(control);
    SandboxEndpoints endpoints =
        new SandboxEndpoints(
            text(proxy.address()),
            text(insideProxy.address()),
            text(dns.address()),
            authority.rootPem(),
            URI.create("http://127.0.0.1:" + control.plainPort()));
    api.announce(endpoints);
    return new Sandbox(endpoints, reception, running);
  }

  private static List<HttpStandIn> web(List<StandIn> standIns) {
    return standIns.stream()
        .filter(HttpStandIn.class::isInstance)
        .map(HttpStandIn.class::cast)
        .toList();
  }

  private static void route(List<Site> sites, HttpListener http, Routes routes) {
    for (Site site : sites) {
      routes.add(
          site, site.transport() == Site.Transport.HTTPS ? http.securedPort() : http.plainPort());
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** The addresses of its endpoints. */
  public SandboxEndpoints endpoints() {
    return endpoints;
  }

  /**
   * The reaction to an HTTP request that is handed in without DNS, proxy and TLS: for tests in the
   * same JVM to which the network does not matter. Faults happen and calls are recorded as usual.
   */
  public HttpListener.Reaction respond(HttpCall call) {
    return reception.respond(call);
  }

  /** A client of its control endpoint. */
  public SandboxControl control() {
    return new SandboxControl(endpoints.control());
  }

  @Override
  public void close() {
    closeAll(running);
  }

  private static void closeAll(Deque<AutoCloseable> running) {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        // The rest still has to be closed, and a port that will not close ends with the process.
        System.getLogger(Sandbox.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
      }
    }
  }
}
