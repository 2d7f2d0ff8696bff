package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.aws.AwsAccess;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.aws.AwsSession;
import dev.slipway.systems.aws.Organizations;
import dev.slipway.systems.aws.Route53Dns;
import dev.slipway.systems.azure.AzureAccess;
import dev.slipway.systems.azure.AzureDns;
import dev.slipway.systems.azure.AzureSession;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;

/** The ways into what a customer runs its DNS and its load balancers on. */
final class CustomerAccess {
  private final HttpPort http;
  private final AwsLogin aws;
  private final String task;

  /**
   * @param task names the sessions
   */
  CustomerAccess(HttpPort http, AwsLogin aws, String task) {
    this.http = http;
    this.aws = aws;
    this.task = task;
  }

  /** The DNS by its API; empty where the customer enters records by hand. */
  Optional<HostedDns> dns(Work work) {
    return switch (work.element("infrastructure").path("dns").path("managedBy").asText()) {
      case "route53" -> Optional.of(new Route53Dns(entrance(work)));
      case "azure-dns" ->
          Optional.of(new AzureDns(AzureSession.open(http, AzureAccess.of(work.secret("azure")))));
      default -> Optional.empty();
    };
  }

  /** The AWS account that the credential leads into. */
  private AwsSession entrance(Work work) {
    return aws.enter(
        AwsAccess.of(work.secret("aws"), work.at("environment")), work.onboarding(), task);
  }

  /** The AWS account of the environment, in which its load balancers are. */
  AwsSession account(Work work) {
    AwsSession entrance = entrance(work);
    JsonNode infrastructure = work.element("infrastructure");
    if (!infrastructure.path("account").asText().equals("new")) {
      return entrance;
    }
    String environment = work.at("environment");
    String email = infrastructure.path(environment).path("ownerEmail").asText();
    String id =
        new Organizations(entrance)
            .account(email)
            .orElseThrow(
                () ->
                    new UnmetRequirement(
                        "aws.account-missing",
                        "aws",
                        "infrastructure." + environment + ".ownerEmail",
                        "The organization has no account with the owner's address.",
                        "Retry `infrastructure.provision-account` of the environment first."))
            .id();
    return entrance.assume(
        AccountCreation.role(infrastructure, id), AwsLogin.sessionName(work.onboarding(), task));
  }
}
