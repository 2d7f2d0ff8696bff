package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one account of New Relic is told by agents and monitors. */
public final class MonitoredAccount {
  private static final List<String> LOCATIONS = List.of("US_EAST_1", "EU_WEST_1");

  private final NerdGraph newRelic;
  private final long id;

  MonitoredAccount(NerdGraph newRelic, long id) {
    this.newRelic = newRelic;
    this.id = id;
  }

  /** The ids of the licence keys by which agents report; their values are not asked for. */
  public Set<String> licenceKeys() {
    Map<String, ?> query =
        Map.of("types", List.of("INGEST"), "scope", Map.of("accountIds", List.of(id)));
    return newRelic
        .ask(Operation.KEYS, Map.of("query", query))
        .valueStream()
        .filter(key -> key.path("ingestType").asText().equals("LICENSE"))
        .map(key -> key.path("id").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Creates such a key, and answers its id. */
  public String createLicenceKey(String name) {
    Map<String, ?> key = Map.of("accountId", id, "ingestType", "LICENSE", "name", name);
    return newRelic
        .ask(Operation.CREATE_KEYS, Map.of("keys", Map.of("ingest", List.of(key))))
        .at("/createdKeys/0/id")
        .asText();
  }

  /** Deletes such a key. */
  public void deleteKey(String key) {
    newRelic.ask(Operation.DELETE_KEYS, Map.of("keys", Map.of("ingestKeyIds", List.of(key))));
  }

  /** The applications whose agents report at present: GUIDs by names. */
  public Map<String, String> applications() {
    Map<String, String> reporting = new TreeMap<>();
    entities("domain = 'APM' AND type = 'APPLICATION'")
        .valueStream()
        .filter(entity -> entity.path("reporting").asBoolean())
        .forEach(
            entity -> reporting.put(entity.path("name").asText(), entity.path("guid").asText()));
    return reporting;
  }

  /** The names of the hosts that have sent a sample in the last half hour. */
  public Set<String> hosts() {
    Set<String> hosts = new TreeSet<>();
    nrql("SELECT uniques(hostname) FROM SystemSample SINCE 30 minutes ago")
        .path(0)
        .path("uniques.hostname")
        .forEach(host -> hosts.add(host.asText()));
    return hosts;
  }

  /**
   * The GUID of the monitor with this name. The index of entities lags: one that was made a moment
   * ago may be missing.
   */
  public Optional<String> monitor(String name) {
    return entities("domain = 'SYNTH' AND type = 'MONITOR' AND name = '" + quoted(name) + "'")
        .valueStream()
        .filter(entity -> entity.path("name").asText().equals(name))
        .map(entity -> entity.path("guid").asText())
        .findFirst();
  }

  /**
   * Creates a monitor that calls an address every five minutes from two places, and answers its
   * GUID.
   *
   * @param text that has to be in the answer
   */
  public String createMonitor(String name, String uri, String text) {
    Map<String, ?> monitor =
        Map.of(
            "name",
            name,
            "uri",
            uri,
            "period",
            "EVERY_5_MINUTES",
            "status",
            "ENABLED",
            "locations",
            Map.of("public", LOCATIONS),
            "advancedOptions",
            Map.of("useTlsValidation", true, "responseValidationText", text));
    return newRelic
        .ask(Operation.CREATE_MONITOR, Map.of("accountId", id, "monitor", monitor))
        .at("/monitor/guid")
        .asText();
  }

  /** Deletes a monitor. */
  public void deleteMonitor(String guid) {
    newRelic.ask(Operation.DELETE_MONITOR, Map.of("guid", guid));
  }

  /** The last results of the monitors that ran in the last half hour, by their names. */
  public Map<String, String> checks() {
    Map<String, String> results = new TreeMap<>();
    nrql("SELECT latest(result) FROM SyntheticCheck FACET monitorName SINCE 30 minutes ago LIMIT"
            + " MAX")
        .forEach(
            row ->
                results.put(row.path("monitorName").asText(), row.path("latest.result").asText()));
    return results;
  }

  /** The response time in seconds that satisfies users of an application. */
  public double apdex(String guid) {
    return newRelic
        .ask(Operation.APDEX, Map.of("guid", guid))
        .at("/apmSettings/apmConfig/apdexTarget")
        .asDouble();
  }

  /** Changes that time. */
  public void setApdex(String guid, double seconds) {
    Map<String, ?> settings = Map.of("apmConfig", Map.of("apdexTarget", seconds));
    newRelic.ask(Operation.SET_APDEX, Map.of("guid", guid, "settings", settings));
  }

  /** The id of the latest incident that a condition has opened in the last day. */
  public Optional<String> incident(String policy, String condition) {
    JsonNode found =
        nrql("SELECT latest(incidentId) FROM NrAiIncident WHERE event = 'open' AND policyName ="
                + " '%s' AND conditionName = '%s' SINCE 1 day ago"
                    .formatted(quoted(policy), quoted(condition)))
            .path(0)
            .path("latest.incidentId");
    return Optional.of(found).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private JsonNode entities(String query) {
    return newRelic.ask(Operation.ENTITIES, Map.of("query", query + " AND accountId = " + id));
  }

  private JsonNode nrql(String query) {
    return newRelic.ask(Operation.NRQL, Map.of("accountId", id, "query", query));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
