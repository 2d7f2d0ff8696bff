package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.dns.DelegationCheck;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.dns.SenderDomainCheck;
import dev.slipway.systems.docker.DockerHub;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.ConfigKey;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.prometheus.AlertmanagerClient;
import dev.slipway.systems.prometheus.BasicLogin;
import dev.slipway.systems.prometheus.ListedAlert;
import dev.slipway.systems.prometheus.PrometheusClient;
import dev.slipway.systems.prometheus.TestAlert;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.storage.S3Bucket;
import dev.slipway.systems.storage.S3Login;
import dev.slipway.systems.storage.S3Storage;
import dev.slipway.systems.storage.WebDavStorage;
import dev.slipway.systems.tcp.TcpProbe;
import dev.slipway.systems.tls.TlsProbe;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slipway's own clients find a healthy world in a new sandbox, and see what is wrong in others. */
final class ClientsMeetSandboxTest {

  private static final URI BASE = PlatformAddress.ofDomain(SandboxDefaults.PLATFORM_DOMAIN);

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final Egress egress = SANDBOX.egress();

  private PlatformClient platform() {
    return new PlatformClient(egress, BASE, SandboxDefaults.PLATFORM_TOKEN);
  }

  private CustomerClient customer() {
    return new CustomerClient(egress, BASE, SandboxDefaults.TEST_CUSTOMER_TOKEN);
  }

  @Test
  void domainsAndCertificatesAreInOrder() {
    for (String domain : List.of(SandboxDefaults.PLATFORM_DOMAIN, SandboxDefaults.REGION_DOMAIN)) {
      DomainReport report = new DelegationCheck(egress.names()).check(domain);
      assertTrue(report.good(), report::toString);
      String any = DelegationCheck.wildcardName(domain);
      var certificate = new TlsProbe(egress).inspect("platform", any, 443);
      assertTrue(certificate.good(), certificate::summary);
    }
    DomainReport sender =
        new SenderDomainCheck(egress.names())
            .check(
                SandboxDefaults.MAIL_DOMAIN,
                Optional.of(SandboxDefaults.DKIM_SELECTOR),
                Optional.of(SandboxDefaults.SMTP_HOST));
    assertTrue(sender.good(), sender::toString);
  }

  @Test
  void everyCertificateFaultIsNoticed() {
    String host = SandboxDefaults.PLATFORM_HOST;
    for (CertificateFault fault : CertificateFault.values()) {
      control.certificate(host, fault);
      var report = new TlsProbe(egress).inspect("platform", host, 443);
      assertEquals(fault == CertificateFault.NONE, report.good(), fault + ": " + report.summary());
    }
  }

  @Test
  void theAdministratorSetsUpMailAndAddresses() {
    PlatformClient platform = platform();
    assertEquals(SandboxDefaults.PLATFORM_VERSION, platform.version());
    assertEquals(List.of(SandboxDefaults.REGION_DOMAIN), platform.regions().getFirst().domains());
    Map<String, String> wanted =
        Map.of(
            "smtp.mail.host",
            SandboxDefaults.SMTP_HOST,
            "smtp.mail.port",
            "587",
            "smtp.mail.ssl",
            "STARTTLS",
            "smtp.mail.user",
            SandboxDefaults.SMTP_USER,
            "smtp.mail.password",
            SandboxDefaults.SMTP_PASSWORD,
            "smtp.mail.from",
            "noreply@hoster.example");
    List<ConfigKey> before = platform.configKeys(List.copyOf(wanted.keySet()));
    assertEquals(wanted.size(), before.size());
    wanted.forEach((key, value) -> platform.changeConfigKey(before.getFirst().type(), key, value));
    platform.applyConfig(before.getFirst().type(), Optional.empty());
    assertEquals(Optional.of(true), platform.clusterStatus(true).mailWorks());
    platform.sendTemplate("registration", "me@hoster.example");
    assertEquals(1, control.mails().size());

    platform.addExternalIps("198.51.100.10", "198.51.100.12", List.of("eu1"));
    assertEquals(3, platform.externalIps().stream().filter(ip -> ip.free()).count());
    SystemTrouble overlap =
        assertThrows(
            SystemTrouble.class,
            () -> platform.addExternalIps("198.51.100.12", "198.51.100.14", List.of("eu1")));
    assertEquals(SystemTrouble.Kind.REJECTED, overlap.kind());
    SystemTrouble refused =
        assertThrows(
            SystemTrouble.class,
            () ->
                new PlatformClient(egress, BASE, SandboxDefaults.RESTRICTED_PLATFORM_TOKEN)
                    .addExternalIps("198.51.100.20", "198.51.100.21", List.of("eu1")));
    assertEquals(SystemTrouble.Kind.NOT_PERMITTED, refused.kind());
  }

  @Test
  void theTestCustomerWorksOnceThePeopleDidTheirPart() {
    assertFalse(platform().dockerPullStatus().works());
    assertThrows(
        SystemTrouble.class,
        () -> customer().ensureEnvironment("probe", "nginx:alpine", Optional.empty()));
    control.act(
        "assign-docker-account",
        Map.of("user", SandboxDefaults.DOCKER_USER, "token", SandboxDefaults.DOCKER_TOKEN));
    control.act("install-uploader", Map.of());
    control.act("connect-backup-storage", Map.of("storage", "s3"));
    platform().addExternalIps("198.51.100.10", "198.51.100.10", List.of("eu1"));

    assertTrue(platform().dockerPullStatus().works());
    CustomerClient customer = customer();
    assertEquals(SandboxDefaults.TEST_CUSTOMER_LOGIN, customer.login());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          1, customer.ensureEnvironment("probe", "nginx:alpine", Optional.empty()).nodes().size());
      assertEquals("198.51.100.10", customer.ensureExternalIp("probe"));
    }
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment") - 1);
    assertEquals("probe.zip", customer.ensureUploaded("probe.zip", Bytes.of("PK")));
    customer.writeFile("probe", "/data/marker", "before");
    control.act("back-up-container", Map.of("envName", "probe"));
    customer.writeFile("probe", "/data/marker", "after");
    control.act("restore-container", Map.of("envName", "probe"));
    assertEquals(Optional.of("before"), customer.readFile("probe", "/data/marker"));
    customer.remove("probe");
    assertEquals(Optional.empty(), customer.environment("probe"));
  }

  @Test
  void anEnvironmentWhoseAnswerWasLostIsAdopted() {
    control.act(
        "assign-docker-account",
        Map.of("user", SandboxDefaults.DOCKER_USER, "token", SandboxDefaults.DOCKER_TOKEN));
    control.fault(
        Fault.of("platform", "CreateEnvironment", 1, Fault.Kind.STATUS_5XX).afterTheWork());
    assertEquals(1, customer().ensureEnvironment("lost", "nginx", Optional.empty()).nodes().size());
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
  }

  @Test
  void mailGoesOutOverBothPorts() {
    SmtpLogin login = new SmtpLogin(SandboxDefaults.SMTP_USER, SandboxDefaults.SMTP_PASSWORD);
    for (Encryption encryption : List.of(Encryption.STARTTLS, Encryption.SSMTP)) {
      SmtpServer server =
          new SmtpServer(SandboxDefaults.SMTP_HOST, encryption.usualPort(), encryption);
      SmtpClient client = new SmtpClient(egress);
      assertTrue(client.probe(server, login, Optional.of("me@hoster.example")).tls().isPresent());
      try (SmtpClient.Submission submission = client.open(server, login)) {
        submission.send(
            new SmtpMessage("me@hoster.example", "you@hoster.example", "Hello", "Text", "id-1"));
      }
      SystemTrouble wrong =
          assertThrows(
              SystemTrouble.class,
              () ->
                  client.probe(
                      server, new SmtpLogin(SandboxDefaults.SMTP_USER, "wrong"), Optional.empty()));
      assertEquals(SystemTrouble.Kind.AUTHENTICATION_FAILED, wrong.kind());
    }
    assertEquals(2, control.mails().size());
  }

  @Test
  void aPaidDockerPlanIsToldFromAFreeOne() {
    DockerHub hub = new DockerHub(egress);
    hub.login(SandboxDefaults.DOCKER_USER, SandboxDefaults.DOCKER_TOKEN);
    assertFalse(hub.pullLimit(SandboxDefaults.DOCKER_USER, SandboxDefaults.DOCKER_TOKEN).limited());
    assertTrue(
        hub.pullLimit(SandboxDefaults.FREE_DOCKER_USER, SandboxDefaults.FREE_DOCKER_TOKEN)
            .limited());
    assertThrows(SystemTrouble.class, () -> hub.login(SandboxDefaults.DOCKER_USER, "wrong"));
  }

  @Test
  void monitoringIsFreshAndPassesAlertsOn() {
    Optional<BasicLogin> login =
        Optional.of(
            new BasicLogin(SandboxDefaults.MONITORING_USER, SandboxDefaults.MONITORING_PASSWORD));
    PrometheusClient prometheus =
        new PrometheusClient(
            egress, URI.create("https://" + SandboxDefaults.PROMETHEUS_HOST + "/"), login);
    prometheus.ready();
    assertEquals("2.42.0", prometheus.version());
    assertEquals(3, prometheus.targets().up());
    assertEquals(1, prometheus.alertmanagers().size());
    Duration age = Duration.between(prometheus.newestSample().orElseThrow(), Instant.now());
    assertTrue(age.toSeconds() < 60, age::toString);
    control.patchWorld(Json.parse("{\"prometheus\":{\"sampleAgeSeconds\":600}}"));
    assertEquals(Optional.empty(), prometheus.newestSample());

    AlertmanagerClient alertmanager =
        new AlertmanagerClient(
            egress, URI.create("https://" + SandboxDefaults.ALERTMANAGER_HOST + "/"), login);
    Instant now = Instant.now();
    TestAlert alert = new TestAlert("id-1", "A test", now, now.plusSeconds(300));
    alertmanager.post(alert);
    assertEquals(
        Optional.of(new ListedAlert(List.of("operations"), List.of())),
        alertmanager.listed("id-1"));
    control.patchWorld(Json.parse("{\"alertmanager\":{\"silences\":[\"s-1\"]}}"));
    assertEquals(List.of("silenced by s-1"), alertmanager.listed("id-1").orElseThrow().withheld());
    alertmanager.resolve(alert, now);
    assertEquals(Optional.empty(), alertmanager.listed("id-1"));
  }

  @Test
  void bothStoresKeepAProbe() {
    S3Storage s3 =
        new S3Storage(
            egress,
            InstantSource.system(),
            new S3Bucket(
                URI.create("https://" + SandboxDefaults.S3_HOST),
                SandboxDefaults.S3_REGION,
                SandboxDefaults.S3_BUCKET),
            new S3Login(SandboxDefaults.S3_ACCESS_KEY, SandboxDefaults.S3_SECRET_KEY));
    s3.look();
    assertFalse(s3.probe("test").steps().isEmpty());
    WebDavStorage dav =
        new WebDavStorage(
            egress,
            URI.create("https://" + SandboxDefaults.WEBDAV_HOST + SandboxDefaults.WEBDAV_PATH),
            SandboxDefaults.WEBDAV_USER,
            SandboxDefaults.WEBDAV_PASSWORD);
    dav.look();
    assertTrue(dav.probe("test").freeBytes().isPresent());
    assertEquals(0, control.world().at("/webdav/files").size());
  }

  @Test
  void theExportSpeaksNfs() {
    assertEquals(
        List.of(4, 3),
        new TcpProbe(egress).nfs("uploader", SandboxDefaults.UPLOADER_HOST, 2049).versions());
  }
}
