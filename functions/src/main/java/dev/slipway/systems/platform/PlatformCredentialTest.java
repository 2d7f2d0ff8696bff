package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * Tests the administrator's token: the version first, which tells whether this is the platform at
 * all, then the regions, which need an administrator. Reads {@code platform.domain}; secret {@code
 * {"token"}}.
 */
public final class PlatformCredentialTest implements CredentialTest {

  private static final String PROBE =
      "system.service.GetVersion, administration.cluster.GetRegions";

  private final HttpPort http;
  private final Function<String, URI> address;

  /** Tests against the platform's usual address. */
  public PlatformCredentialTest(HttpPort http) {
    this(http, PlatformAddress::ofDomain);
  }

  /** As above, with another way from the domain to the base address. */
  PlatformCredentialTest(HttpPort http, Function<String, URI> address) {
    this.http = http;
    this.address = address;
  }

  @Override
  public String system() {
    return "platform";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          URI base = address.apply(given.element("platform", "domain"));
          PlatformClient client = new PlatformClient(http, base, given.secret("token"));
          String version = client.version();
          List<Region> regions = client.regions();
          return Grading.valid(
              "The platform accepts the token.",
              PROBE,
              client.against(),
              "version " + version + ", " + regions.size() + " region(s)");
        });
  }
}
