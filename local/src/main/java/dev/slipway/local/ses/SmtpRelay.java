package dev.slipway.local.ses;

import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.EgressSettings;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.systems.smtp.SmtpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;

/** Delivers to the sandbox's mail server, over SMTP with STARTTLS and a login of Slipway's own. */
public final class SmtpRelay implements MailRelay {
  private static final SmtpServer SERVER =
      new SmtpServer(SandboxDefaults.SMTP_HOST, 587, Encryption.STARTTLS);
  private static final SmtpLogin LOGIN =
      new SmtpLogin(SandboxDefaults.SLIPWAY_MAIL_USER, SandboxDefaults.SLIPWAY_MAIL_PASSWORD);

  private final SmtpClient client;

  private SmtpRelay(SmtpClient client) {
    this.client = client;
  }

  /**
   * The relay of a runtime.
   *
   * @param environment of its functions: says where the sandbox is, if there is one
   */
  public static MailRelay of(Map<String, String> environment, InstantSource clock) {
    if (environment.getOrDefault("SLIPWAY_EGRESS_PROXY", "").isEmpty()) {
      return MailRelay.none();
    }
    return new SmtpRelay(
        new SmtpClient(
            new Egress(
                EgressSettings.parse(
                    environment.get("SLIPWAY_EGRESS_PROXY"),
                    environment.get("SLIPWAY_DNS"),
                    environment.get("SLIPWAY_TRUSTED_CERTIFICATES"),
                    environment.get("SLIPWAY_ALLOWED_NETWORKS")),
                clock)));
  }

  @Override
  public void deliver(SmtpMessage message) {
    try {
      client.send(SERVER, LOGIN, message);
    } catch (SystemTrouble e) {
      throw switch (e.kind()) {
        case REJECTED, NOT_PERMITTED -> new IllegalStateException(e.getMessage(), e);
        default -> new UncheckedIOException(e.getMessage(), new IOException(e));
      };
    }
  }
}
