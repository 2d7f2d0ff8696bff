package dev.slipway.systems.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.util.List;
import java.util.Optional;

/**
 * Tests an app registration of Azure. Reads {@code infrastructure} {provider, uat.region,
 * production.region}; secret {@code {"tenantId", "subscriptionId", "clientId", "clientSecret",
 * "resourceGroup"}}. An application that has no role anywhere sees no subscription at all.
 */
public final class AzureCredentialTest implements CredentialTest {

  private static final String PROBE = "a token, GET /subscriptions, its regions";
  private static final int SHOWN = 4;

  private final HttpPort http;

  /** Tests through this way out. */
  public AzureCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return AzureSession.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String id = given.secret("subscriptionId");
          given.secret("clientSecret");
          AzureSession azure = AzureSession.open(http, AzureAccess.of(secret));
          List<JsonNode> all = azure.subscriptions();
          String seen = all.size() + " subscription(s)";
          if (all.isEmpty()) {
            return Grading.graded(
                Grade.INSUFFICIENT_PERMISSION,
                "The application has no role in any subscription: give it the role Contributor on"
                    + " the subscription, then store the credential again.",
                PROBE,
                azure.against(),
                seen);
          }
          Optional<JsonNode> meant =
              all.stream()
                  .filter(each -> each.path("subscriptionId").asText().equals(id))
                  .findFirst();
          if (meant.isEmpty()) {
            return Grading.graded(
                Grade.WRONG_REGION_OR_ENV,
                "The application sees "
                    + seen
                    + ", and the subscription …"
                    + id.substring(Math.max(0, id.length() - SHOWN))
                    + " is none of them: correct subscriptionId, or give the application the role"
                    + " Contributor on it.",
                PROBE,
                azure.against(),
                seen);
          }
          String state = meant.get().path("state").asText();
          if (!state.equals("Enabled")) {
            return Grading.graded(
                Grade.INSUFFICIENT_PERMISSION,
                "The subscription is "
                    + state
                    + ": have the owner of your billing account enable it, then store the"
                    + " credential again.",
                PROBE,
                azure.against(),
                seen + ", state " + state);
          }
          return elsewhere(elements.path("infrastructure"), azure)
              .map(
                  region ->
                      Grading.graded(
                          Grade.WRONG_REGION_OR_ENV,
                          "The subscription cannot use the region "
                              + region
                              + ": correct it in `infrastructure`.",
                          PROBE,
                          azure.against(),
                          seen))
              .orElseGet(
                  () ->
                      Grading.valid(
                          "Azure accepts the application, and its subscription is enabled.",
                          PROBE,
                          azure.against(),
                          seen + ", state " + state));
        });
  }

  /** The first region of the infrastructure that the subscription may not use. */
  private static Optional<String> elsewhere(JsonNode infrastructure, AzureSession azure) {
    if (!infrastructure.path("provider").asText().equals("azure")) {
      return Optional.empty();
    }
    List<String> known = azure.locations();
    return List.of("uat", "production").stream()
        .map(environment -> infrastructure.path(environment).path("region").asText())
        .filter(region -> !region.isEmpty() && !known.contains(region))
        .findFirst();
  }
}
