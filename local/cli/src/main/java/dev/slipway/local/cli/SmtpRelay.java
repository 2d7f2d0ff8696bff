package dev.slipway.local.cli;

import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.ses.MailRelay;
import dev.slipway.local.ses.OutgoingMail;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Delivers to the sandbox's mail server, over SMTP with STARTTLS and a login of Slipway's own.
 * Mails that follow each other closely share a connection, as relays do.
 */
public final class SmtpRelay implements MailRelay {
  /** In real time; long enough for a batch of mails, too short for anybody to miss a change. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  private static final SmtpServer SERVER =
      new SmtpServer(SandboxDefaults.SMTP_HOST, 587, Encryption.STARTTLS);
  private static final SmtpLogin LOGIN =
      new SmtpLogin(SandboxDefaults.SLIPWAY_MAIL_USER, SandboxDefaults.SLIPWAY_MAIL_PASSWORD);

  private final SmtpClient client;
  private Optional<SmtpClient.Submission> kept = Optional.empty();

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
  public synchronized void deliver(OutgoingMail mail) {
    try {
      submission()
          .send(
              new SmtpMessage(
                  mail.from(),
                  mail.to(),
                  mail.subject(),
                  mail.text(),
                  mail.html(),
                  mail.messageId()));
    } catch (SystemTrouble e) {
      close();
      throw switch (e.kind()) {
        case REJECTED, NOT_PERMITTED -> new IllegalStateException(e.getMessage(), e);
        default -> new UncheckedIOException(e.getMessage(), new IOException(e));
      };
    }
  }

  private SmtpClient.Submission submission() {
    if (kept.isPresent() && !kept.get().isAlive()) {
      close();
    }
    if (kept.isEmpty()) {
      var opened = client.open(SERVER, LOGIN);
      kept = Optional.of(opened);
      CompletableFuture.delayedExecutor(KEPT.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> end(opened));
    }
    return kept.get();
  }

  private synchronized void end(SmtpClient.Submission opened) {
    if (kept.filter(opened::equals).isPresent()) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    kept.ifPresent(SmtpClient.Submission::close);
    kept = Optional.empty();
  }
}
