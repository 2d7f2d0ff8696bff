package dev.slipway.systems.maps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/**
 * Tests the key of Google Maps (M60); secret {@code {"apiKey"}}. One that only the platform's own
 * servers may use counts: its first use there proves it.
 */
public final class GoogleMapsCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /maps/api/geocode/json";

  private final HttpPort http;

  /** Tests through this way out. */
  public GoogleMapsCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return GoogleMaps.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          GoogleMaps maps = new GoogleMaps(http, given.secret("apiKey"));
          return switch (maps.locate()) {
            case HERE ->
                Grading.valid("Google accepts the key.", PROBE, maps.against(), "status OK");
            case ELSEWHERE ->
                CredentialTestResult.unproved(
                    "Google knows the key, which only servers at other addresses may use. That the"
                        + " hub locates an address proves it.",
                    PROBE,
                    maps.against(),
                    "status REQUEST_DENIED, for this address");
          };
        });
  }
}
