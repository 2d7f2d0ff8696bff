package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Party;
import dev.slipway.systems.aws.AwsAccess;
import dev.slipway.systems.aws.AwsSession;
import dev.slipway.systems.aws.VpnConnection;
import java.util.List;
import java.util.Optional;

/**
 * M02: the VPN works. AWS is asked about a connection of its own; of any other access the vendor's
 * engineer, from whose network alone it can be tried, says that the host behind it answers.
 */
public final class VpnIsUp implements ElementLook {
  private final FunctionContext context;

  public VpnIsUp(FunctionContext context) {
    this.context = context;
  }

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    String id = subject.value().path("connectionId").asText();
    return id.isEmpty() || !subject.credentials().containsKey("aws")
        ? stated(subject.value(), place)
        : described(id, subject.elements().path("infrastructure"), place);
  }

  private LookResult described(String id, JsonNode infrastructure, LookContext place) {
    Optional<VpnConnection> found = Optional.empty();
    for (String environment : Environments.ALL) {
      if (found.isEmpty()) {
        AwsAccess access = AwsAccess.of(place.secret("aws"), environment);
        AwsSession session = context.awsLogin().enter(access, place.onboarding(), "vpn");
        String region = infrastructure.path(environment).path("region").asText();
        found = VpnConnection.find(session, region, id);
      }
    }
    String answer =
        found
            .map(each -> each.state() + ", tunnels " + String.join(", ", each.tunnels()))
            .orElse("there is no such connection in the regions of UAT and Production");
    List<ElementFinding> findings =
        found.filter(VpnConnection::isUp).isPresent()
            ? List.of()
            : List.of(
                ElementFinding.error(
                    found.isEmpty() ? "vpn.unknown" : "vpn.down",
                    "/connectionId",
                    "AWS says of " + id + ": " + answer + ".",
                    found.isEmpty()
                        ? "Correct the connection's id, or the regions in `infrastructure`."
                        : "Bring one of the tunnels up, on your side of the gateway."));
    return new LookResult.Seen("ec2:DescribeVpnConnections", answer, findings);
  }

  private static LookResult stated(JsonNode vpn, LookContext place) {
    String target = vpn.path("checkHost").asText() + ":" + vpn.path("checkPort").asInt();
    return place
        .said()
        .<LookResult>map(answer -> new LookResult.Seen(target, "attested: reached through the VPN"))
        .orElseGet(
            () ->
                new LookResult.Awaited(
                    Party.VENDOR,
                    "Connect to the VPN from the vendor's network and open a TCP connection to "
                        + target
                        + "; then state that it answered.",
                    "Your statement is recorded as evidence."));
  }
}
