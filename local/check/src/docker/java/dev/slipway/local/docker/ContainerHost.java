package dev.slipway.local.docker;

import com.github.dockerjava.api.model.Network;
import dev.slipway.systems.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * This machine as containers see it: the address that Docker's bridge has here. Only containers and
 * this machine itself reach it.
 */
final class ContainerHost {
  private ContainerHost() {}

  /** The address to listen on. */
  static InetAddress address() {
    return find().orElseThrow(() -> new IllegalStateException("Docker's bridge is not here"));
  }

  /** Why there is none; empty if there is one. */
  static Optional<String> missing() {
    return find().isPresent()
        ? Optional.empty()
        : Optional.of(
            "this machine has no address on Docker's bridge network (the engine runs in a virtual"
                + " machine or elsewhere)");
  }

  private static Optional<InetAddress> find() {
    Network bridge =
        DockerClientFactory.instance().client().inspectNetworkCmd().withNetworkId("bridge").exec();
    // Some engines tell the bridge's subnet only; then its address is that of the bridge's device.
    return Stream.concat(
            bridge.getIpam().getConfig().stream()
                .map(Network.Ipam.Config::getGateway)
                .filter(gateway -> gateway != null && !gateway.contains(":"))
                .map(ContainerHost::parse)
                .filter(ContainerHost::isHere),
            ofDevice(
                Optional.ofNullable(bridge.getOptions())
                    .map(options -> options.get("com.docker.network.bridge.name"))
                    .orElse("docker0"),
                bridge.getIpam().getConfig().stream()
                    .map(Network.Ipam.Config::getSubnet)
                    .filter(subnet -> subnet != null && !subnet.contains(":"))
                    .map(Cidr::parse)
                    .toList()))
        .findFirst();
  }

  private static Stream<InetAddress> ofDevice(String name, List<Cidr> subnets) {
    try {
      NetworkInterface device = NetworkInterface.getByName(name);
      return device == null
          ? Stream.empty()
          : device
              .inetAddresses()
              .filter(Inet4Address.class::isInstance)
              .filter(
                  address ->
                      subnets.isEmpty()
                          || subnets.stream().anyMatch(subnet -> subnet.contains(address)));
    } catch (SocketException e) {
      return Stream.empty();
    }
  }

  private static InetAddress parse(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static boolean isHere(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
