package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.Connector;
import dev.slipway.systems.maestrano.Connector.Organization;
import dev.slipway.systems.maestrano.Connector.Synchronization;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A connector of the source on the vendor's infrastructure, seen as the source's marketplace. */
final class SourceConnector {
  private static final String CREDENTIAL = "connector-admin";

  /** A synchronisation takes minutes. */
  private static final Duration LOOKED_AT = Duration.ofMinutes(2);

  private final Work work;
  private final String application;
  private final JsonNode keys;
  private final Connector connector;

  /**
   * @param credential its name as the task reads it: {@code connector-admin}, or of several {@code
   *     connector-admin@salesforce}
   */
  SourceConnector(Work work, HttpPort http, String application, String credential) {
    this.work = work;
    this.application = application;
    this.keys = work.secret(credential, "host", "marketplace");
    this.connector = new Connector(http, keys.path("host").asText());
  }

  /** The connector of a task that has instances by application. */
  static SourceConnector here(Work work, HttpPort http) {
    return new SourceConnector(work, http, work.at("application"), CREDENTIAL);
  }

  /** All cloud connectors among the applications. */
  static List<SourceConnector> all(Work work, HttpPort http) {
    return work.element("application-facts").properties().stream()
        .filter(each -> each.getValue().path("integration").asText().equals("cloud-connector"))
        .map(
            each ->
                new SourceConnector(work, http, each.getKey(), CREDENTIAL + "@" + each.getKey()))
        .toList();
  }

  String application() {
    return application;
  }

  String against() {
    return connector.against();
  }

  /** The source's marketplace. */
  String marketplace() {
    return keys.path("marketplace").asText();
  }

  /** The field to look at in problems. */
  String field() {
    return "credential:" + CREDENTIAL + "@" + application;
  }

  /** Those of a scope that it knows of the source's marketplace. */
  List<Organization> organizations(Set<String> scope) {
    return asSource().stream()
        .filter(each -> scope.contains(each.uid()) && !isElsewhere(each))
        .toList();
  }

  private List<Organization> asSource() {
    return connector.organizations(text("apiId"), text("apiKey"));
  }

  private boolean isElsewhere(Organization organization) {
    return !organization.tenant().isEmpty() && !organization.tenant().equals(marketplace());
  }

  /** The uids that it knows of the target's marketplace; empty if nobody gave its keys. */
  Optional<Set<String>> atTarget() {
    if (!keys.hasNonNull("targetApiId") || !keys.hasNonNull("targetApiKey")) {
      return Optional.empty();
    }
    return Optional.of(
        connector.organizations(text("targetApiId"), text("targetApiKey")).stream()
            .map(Organization::uid)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private String text(String field) {
    return keys.path(field).asText();
  }

  /**
   * Ends the synchronisation of those of a scope, waits for what is under way, and unlinks their
   * accounts. What stands already as it should is left alone: a toggle would turn it on again.
   *
   * @return how many of them this task disconnected, in whichever attempt
   */
  int disconnect(Set<String> scope) {
    List<Organization> connected = connected(scope);
    requireUnambiguous(connected);
    for (Organization each : connected) {
      work.remember(Note.Kind.PREVIOUS, note(each), Json.tree(each.isSynchronised()));
      if (each.isSynchronised()) {
        connector.toggleSynchronisation(text("apiId"), text("apiKey"), marketplace(), each.uid());
      }
    }
    List<String> running = running(scope);
    if (!running.isEmpty()) {
      work.waitUntil(
          work.now().plus(LOOKED_AT),
          "Synchronisations of %s are still under way: %s."
              .formatted(application, String.join(", ", running)));
    }
    for (Organization each : connected) {
      if (each.isLinked()) {
        connector.unlink(text("apiId"), text("apiKey"), each.uid());
      }
    }
    List<String> left = connected(scope).stream().map(Organization::uid).toList();
    if (!left.isEmpty()) {
      throw unmet(
          "still-connected",
          "The connector took the call, and still shows as connected: "
              + String.join(", ", left)
              + ".",
          "Disconnect them in the connector's console; then retry.");
    }
    return (int)
        organizations(scope).stream()
            .filter(each -> work.remembered(Note.Kind.PREVIOUS, note(each)).isPresent())
            .count();
  }

  private String note(Organization organization) {
    return "connected:" + application + ":" + organization.uid();
  }

  /** Those of a scope that are linked or synchronised. */
  List<Organization> connected(Set<String> scope) {
    return organizations(scope).stream().filter(Organization::isConnected).toList();
  }

  /** Those of a scope of which a synchronisation is under way, with its state. */
  List<String> running(Set<String> scope) {
    List<String> running = new ArrayList<>();
    for (Organization each : organizations(scope)) {
      connector
          .synchronization(text("apiId"), text("apiKey"), marketplace(), each.uid())
          .filter(Synchronization::isUnderWay)
          .ifPresent(last -> running.add(each.uid() + " (" + last.status() + ")"));
    }
    return running;
  }

  /** It unlinks by uid in whichever marketplace it finds it first: it could be another one's. */
  private void requireUnambiguous(List<Organization> connected) {
    Set<String> elsewhere =
        asSource().stream()
            .filter(this::isElsewhere)
            .map(Organization::uid)
            .collect(Collectors.toCollection(TreeSet::new));
    elsewhere.addAll(atTarget().orElse(Set.of()));
    elsewhere.retainAll(connected.stream().map(Organization::uid).toList());
    if (!elsewhere.isEmpty()) {
      throw unmet(
          "uid-ambiguous",
          "The connector of %s knows %s of several marketplaces, and unlinks by uid alone: it could be another one's."
              .formatted(application, String.join(", ", elsewhere)),
          "Disconnect those of " + marketplace() + " in the connector's console; then retry.");
    }
  }

  UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(
        Connector.SYSTEM + "." + code, Connector.SYSTEM, field(), message, nextStep);
  }
}
