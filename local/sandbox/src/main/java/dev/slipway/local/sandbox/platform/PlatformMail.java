package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.mail.MailSettings;
import dev.slipway.local.sandbox.mail.MailSubmission;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;

/** The platform's outgoing mail: by the settings in effect, not by those merely saved. */
final class PlatformMail {

  private final World world;
  private final MailSubmission submission;

  PlatformMail(World world, MailSubmission submission) {
    this.world = world;
    this.submission = submission;
  }

  /** Sends one mail, or reports why that failed as the platform does. */
  void send(String to, String subject, String body) {
    try {
      submission.send(settings(), to, subject, body);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Logs in without sending anything. */
  void check() {
    try {
      submission.check(settings());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static PlatformException failure(IOException e) {
    return new PlatformException(
        PlatformException.INTERNAL, "javax.mail.MessagingException: " + e.getMessage());
  }

  private MailSettings settings() {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode config = part.path("config");
          return new MailSettings(
              applied(config, "host"),
              port(applied(config, "port")),
              applied(config, "user"),
              applied(config, "password"),
              applied(config, "ssl"),
              applied(config, "from"));
        });
  }

  private static String applied(JsonNode config, String name) {
    return config.path("smtp.mail." + name).path("applied").asText();
  }

  private static int port(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }
}
