package dev.slipway.enterprise.thirdpartyapplications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.stream.Collectors;

/**
 * The mail by which a provider is asked to migrate its application, and reminded of it. What it
 * asks for is on the vendor's page about migrating applications (maestrano.atlassian.net, page
 * 91848709).
 *
 * @param application its name
 * @param name of the provider
 * @param address of the provider
 * @param contacts of the vendor, whom the provider may ask: {@code name}, {@code email} each
 */
record MigrationMail(String application, String name, String address, JsonNode contacts) {
  /** Names the receiver without telling who it is. */
  String key() {
    return Json.hash(Json.tree(address)).substring(0, 16);
  }

  String subject() {
    return "Please migrate " + application + " to Maestrano's developer platform";
  }

  /** The text of the first mail. */
  String request() {
    return """
        Hello %s,

        a customer of Maestrano wants to offer %s on a marketplace of its own. For that it has to
        be on Maestrano's developer platform, in the form that serves several marketplaces.

        Please:

        1. Wait for an invitation to the developer platform. Do not create the application there
           yourself: it will be handed over to you.
        2. Update the SDK in your application, so that it reads its marketplaces from the developer
           platform.
        3. Leave the environment for production as it is: do not change or remove it, and keep it
           the default one.
        4. Validate the other environments first, and the one for production last.

        %s
        """
        .formatted(name, application, questions());
  }

  /** The text of a reminder. */
  String reminder() {
    return """
        Hello %s,

        we asked you to migrate %s to Maestrano's developer platform, and it is not migrated yet.
        This is what we wrote:

        %s"""
        .formatted(
            name,
            application,
            request().lines().map(line -> "> " + line).collect(Collectors.joining("\n")) + "\n");
  }

  private String questions() {
    String whom =
        contacts
            .valueStream()
            .map(each -> each.path("name").asText() + ", " + each.path("email").asText())
            .findFirst()
            .orElse("Maestrano's support, support@maestrano.com");
    return "If you have a question, ask " + whom + ".";
  }
}
