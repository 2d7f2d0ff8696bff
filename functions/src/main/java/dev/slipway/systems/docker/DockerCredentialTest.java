package dev.slipway.systems.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.util.Locale;
import java.util.Set;

/**
 * Tests the Docker account. Reads {@code docker-account} {user, plan}; secret {@code {"user",
 * "token"}}. A plan with a limit on pulls is graded {@code INSUFFICIENT_PERMISSION}, unless the
 * element says that the plan is a free one on purpose.
 */
public final class DockerCredentialTest implements CredentialTest {

  private static final String ELEMENT = "docker-account";
  private static final String PROBE = "registry token by Basic authentication, HEAD of a manifest";
  private static final String AGAINST = "auth.docker.io, registry-1.docker.io";
  private static final Set<String> FREE = Set.of("free", "personal");

  private final DockerHub hub;

  /** Tests through this way out. */
  public DockerCredentialTest(HttpPort http) {
    this.hub = new DockerHub(http);
  }

  @Override
  public String system() {
    return DockerHub.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String user = given.secretIfAny("user").orElseGet(() -> given.element(ELEMENT, "user"));
          PullLimit limit = hub.pullLimit(user, given.secret("token"));
          String plan = given.elementIfAny(ELEMENT, "plan").orElse("paid").toLowerCase(Locale.ROOT);
          if (limit.limited() && !FREE.contains(plan)) {
            return Grading.graded(
                Grade.INSUFFICIENT_PERMISSION,
                "Docker accepts the token, but the account's plan limits pulls"
                    + ": change to a paid plan (docker-account.plan), then store the token again.",
                PROBE,
                AGAINST,
                limit.answer());
          }
          return Grading.valid(
              limit.limited()
                  ? "Docker accepts the token; its plan limits pulls, as stated."
                  : "Docker accepts the token, and the plan does not limit pulls.",
              PROBE,
              AGAINST,
              limit.answer());
        });
  }
}
