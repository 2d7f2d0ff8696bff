package dev.slipway.enterprise.infrastructure;

import java.util.Set;
import software.amazon.awssdk.regions.Region;

/** The regions of the providers; on premise any name is one. */
final class CloudRegions {
  /** Of the public cloud: learn.microsoft.com/azure/reliability/regions-list. */
  private static final Set<String> AZURE =
      Set.of(
          "australiacentral",
          "australiacentral2",
          "australiaeast",
          "australiasoutheast",
          "austriaeast",
          "belgiumcentral",
          "brazilsouth",
          "brazilsoutheast",
          "canadacentral",
          "canadaeast",
          "centralindia",
          "centralus",
          "chilecentral",
          "denmarkeast",
          "eastasia",
          "eastus",
          "eastus2",
          "francecentral",
          "francesouth",
          "germanynorth",
          "germanywestcentral",
          "indonesiacentral",
          "israelcentral",
          "italynorth",
          "japaneast",
          "japanwest",
          "koreacentral",
          "koreasouth",
          "malaysiawest",
          "mexicocentral",
          "newzealandnorth",
          "northcentralus",
          "northeurope",
          "norwayeast",
          "norwaywest",
          "polandcentral",
          "qatarcentral",
          "southafricanorth",
          "southafricawest",
          "southcentralus",
          "southeastasia",
          "southindia",
          "spaincentral",
          "swedencentral",
          "swedensouth",
          "switzerlandnorth",
          "switzerlandwest",
          "uaecentral",
          "uaenorth",
          "uksouth",
          "ukwest",
          "westcentralus",
          "westeurope",
          "westindia",
          "westus",
          "westus2",
          "westus3");

  boolean has(String provider, String region) {
    return switch (provider) {
      case "aws" ->
          Region.regions().stream()
              .anyMatch(each -> !each.isGlobalRegion() && each.id().equals(region));
      case "azure" -> AZURE.contains(region);
      default -> true;
    };
  }

  String example(String provider) {
    return provider.equals("azure") ? "westeurope" : "eu-central-1";
  }
}
