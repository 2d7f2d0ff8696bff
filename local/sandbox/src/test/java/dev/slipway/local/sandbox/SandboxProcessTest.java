package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox that is killed knows afterwards what it knew before. */
final class SandboxProcessTest {

  private static final String ADD = "administration/cluster/rest/addextips";
  private static final Map<String, String> RANGE =
      Map.of("ipfrom", "198.51.100.1", "ipto", "198.51.100.2", "regions", "eu1");

  @Test
  void aKilledSandboxRemembersWorldCallsMailsAndItsAuthority(@TempDir Path folder)
      throws Exception {
    Path data = folder.resolve("not/there/yet");
    String authority;
    try (SandboxProcess first = SandboxProcess.start(data)) {
      authority = first.endpoints().certificateAuthority();
      SandboxClient client = new SandboxClient(first.endpoints());
      assertEquals(
          0, client.platform(ADD, SandboxDefaults.PLATFORM_TOKEN, RANGE).path("result").asInt());
      var settings = Json.object();
      settings
          .putObject("settings")
          .put("smtp.mail.host", SandboxDefaults.SMTP_HOST)
          .put("smtp.mail.port", "465")
          .put("smtp.mail.ssl", "SSMTP")
          .put("smtp.mail.user", SandboxDefaults.SMTP_USER)
          .put("smtp.mail.password", SandboxDefaults.SMTP_PASSWORD)
          .put("smtp.mail.from", "noreply@hoster.example");
      first.control().act("change-settings", settings);
      client.platform(
          "billing/system/rest/sendemail",
          SandboxDefaults.PLATFORM_TOKEN,
          Map.of("template", "registration", "email", "me@hoster.example"));
    }
    try (SandboxProcess second = SandboxProcess.start(data)) {
      assertEquals(authority, second.endpoints().certificateAuthority());
      SandboxClient client = new SandboxClient(second.endpoints());
      assertTrue(
          client
              .platform(ADD, SandboxDefaults.PLATFORM_TOKEN, RANGE)
              .path("error")
              .asText()
              .contains("already exists"));
      String key = "198.51.100.1 198.51.100.2";
      assertEquals(
          1, second.control().performed("platform", "administration.cluster.AddExtIps", key));
      assertEquals(2, second.control().count("platform", "administration.cluster.AddExtIps"));
      assertEquals(1, second.control().mails().size());
      second.control().reset();
      assertTrue(second.control().calls().isEmpty());
      assertTrue(second.control().world().at("/platform/extIps").isEmpty());
    }
  }
}
