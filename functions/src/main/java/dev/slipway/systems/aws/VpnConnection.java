package dev.slipway.systems.aws;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site-to-site VPN connection (Amazon EC2 API Reference, DescribeVpnConnections). The answer also
 * holds the tunnels' secrets, of which nothing is kept.
 *
 * @param state such as {@code available}
 * @param tunnels the state of each tunnel: {@code UP} or {@code DOWN}
 */
public record VpnConnection(String state, List<String> tunnels) {

  /** The connection of this id in a region; empty if there is none. */
  public static Optional<VpnConnection> find(AwsSession session, String region, String id) {
    AwsXml answer;
    try {
      answer = session.ec2(region).ask("DescribeVpnConnections", Map.of("VpnConnectionId.1", id));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw trouble;
    }
    return answer.items("vpnConnectionSet").stream()
        .findFirst()
        .map(
            found ->
                new VpnConnection(
                    found.child("state"),
                    found.items("vgwTelemetry").stream()
                        .map(tunnel -> tunnel.child("status"))
                        .toList()));
  }

  /** Whether it is available, and one of its tunnels is up. */
  public boolean isUp() {
    return state.equals("available") && tunnels.contains("UP");
  }
}
