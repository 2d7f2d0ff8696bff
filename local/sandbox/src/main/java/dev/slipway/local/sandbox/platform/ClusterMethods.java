package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.docker.DockerAccounts;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Optional;

/**
 * An administrator's methods on the cluster as a whole: version, regions, status, a Docker pull,
 * and mails. A mail is really submitted to the mail server by the settings in effect; which
 * templates exist is not public, so any name is accepted.
 */
final class ClusterMethods {

  private final World world;
  private final PlatformMail mail;
  private final MailTemplates templates;

  ClusterMethods(World world, PlatformMail mail, MailTemplates templates) {
    this.templates = templates;
    this.world = world;
    this.mail = mail;
  }

  List<PlatformMethod> methods() {
    return List.of(
        PlatformMethod.open("system.service.GetVersion", List.of(), this::version),
        PlatformMethod.of(
            "administration.cluster.GetClusterStatus", List.of("checkSMTP"), this::status),
        PlatformMethod.of("administration.cluster.GetRegions", List.of(), this::regions),
        PlatformMethod.of("environment.control.GetRegions", List.of(), this::regions),
        PlatformMethod.of("administration.cluster.GetRegionDomains", List.of(), this::domains),
        PlatformMethod.of(
            "administration.monitoring.GetDockerPullStatus", List.of(), this::pullStatus),
        PlatformMethod.of(
            "billing.system.SendEmail",
            List.of("template", "email", "language"),
            this::sendTemplate),
        PlatformMethod.of("message.email.Send", List.of("to", "subject"), this::sendMessage));
  }

  private ObjectNode version(PlatformCall call) {
    return world.read(
        Platform.SYSTEM, part -> Json.object().put("version", part.path("version").asText()));
  }

  private ObjectNode regions(PlatformCall call) {
    return world.read(
        Platform.SYSTEM, part -> Json.object().set("array", part.path("regions").deepCopy()));
  }

  private ObjectNode domains(PlatformCall call) {
    Optional<String> region = call.optional("regionId");
    return world.read(
        Platform.SYSTEM,
        part -> {
          ObjectNode answer = Json.object();
          for (JsonNode each : part.path("regions")) {
            if (region.map(id -> each.path("id").asText().equals(id)).orElse(true)) {
              answer
                  .withArrayProperty("array")
                  .addObject()
                  .put("regionId", each.path("id").asInt())
                  .put("domain", each.path("domain").asText())
                  .put("primary", true);
            }
          }
          return answer;
        });
  }

  /** The mail server is tried, unless the world's {@code platform.mailStatus} says how it is. */
  private ObjectNode status(PlatformCall call) {
    ObjectNode answer = Json.object().put("status", "OK");
    if (call.optional("checkSMTP").map(Boolean::parseBoolean).orElse(false)) {
      String said = world.read(Platform.SYSTEM, part -> part.path("mailStatus").asText(""));
      if (said.isEmpty()) {
        mail.check();
      }
      answer.put("smtp", said.isEmpty() ? "OK" : said);
    }
    return answer;
  }

  /**
   * The real one answers from a cache of ten minutes. This one does not, so that a run need not
   * wait for it.
   */
  private ObjectNode pullStatus(PlatformCall call) {
    requireImage(world);
    return Json.object().put("status", "OK");
  }

  private ObjectNode sendTemplate(PlatformCall call) {
    String template = call.required("template");
    MailTemplates.Text text = templates.text(template, call.optional("language").orElse("en"));
    mail.send(call.optional("email").orElse(call.caller().login()), text.subject(), text.body());
    return Json.object();
  }

  private ObjectNode sendMessage(PlatformCall call) {
    mail.send(call.required("to"), call.required("subject"), call.required("body"));
    return Json.object();
  }

  /** Pulls an image with the Docker account that was assigned, or as an anonymous user. */
  static void requireImage(World world) {
    JsonNode account =
        world.read(Platform.SYSTEM, part -> part.path("docker").path("account").deepCopy());
    DockerAccounts.pull(world, account.path("user").asText(""), account.path("token").asText(""))
        .ifPresent(
            trouble -> {
              throw new PlatformException(PlatformException.INTERNAL, trouble);
            });
  }
}
