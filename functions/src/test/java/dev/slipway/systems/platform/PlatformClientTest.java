package dev.slipway.systems.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformClientTest {

  private static final String TOKEN = "MARKER-platform-token";

  @Test
  void theSessionTravelsInTheBodyOnly() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_VERSION, "{\"result\":0,\"version\":\"8.4.1\"}")) {
      assertEquals("8.4.1", client(platform).version());
      Request request = platform.requests().getFirst();
      assertEquals("POST", request.method());
      assertEquals("/1.0/system/service/rest/getversion", request.uri().toString());
      assertEquals(TOKEN, request.form().get("session"));
      assertEquals("cluster", request.form().get("appid"));
    }
  }

  @Test
  void regionsAreReadFromDifferentForms() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_REGIONS,
                """
                {"result":0,"array":[
                  {"id":1,"uniqueName":"eu1","domain":"eu1.paas.example"},
                  {"id":2,"name":"us1","regionDomains":[{"domain":"us1.paas.example"}]}]}""")) {
      assertEquals(
          List.of(
              new Region("1", "eu1", List.of("eu1.paas.example")),
              new Region("2", "us1", List.of("us1.paas.example"))),
          client(platform).regions());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"result\":0,\"smtp\":true} | true",
        "{\"result\":0,\"status\":{\"smtpStatus\":\"DOWN\"}} | false",
        "{\"result\":0,\"response\":{\"result\":0,\"checkSMTP\":{\"result\":0}}} | true",
        "{\"result\":0,\"hosts\":[{\"smtp\":{\"result\":8,\"error\":\"x\"}}]} | false",
        "{\"result\":0,\"load\":3} | ",
      })
  void thePlatformsMailCheckIsFoundWhereverItStands(String json, Boolean works) {
    try (ScriptedPlatform platform =
        new ScriptedPlatform().on(PlatformMethod.GET_CLUSTER_STATUS, json)) {
      assertEquals(Optional.ofNullable(works), client(platform).clusterStatus(true).mailWorks());
      assertEquals("true", platform.requests().getFirst().form().get("checkSMTP"));
    }
  }

  @Test
  void aFailedMailCheckIsAnAnswer() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_CLUSTER_STATUS,
                "{\"result\":99,\"error\":\"javax.mail.MessagingException: no connection\"}")) {
      assertEquals(Optional.of(false), client(platform).clusterStatus(true).mailWorks());
      assertThrows(SystemTrouble.class, () -> client(platform).clusterStatus(false));
    }
  }

  @Test
  void settingsAreReadChangedAndApplied() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_CONFIG_KEYS,
                """
                {"result":0,"keys":[
                  {"type":"mail","key":"smtp.mail.host","value":"old.example"},
                  {"type":"mail","key":"smtp.mail.user","value":null},
                  {"type":"x","key":"unasked","value":"1"}]}""")
            .on(PlatformMethod.CHANGE_CONFIG_KEY, "{\"result\":0}")
            .on(PlatformMethod.APPLY_CONFIG, "{\"result\":0}")) {
      PlatformClient client = client(platform);
      assertEquals(
          List.of(
              new ConfigKey("mail", "smtp.mail.host", Optional.of("old.example")),
              new ConfigKey("mail", "smtp.mail.user", Optional.empty())),
          client.configKeys(List.of("smtp.mail.host", "smtp.mail.user")));
      client.changeConfigKey("mail", "smtp.mail.host", "new.example");
      client.applyConfig("mail", Optional.empty());
      assertEquals("new.example", platform.requests().get(1).form().get("value"));
      assertFalse(platform.requests().get(2).form().containsKey("password"));
    }
  }

  @Test
  void aSettingsValueIsNotRepeatedInATrouble() {
    String password = "MARKER-mail-password";
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.CHANGE_CONFIG_KEY,
                "{\"result\":99,\"error\":\"bad value " + password + " for " + TOKEN + "\"}")) {
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> client(platform).changeConfigKey("mail", "smtp.mail.password", password));
      String all = trouble + trouble.answered();
      assertFalse(all.contains(password), all);
      assertFalse(all.contains(TOKEN), all);
    }
  }

  @Test
  void externalAddressesAreAddedAndListed() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.ADD_EXT_IPS, "{\"result\":0}")
            .on(
                PlatformMethod.GET_EXT_IP_POOL_INFO,
                """
                {"result":0,"array":[
                  {"ip":"198.51.100.1","region":"eu1","status":"free"},
                  {"address":"198.51.100.2","regionName":"eu1","status":"busy"}]}""")) {
      client(platform).addExternalIps("198.51.100.1", "198.51.100.2", List.of("eu1", "us1"));
      assertEquals("eu1,us1", platform.requests().getFirst().form().get("regions"));
      assertEquals(
          List.of(
              new ExternalIp("198.51.100.1", "eu1", true),
              new ExternalIp("198.51.100.2", "eu1", false)),
          client(platform).externalIps());
    }
  }

  @Test
  void aPullThatFailedIsAnAnswer() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_DOCKER_PULL_STATUS,
                "{\"result\":11,\"error\":\"toomanyrequests\"}")) {
      DockerPullStatus status = client(platform).dockerPullStatus();
      assertFalse(status.works());
      assertTrue(status.answer().contains("toomanyrequests"));
      platform.on(PlatformMethod.GET_DOCKER_PULL_STATUS, "{\"result\":0,\"status\":\"OK\"}");
      assertTrue(client(platform).dockerPullStatus().works());
      platform.on(PlatformMethod.GET_DOCKER_PULL_STATUS, "{\"result\":0,\"status\":\"FAILED\"}");
      assertFalse(client(platform).dockerPullStatus().works());
    }
  }

  @Test
  void mailsAreSent() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.SEND_EMAIL, "{\"result\":0}")
            .on(PlatformMethod.SEND_TEMPLATE_EMAIL, "{\"result\":0}")) {
      client(platform).sendMail("a@b.example", "Subject", "Körper");
      client(platform).sendTemplate("account.created", "a@b.example");
      assertEquals("Körper", platform.requests().get(0).form().get("body"));
      assertEquals("account.created", platform.requests().get(1).form().get("template"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"result\":8202,\"error\":\"permission denied\"} | NOT_PERMITTED | administration.cluster.GetRegions",
        "{\"result\":8202,\"error\":\"needs administration.cluster.Other\"} | NOT_PERMITTED | administration.cluster.Other",
        "{\"result\":702,\"error\":\"x\"} | AUTHENTICATION_FAILED | 702",
        "{\"result\":1,\"error\":\"invalid session\"} | AUTHENTICATION_FAILED | invalid session",
        "{\"result\":5,\"error\":\"no\"} | NOT_FOUND | did not find",
        "{\"result\":99,\"error\":\"boom\"} | REJECTED | boom",
        "{\"result\":0,\"response\":{\"result\":8202}} | NOT_PERMITTED | GetRegions",
        "{\"version\":1} | NOT_UNDERSTOOD | without a result number",
        "<html>login</html> | NOT_UNDERSTOOD | HTML",
      })
  void errorsInsideA200AreToldApart(String body, Kind kind, String says) {
    try (ScriptedPlatform platform = new ScriptedPlatform().on(PlatformMethod.GET_REGIONS, body)) {
      SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> client(platform).regions());
      assertEquals(kind, trouble.kind());
      assertTrue(trouble.getMessage().contains(says), trouble.getMessage());
      assertEquals("administration.cluster.GetRegions", trouble.asked());
    }
  }

  @Test
  void theApiAddressComesFromAPlainDomainOnly() {
    assertEquals(
        URI.create("https://app.paas.example.com/1.0/"),
        PlatformAddress.ofDomain(" PaaS.example.com "));
    for (String domain : new String[] {"", "a", "x/y.example", "a@b.example", "a.example:1", "-"}) {
      assertThrows(SystemTrouble.class, () -> PlatformAddress.ofDomain(domain));
    }
  }

  private static PlatformClient client(ScriptedPlatform platform) {
    return new PlatformClient(Loopback.egress(), platform.base(), TOKEN);
  }
}
