package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.World;
import java.util.Map;

/**
 * EC2: {@code DescribeVpnConnections} of the connections in {@code vpn} (by id: {@code state},
 * {@code tunnels}: such as {@code ["UP", "DOWN"]}). As AWS's, the answer also holds the tunnels'
 * secret in {@code customerGatewayConfiguration}.
 */
final class Ec2 extends FormService {

  Ec2(World world) {
    super(world, "ec2");
    on("DescribeVpnConnections", this::connections);
  }

  static void defaults(ObjectNode part) {
    part.putObject("vpn")
        .putObject("vpn-0123456789abcdef0")
        .put("state", "available")
        .putArray("tunnels")
        .add("UP")
        .add("DOWN");
  }

  @Override
  String key(HttpCall call) {
    return call.parameters().getOrDefault("VpnConnectionId.1", "");
  }

  private HttpAnswer connections(ObjectNode part, Map<String, String> form, AwsCaller caller) {
    String id = form.getOrDefault("VpnConnectionId.1", "");
    JsonNode connection = part.path("vpn").path(id);
    if (connection.isMissingNode()) {
      throw refusal(
          400, "InvalidVpnConnectionID.NotFound", "The vpnConnection ID '" + id + "' is unknown");
    }
    StringBuilder tunnels = new StringBuilder();
    connection
        .path("tunnels")
        .forEach(each -> tunnels.append("<item>" + xml("status", each.asText()) + "</item>"));
    return HttpAnswer.xml(
        200,
        "<DescribeVpnConnectionsResponse><vpnConnectionSet><item>"
            + xml("vpnConnectionId", id)
            + xml("state", connection.path("state").asText())
            + xml(
                "customerGatewayConfiguration",
                "<ike><pre_shared_key>vpn-secret-0001</pre_shared_key></ike>")
            + "<routes><item><state>available</state></item></routes>"
            + "<vgwTelemetry>"
            + tunnels
            + "</vgwTelemetry></item></vpnConnectionSet></DescribeVpnConnectionsResponse>");
  }

  /** EC2's errors have an element more around them. */
  @Override
  public HttpAnswer error(int status, String code, String message) {
    return HttpAnswer.xml(
            status,
            "<Response><Errors><Error>"
                + xml("Code", code)
                + xml("Message", message)
                + "</Error></Errors></Response>")
        .noted(code);
  }
}
