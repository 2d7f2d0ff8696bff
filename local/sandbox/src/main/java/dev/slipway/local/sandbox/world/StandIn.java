package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for one third party. It keeps its state in the {@link World} under its own name, and
 * says where on the sandbox's network it is reached; DNS answers and proxy routes follow from that.
 */
public sealed interface StandIn permits HttpStandIn, TcpStandIn {

  /** The third party's name in the world, in calls and in faults. */
  String system();

  /** The sites at which it is reached. */
  List<Site> sites();

  /** Its part of a new world. */
  ObjectNode defaults();

  /** The acts that people can do on it, by name. */
  default Map<String, Act> acts() {
    return Map.of();
  }
}
