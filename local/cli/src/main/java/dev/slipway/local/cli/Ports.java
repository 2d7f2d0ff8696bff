package dev.slipway.local.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;

/**
 * The ports that the whole of Slipway listens on; 0 is any free one.
 *
 * @param api of the HTTP API
 * @param aws of the endpoint for AWS's own services
 * @param proxy of the proxy in front of the third parties' stand-ins
 * @param dns of the name server that knows the stand-ins, UDP and TCP
 */
record Ports(int api, int aws, int proxy, int dns) {
  /** Any free ports. */
  static Ports anyFree() {
    return new Ports(0, 0, 0, 0);
  }

  /**
   * Looks before anything is started, so that a person who wishes a port learns which one is taken.
   *
   * @throws CommandFailure if a port is taken, or the address is not of this machine
   */
  void requireFree(InetAddress address) {
    requireHere(address);
    require(address, api, "--port");
    require(address, aws, "--aws-port");
    require(address, proxy, "--proxy-port");
    require(address, dns, "--dns-port");
    try (var udp = new DatagramSocket(null)) {
      udp.bind(new InetSocketAddress(address, dns));
    } catch (IOException e) {
      throw taken(address, dns, "--dns-port");
    }
  }

  private static void requireHere(InetAddress address) {
    try {
      if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
        throw new CommandFailure(
            "--bind: this machine has no address " + address.getHostAddress() + " to listen on");
      }
    } catch (SocketException e) {
      throw new CommandFailure("--bind: " + address.getHostAddress() + ": " + e.getMessage());
    }
  }

  private static void require(InetAddress address, int port, String option) {
    if (port == 0) {
      return;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw taken(address, port, option);
    }
  }

  private static CommandFailure taken(InetAddress address, int port, String option) {
    return new CommandFailure(
        "port %d on %s is taken; end what listens there, or choose another one with %s (0: any free one)"
            .formatted(port, address.getHostAddress(), option));
  }
}
