package dev.slipway.systems.azure;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * An app registration in Microsoft Entra, and the subscription that it may work in.
 *
 * @param tenantId the directory's id
 * @param subscriptionId the subscription's id
 * @param clientId the application's id
 * @param clientSecret its secret
 * @param resourceGroup the group in which Slipway works
 * @param cloud which of Microsoft's clouds
 */
public record AzureAccess(
    String tenantId,
    String subscriptionId,
    String clientId,
    String clientSecret,
    String resourceGroup,
    Cloud cloud) {

  /** Microsoft's clouds (Azure documentation, "National clouds"). */
  enum Cloud {
    PUBLIC("login.microsoftonline.com", "management.azure.com"),
    US_GOVERNMENT("login.microsoftonline.us", "management.usgovcloudapi.net"),
    CHINA("login.partner.microsoftonline.cn", "management.chinacloudapi.cn");

    private final String login;
    private final String management;

    Cloud(String login, String management) {
      this.login = login;
      this.management = management;
    }

    URI login() {
      return URI.create("https://" + login + "/");
    }

    URI management() {
      return URI.create("https://" + management + "/");
    }

    private static Cloud named(String name) {
      return switch (name) {
        case "us-government" -> US_GOVERNMENT;
        case "china" -> CHINA;
        default -> PUBLIC;
      };
    }
  }

  /** The access that the credential {@code azure} says. */
  public static AzureAccess of(JsonNode secret) {
    return new AzureAccess(
        secret.path("tenantId").asText(),
        secret.path("subscriptionId").asText(),
        secret.path("clientId").asText(),
        secret.path("clientSecret").asText(),
        secret.path("resourceGroup").asText(),
        Cloud.named(secret.path("cloud").asText()));
  }

  /** The same access to another subscription. */
  public AzureAccess in(String otherSubscription) {
    return new AzureAccess(
        tenantId, otherSubscription, clientId, clientSecret, resourceGroup, cloud);
  }

  @Override
  public String toString() {
    return "AzureAccess[…]";
  }
}
