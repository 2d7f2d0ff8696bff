package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Work;

/**
 * The connector that an instance of a task is about: that of one application in one environment, on
 * the customer's own Nex!.
 *
 * @param nid the application's id
 * @param host where it runs
 */
record OnPremiseConnector(String nid, String environment, String host) {
  static final String HOSTING = "connector-hosting";

  /** The credential of the connector's environment on the developer platform. */
  static final String KEYS = "connector-environment";

  static OnPremiseConnector of(Work work) {
    String nid = work.at("application");
    String environment = work.at("environment");
    return new OnPremiseConnector(
        nid, environment, work.element(HOSTING).path("hosts").path(nid).path(environment).asText());
  }

  /** The name of its app on Nex!. */
  String app() {
    return nid + "-" + environment;
  }

  /** The field that names the host. */
  String field() {
    return HOSTING + ".hosts." + nid + "." + environment;
  }

  /** The field of a credential of this connector. */
  String credential(String system) {
    return "credential:" + system + "@" + environment + "." + nid;
  }

  /** The developer platform, asked as this connector. */
  DeveloperPlatform platform(Work work, HttpPort http) {
    JsonNode keys = work.secret(KEYS, "envName");
    return new DeveloperPlatform(
        http, environment, keys.path("envKey").asText(), keys.path("envSecret").asText());
  }
}
