package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.util.Map;

/** A platform as V00 to V14 leave it: a test customer can go all the way. */
final class ReadyPlatform {
  private ReadyPlatform() {}

  static void in(RunningSandbox sandbox) {
    SandboxControl control = sandbox.control();
    ObjectNode mail = Json.object();
    mail.putObject("settings")
        .put("smtp.mail.host", SandboxDefaults.SMTP_HOST)
        .put("smtp.mail.port", "587")
        .put("smtp.mail.user", SandboxDefaults.SMTP_USER)
        .put("smtp.mail.password", SandboxDefaults.SMTP_PASSWORD)
        .put("smtp.mail.ssl", "STARTTLS")
        .put("smtp.mail.from", "noreply@" + SandboxDefaults.MAIL_DOMAIN);
    control.act("change-settings", mail);
    sandbox.assignDockerAccount();
    control.act("add-external-ips", Map.of("from", "203.0.113.129", "to", "203.0.113.130"));
    control.act("install-uploader", Map.of());
    control.act("connect-backup-storage", Map.of("storage", "s3"));
    control.act("connect-portal", Map.of());
    // Beside the journey's environment there is another one, which costs something, too.
    control.patchWorld(
        """
        {"platform":{
          "backup":{"api":true},
          "tariffs":[{"type":"dynamic-cloudlets","tiers":[{"price":"0.006"}]}],
          "environments":{"another":{"env":{"uid":101},"nodes":[],"files":{}}}}}""");
  }
}
