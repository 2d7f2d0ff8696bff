package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/** The networks of a VPN are private ones that do not overlap; its gateway is public (M02). */
public final class NetworksApart implements ElementCheck {
  /** RFC 1918 and RFC 6598. */
  private static final List<Cidr> PRIVATE =
      Cidr.parseList("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10");

  private record Named(String field, Cidr network) {
    boolean overlaps(Named other) {
      return network.contains(other.network.network()) || other.network.contains(network.network());
    }
  }

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<ElementFinding> findings = new ArrayList<>();
    List<Named> networks = new ArrayList<>();
    for (String field : List.of("remoteCidrs", "vendorCidrs")) {
      JsonNode list = subject.value().path(field);
      for (int i = 0; i < list.size(); i++) {
        read("/" + field + "/" + i, list.get(i).asText(), networks, findings);
      }
    }
    for (int i = 0; i < networks.size(); i++) {
      for (Named earlier : networks.subList(0, i)) {
        if (networks.get(i).overlaps(earlier)) {
          findings.add(
              error(
                  "networks-overlap",
                  networks.get(i).field(),
                  "%s overlaps %s.".formatted(networks.get(i).network(), earlier.network()),
                  "Give networks that have no address in common; otherwise no route leads to one"
                      + " of them."));
        }
      }
    }
    String gateway = subject.value().path("gateway").asText();
    if (gateway.matches("[0-9.]+") && !isPublic(gateway)) {
      findings.add(
          error(
              "gateway-private",
              "/gateway",
              "The gateway cannot be reached from the internet at this address.",
              "Give its public address, or its host name."));
    }
    return findings;
  }

  private static void read(
      String field, String text, List<Named> networks, List<ElementFinding> findings) {
    try {
      Cidr network = Cidr.parse(text);
      networks.add(new Named(field, network));
      boolean isPrivate =
          PRIVATE.stream()
              .anyMatch(each -> each.bits() <= network.bits() && each.contains(network.network()));
      if (!isPrivate) {
        findings.add(
            error(
                "network-public",
                field,
                network + " is no private network.",
                "Give the private network behind the gateway, such as 10.20.0.0/16."));
      }
    } catch (IllegalArgumentException e) {
      findings.add(
          error(
              "network-unreadable",
              field,
              text + " is no network.",
              "Give it in CIDR notation, such as 10.20.0.0/16."));
    }
  }

  private static boolean isPublic(String address) {
    try {
      Cidr gateway = Cidr.parse(address);
      return !gateway.network().isLoopbackAddress()
          && !gateway.network().isAnyLocalAddress()
          && PRIVATE.stream().noneMatch(each -> each.contains(gateway.network()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("vpn." + code, field, message, nextStep);
  }
}
