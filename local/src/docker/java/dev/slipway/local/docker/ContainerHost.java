package dev.slipway.local.docker;

import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
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
        DockerClientFactory.instance()
            .client()
            .inspectNetworkCmd()
            .withNetworkId("bridge")
            .exec();
    return bridge.getIpam().getConfig().stream()
        .map(Network.Ipam.Config::getGateway)
        .filter(gateway -> gateway != null && !gateway.contains(":"))
        .map(ContainerHost::parse)
        .filter(ContainerHost::isHere)
        .findFirst();
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
