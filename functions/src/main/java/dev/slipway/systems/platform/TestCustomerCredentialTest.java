package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.util.function.Function;

/**
 * Tests the token of the platform's test customer by asking whose it is. Reads {@code
 * platform.domain}; secret {@code {"token"}}.
 */
public final class TestCustomerCredentialTest implements CredentialTest {

  private static final String PROBE = "users.account.GetUserInfo";

  private final HttpPort http;
  private final Function<String, URI> address;

  /** Tests against the platform's usual address. */
  public TestCustomerCredentialTest(HttpPort http) {
    this(http, PlatformAddress::ofDomain);
  }

  /** As above, with another way from the domain to the base address. */
  TestCustomerCredentialTest(HttpPort http, Function<String, URI> address) {
    this.http = http;
    this.address = address;
  }

  @Override
  public String system() {
    return "test-customer";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          URI base = address.apply(given.element("platform", "domain"));
          CustomerClient client = new CustomerClient(http, base, given.secret("token"));
          String login = client.login();
          if (login.isBlank()) {
            return Grading.graded(
                Grade.INCONCLUSIVE,
                "The platform answered without saying whose token it is.",
                PROBE,
                client.against(),
                "");
          }
          return Grading.valid(
              "The platform accepts the test customer's token.",
              PROBE,
              client.against(),
              "the token of " + login);
        });
  }
}
