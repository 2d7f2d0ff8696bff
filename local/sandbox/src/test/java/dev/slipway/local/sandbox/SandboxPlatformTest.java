package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform as an administrator and an end user meet it. */
final class SandboxPlatformTest {

  private static final String ADMIN = SandboxDefaults.PLATFORM_TOKEN;
  private static final String RESTRICTED = SandboxDefaults.RESTRICTED_PLATFORM_TOKEN;
  private static final String CUSTOMER = SandboxDefaults.TEST_CUSTOMER_TOKEN;
  private static final Map<String, String> RANGE =
      Map.of("ipfrom", "198.51.100.10", "ipto", "198.51.100.13", "regions", "eu1");

  private static Sandbox sandbox;
  private static SandboxClient client;
  private static SandboxControl control;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.inMemory());
    client = new SandboxClient(sandbox.endpoints());
    control = sandbox.control();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void reset() {
    control.reset();
  }

  private static JsonNode call(String method, String session, Map<String, String> parameters)
      throws Exception {
    return client.platform(method, session, parameters);
  }

  private static int result(String method, String session, Map<String, String> parameters)
      throws Exception {
    return call(method, session, parameters).path("result").asInt();
  }

  @Test
  void regionsAreTheSameForGetAndPost() throws Exception {
    JsonNode posted = call("administration/cluster/rest/getregions", ADMIN, Map.of());
    assertEquals("eu1.paas.hoster.example", posted.path("array").path(0).path("domain").asText());
    String got =
        client
            .get(
                "https://app.paas.hoster.example/1.0/administration/cluster/rest/getregions?session="
                    + ADMIN)
            .body();
    assertEquals(posted, Json.parse(got));
  }

  @Test
  void permissionsAreCheckedMethodByMethodBeforeParameters() throws Exception {
    assertEquals(702, result("administration/cluster/rest/getregions", "wrong", Map.of()));
    assertEquals(0, result("administration/cluster/rest/getregions", RESTRICTED, Map.of()));
    JsonNode denied = call("administration/cluster/rest/addextips", RESTRICTED, Map.of());
    assertEquals(8202, denied.path("result").asInt());
    assertTrue(denied.path("error").asText().contains("administration.cluster.AddExtIps"));
    assertEquals(3, result("administration/cluster/rest/addextips", ADMIN, Map.of()));
    assertEquals(8202, result("administration/cluster/rest/getregions", CUSTOMER, Map.of()));
    assertThrows(IOException.class, () -> call("no/such/rest/method", ADMIN, Map.of()));
    var grant = Json.object().put("token", RESTRICTED);
    grant.putArray("methods").add("administration.cluster.AddExtIps");
    control.act("grant-permission", grant);
    assertEquals(0, result("administration/cluster/rest/addextips", RESTRICTED, RANGE));
  }

  @Test
  void aMailIsSentOnlyWithSettingsThatWereApplied() throws Exception {
    setSmtp("smtp.mail.host", SandboxDefaults.SMTP_HOST);
    setSmtp("smtp.mail.port", "587");
    setSmtp("smtp.mail.ssl", "STARTTLS");
    setSmtp("smtp.mail.user", SandboxDefaults.SMTP_USER);
    setSmtp("smtp.mail.password", SandboxDefaults.SMTP_PASSWORD);
    setSmtp("smtp.mail.from", "noreply@hoster.example");
    assertEquals(
        SandboxDefaults.SMTP_HOST,
        call(
                "administration/config/rest/getconfigkey",
                ADMIN,
                Map.of("type", "SYSTEM", "key", "smtp.mail.host"))
            .path("value")
            .asText());
    Map<String, String> mail = Map.of("template", "registration", "email", "me@hoster.example");
    assertNotEquals(0, result("billing/system/rest/sendemail", ADMIN, mail));

    assertEquals(
        0, result("administration/config/rest/applyconfig", ADMIN, Map.of("type", "SYSTEM")));
    assertEquals(0, result("billing/system/rest/sendemail", ADMIN, mail));
    assertEquals(
        0,
        result("administration/cluster/rest/getclusterstatus", ADMIN, Map.of("checkSMTP", "true")));
    assertEquals(
        0,
        result(
            "message/email/rest/send",
            ADMIN,
            Map.of("to", "me@hoster.example", "subject", "Hello", "body", "a\n.b")));
    assertEquals(2, control.mails().size());
    Mail first = control.mails().getFirst();
    assertEquals("[registration] Message of the platform", first.subject());
    assertEquals("noreply@hoster.example", first.sender());
    assertEquals(SandboxDefaults.SMTP_USER, first.authenticatedAs());
    assertTrue(control.mails().getLast().content().contains("\r\n.b"));

    setSmtp("smtp.mail.password", "wrong");
    assertEquals(
        0, result("administration/config/rest/applyconfig", ADMIN, Map.of("type", "SYSTEM")));
    JsonNode refused = call("billing/system/rest/sendemail", ADMIN, mail);
    assertTrue(refused.path("error").asText().contains("535"), refused.toString());
    assertEquals(2, control.world().path("platform").path("applies").size());
  }

  private static void setSmtp(String key, String value) throws Exception {
    assertEquals(
        0,
        result(
            "administration/config/rest/changeconfigkey",
            ADMIN,
            Map.of("type", "SYSTEM", "key", key, "value", value)));
  }

  @Test
  void aPersonChangesSettingsWhenTheTokenMayNot() throws Exception {
    assertEquals(
        8202,
        result(
            "administration/config/rest/changeconfigkey",
            RESTRICTED,
            Map.of("type", "SYSTEM", "key", "smtp.mail.host", "value", "x")));
    var details = Json.object();
    details.putObject("settings").put("smtp.mail.host", "mx.example");
    control.act("change-settings", details);
    assertEquals(
        "mx.example",
        control.world().at("/platform/config").path("smtp.mail.host").path("applied").asText());
  }

  @Test
  void overlappingAddressesAreRefusedAsAWhole() throws Exception {
    assertEquals(0, result("administration/cluster/rest/addextips", ADMIN, RANGE));
    JsonNode again = call("administration/cluster/rest/addextips", ADMIN, RANGE);
    assertTrue(again.path("error").asText().contains("already exists"));
    assertNotEquals(
        0,
        result(
            "administration/cluster/rest/addextips",
            ADMIN,
            Map.of("ipfrom", "198.51.100.13", "ipto", "198.51.100.20", "regions", "eu1")));
    assertEquals(
        5,
        result(
            "administration/cluster/rest/addextips",
            ADMIN,
            Map.of("ipfrom", "198.51.100.30", "ipto", "198.51.100.31", "regions", "mars")));
    JsonNode info =
        call(
            "administration/cluster/rest/getextippoolinfo",
            ADMIN,
            Map.of("search", "{\"startRow\":1,\"resultCount\":2}"));
    assertEquals(4, info.path("totalCount").asInt());
    assertEquals("198.51.100.11", info.path("array").path(0).path("ip").asText());
    assertEquals("FREE", info.path("array").path(0).path("state").asText());
  }

  @Test
  void aContainerNeedsADockerAccountThatIsAssigned() throws Exception {
    Map<String, String> wanted =
        Map.of(
            "env", "{\"shortdomain\":\"probe-1\"}",
            "nodes", "[{\"nodeType\":\"docker\",\"docker\":{\"image\":\"alpine\"}}]");
    String create = "environment/control/rest/createenvironment";
    String pull = "administration/monitoring/rest/getdockerpullstatus";
    assertTrue(call(create, CUSTOMER, wanted).path("error").asText().contains("toomanyrequests"));
    assertNotEquals(0, result(pull, ADMIN, Map.of()));
    control.act("assign-docker-account", Map.of("user", "hosterpaas", "token", "wrong"));
    assertTrue(call(pull, ADMIN, Map.of()).path("error").asText().contains("unauthorized"));
    control.act(
        "assign-docker-account",
        Map.of("user", SandboxDefaults.DOCKER_USER, "token", SandboxDefaults.DOCKER_TOKEN));
    assertEquals(0, result(pull, ADMIN, Map.of()));

    assertNotEquals(
        0,
        result(
            create,
            CUSTOMER,
            Map.of("env", "{\"shortdomain\":\"half\"}", "nodes", "[{\"extip\":true}]")));
    assertTrue(control.world().at("/platform/environments").isEmpty(), "all or nothing");

    JsonNode created = call(create, CUSTOMER, wanted).path("response");
    assertEquals("probe-1.eu1.paas.hoster.example", created.path("env").path("domain").asText());
    assertNotEquals(0, result(create, CUSTOMER, wanted));
    String node = created.path("nodes").path(0).path("id").asText();

    String attach = "environment/binder/rest/attachextip";
    Map<String, String> target = Map.of("envName", "probe-1", "nodeid", node);
    assertNotEquals(0, result(attach, CUSTOMER, target));
    assertEquals(0, result("administration/cluster/rest/addextips", ADMIN, RANGE));
    assertEquals(0, result(attach, CUSTOMER, target));
    assertEquals(
        "198.51.100.10",
        call("environment/control/rest/getenvinfo", CUSTOMER, Map.of("envName", "probe-1"))
            .path("nodes")
            .path(0)
            .path("extIPs")
            .path(0)
            .asText());
    assertEquals(
        5, result("environment/control/rest/getenvinfo", ADMIN, Map.of("envName", "probe-1")));
    assertEquals(
        0,
        result(
            "environment/control/rest/deleteenv",
            CUSTOMER,
            Map.of("envName", "probe-1", "password", "probe-1")));
    assertEquals("FREE", control.world().at("/platform/extIps/0/state").asText());
    assertEquals(
        1,
        control.performed("platform", "environment.control.CreateEnvironment", wanted.get("env")));
  }

  @Test
  void aRestoredContainerHasItsFilesBack() throws Exception {
    control.act(
        "assign-docker-account",
        Map.of("user", SandboxDefaults.DOCKER_USER, "token", SandboxDefaults.DOCKER_TOKEN));
    call(
        "environment/control/rest/createenvironment",
        CUSTOMER,
        Map.of("env", "{\"shortdomain\":\"probe-2\"}", "nodes", "[{\"image\":\"alpine\"}]"));
    Map<String, String> marker = Map.of("envName", "probe-2", "path", "/data/marker");
    assertEquals(
        0,
        result(
            "environment/file/rest/write",
            CUSTOMER,
            Map.of("envName", "probe-2", "path", "/data/marker", "body", "before")));
    Map<String, String> environment = Map.of("envName", "probe-2");
    assertThrows(
        IllegalArgumentException.class, () -> control.act("back-up-container", environment));
    control.act("connect-backup-storage", Map.of("storage", "s3"));
    control.act("back-up-container", environment);
    assertEquals(0, result("environment/file/rest/delete", CUSTOMER, marker));
    assertEquals(5, result("environment/file/rest/read", CUSTOMER, marker));
    control.act("restore-container", environment);
    assertEquals(
        "before", call("environment/file/rest/read", CUSTOMER, marker).path("body").asText());

    assertThrows(
        IOException.class, () -> call("environment/backup/rest/create", CUSTOMER, environment));
    control.patchWorld("{\"platform\":{\"backup\":{\"api\":true}}}");
    assertEquals(0, result("environment/backup/rest/create", CUSTOMER, environment));
    assertEquals(0, result("environment/backup/rest/restore", CUSTOMER, environment));
    assertEquals(5, result("environment/backup/rest/restore", ADMIN, environment));
  }

  @Test
  void anArchiveIsUploadedOnceTheUploaderIsMounted() throws Exception {
    assertTrue(upload("").path("error").asText().contains("not available"));
    control.act("install-uploader", Map.of());
    JsonNode uploaded = upload("");
    assertEquals(0, uploaded.path("result").asInt());
    assertEquals(4, uploaded.path("size").asInt());
    assertEquals("probe.zip", uploaded.path("name").asText());
    assertEquals(1, control.performed("platform", "storage.uploader.Upload", "probe.zip"));
    assertEquals(99, upload("; charset=UTF-8").path("result").asInt());
  }

  private static JsonNode upload(String behindTheBoundary) throws Exception {
    String body =
        "--xyz\r\nContent-Disposition: form-data; name=\"fid\"\r\n\r\n123456\r\n"
            + "--xyz\r\nContent-Disposition: form-data; name=\"session\"\r\n\r\n"
            + CUSTOMER
            + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"probe.zip\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\nPK\3\4\r\n--xyz--\r\n";
    return Json.parse(
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "https://app.paas.hoster.example/1.0/storage/uploader/rest/upload"))
                    .header("Content-Type", "multipart/form-data; boundary=xyz" + behindTheBoundary)
                    .POST(HttpRequest.BodyPublishers.ofString(body)))
            .body());
  }

  @Test
  void aSessionAndATokenOfItsOwnCanBeMade() throws Exception {
    Map<String, String> login =
        Map.of(
            "login", SandboxDefaults.TEST_CUSTOMER_LOGIN,
            "password", SandboxDefaults.TEST_CUSTOMER_PASSWORD);
    String session = call("users/authentication/rest/signin", "", login).path("session").asText();
    assertEquals(
        101, call("users/account/rest/getuserinfo", session, Map.of()).path("uid").asInt());
    String token =
        call(
                "users/authentication/rest/createtoken",
                session,
                Map.of(
                    "description", "probe",
                    "apiList", "[\"environment.control.GetEnvs\", \"system.admin.Secret\"]",
                    "expiresAt", "2020-01-01 00:00:00"))
            .path("token")
            .asText();
    assertFalse(token.isEmpty());
    assertEquals(702, result("environment/control/rest/getenvs", token, Map.of()));
    String unlimited =
        call(
                "users/authentication/rest/createtoken",
                session,
                Map.of("description", "probe", "apiList", "environment.control.GetEnvs"))
            .path("token")
            .asText();
    assertEquals(0, result("environment/control/rest/getenvs", unlimited, Map.of()));
    assertEquals(8202, result("users/account/rest/getuserinfo", unlimited, Map.of()));
    assertEquals(0, result("users/authentication/rest/signout", session, Map.of()));
    assertEquals(702, result("users/account/rest/getuserinfo", session, Map.of()));
    assertEquals(
        701,
        result(
            "users/authentication/rest/signin",
            "",
            Map.of("login", SandboxDefaults.TEST_CUSTOMER_LOGIN, "password", "wrong")));
  }
}
