package dev.slipway.systems.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Tests an API token of Jira (M54), the vendor's or the customer's. Reads {@code service-desk}
 * {site, project, key}; secret {@code {"email", "apiToken"}}. A site that lacks the project is told
 * as the wrong place.
 */
public final class JiraCredentialTest implements CredentialTest {
  private static final String ELEMENT = "service-desk";
  private static final String PROBE = "GET /rest/api/3/myself, mypermissions";

  private final HttpPort http;
  private final String system;

  private JiraCredentialTest(HttpPort http, String system) {
    this.http = http;
    this.system = system;
  }

  /** Those of both credentials: whose Jira it is decides which of them is asked for. */
  public static List<CredentialTest> all(HttpPort http) {
    return List.of(
        new JiraCredentialTest(http, Jira.SYSTEM), new JiraCredentialTest(http, "customer-jira"));
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system, secret, elements).choosing("email");
    return Grading.of(PROBE, given.redactor(), () -> grade(given));
  }

  private CredentialTestResult grade(CredentialInput given) {
    String site = given.element(ELEMENT, "site");
    Jira jira = new Jira(http, site, given.secret("email"), given.secret("apiToken"));
    Optional<String> project =
        given
            .elementIfAny(ELEMENT, "project")
            .filter("existing"::equals)
            .map(existing -> given.element(ELEMENT, "key"));
    jira.myself();
    boolean may;
    try {
      may = jira.mayAdminister(project);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_FOUND && project.isPresent()) {
        throw trouble.as(
            Kind.WRONG_PLACE,
            "%s has no project %s, or hides it from this account: correct `service-desk`, or give the account access."
                .formatted(site, project.get()));
      }
      throw trouble;
    }
    String what = project.map(key -> "the project " + key).orElse("Jira");
    return may
        ? Grading.valid(
            "Jira accepts the token, and its owner may administer " + what + ".",
            PROBE,
            jira.against(),
            "may administer " + what)
        : Grading.graded(
            Grade.INSUFFICIENT_PERMISSION,
            "Jira accepts the token, but its owner may not administer %s: give the permission, or another person's token."
                .formatted(what),
            PROBE,
            jira.against(),
            "may not administer " + what);
  }
}
