package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.newrelic.Alerts;
import dev.slipway.systems.newrelic.MonitoredAccount;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.systems.newrelic.Users;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The account of New Relic that watches an environment. One that exists is named by its number; a
 * new one has a name that only this onboarding gives, by which it is found again: a sub-account is
 * made by the machine where it may, a new organization by a person who signs up.
 */
final class EnvironmentAccount {
  static final String ELEMENT = "monitoring";

  /** What agents report as by default (maestrano/mno-deploy), by component; Nex! has no agent. */
  private static final Map<String, List<String>> APPLICATIONS = new LinkedHashMap<>();

  static {
    APPLICATIONS.put("mnohub", List.of("MnoHub"));
    APPLICATIONS.put("connec", List.of("Connec! API", "Connec! Jobs"));
    APPLICATIONS.put("impac", List.of("Impac!"));
  }

  private final Work work;
  private final NerdGraph newRelic;
  private final VendorAccount vendor;
  private final JsonNode element;
  private final String environment;
  private String id;

  EnvironmentAccount(Work work, HttpPort http) {
    this.work = work;
    this.vendor = new VendorAccount(work, NerdGraph.SYSTEM, ELEMENT);
    this.element = work.element(ELEMENT);
    this.environment = work.at("environment");
    this.newRelic =
        new NerdGraph(
            http,
            NerdGraph.BASES.get(region()),
            work.secret(NerdGraph.SYSTEM).path("apiKey").asText());
  }

  /** Whether New Relic is what watches the platform. */
  static boolean isChosen(Work work) {
    return work.element(ELEMENT).path("system").asText().equals(NerdGraph.SYSTEM);
  }

  /** Takes the step {@code account}. */
  void take() {
    switch (element.path("account").asText()) {
      case "existing" -> work.step("account").field(ELEMENT + ".accountId").machine(this::seen);
      case "new" ->
          work.step("account")
              .about(ELEMENT)
              .askedOf(creator())
              .field(ELEMENT)
              .material(material())
              .person(this::seen);
      default ->
          work.step("account")
              .about(ELEMENT)
              .askedOf(creator())
              .field(ELEMENT)
              .material(material())
              .machine(this::ensure)
              .orPerson(this::seen);
    }
  }

  /** Whether the customer becomes New Relic's, with terms and a means of payment. */
  boolean isNewOrganization() {
    return element.path("account").asText().equals("new");
  }

  /** Who makes what no machine may. */
  Party creator() {
    return element.path("createdBy").asText().equals("customer") ? Party.CUSTOMER : Party.VENDOR;
  }

  private String material() {
    return "Name of the account: " + name() + "\nRegion: " + region();
  }

  private Finding ensure() {
    // Which a person has made, too, where the machine was not permitted to.
    if (work.answer("account").isEmpty()) {
      vendor.ensure("account", this::found, () -> newRelic.createAccount(name(), region()));
    }
    return seen();
  }

  /** It is listed. */
  Finding seen() {
    id = lookedUp();
    return new Finding(
        "NerdGraph: accounts",
        newRelic.against(),
        "account %s%s"
            .formatted(id, vendor.made("account").isPresent() ? ", made by this task" : ""));
  }

  /** Its number, looked up once in an attempt. */
  String id() {
    if (id == null) {
      id = lookedUp();
    }
    return id;
  }

  private String lookedUp() {
    return found()
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "new-relic.account-missing",
                    NerdGraph.SYSTEM,
                    ELEMENT,
                    "The key's user sees no account "
                        + given().orElse("with the name " + name())
                        + ".",
                    "Give the user access to it, or correct what is wrong; then retry."));
  }

  private Optional<String> found() {
    Map<String, String> seen = newRelic.access().accounts();
    if (given().isPresent()) {
      return given().filter(seen::containsKey);
    }
    Optional<String> named =
        seen.entrySet().stream()
            .filter(account -> account.getValue().equals(name()))
            .map(Map.Entry::getKey)
            .findFirst();
    return isNewOrganization() ? named : named.or(() -> newRelic.managedAccount(name()));
  }

  private Optional<String> given() {
    return Optional.of(element.path("accountId").path(environment))
        .filter(id -> element.path("account").asText().equals("existing"))
        .map(JsonNode::asText);
  }

  /** No two onboardings give the same. */
  private String name() {
    return work.onboarding() + "-" + environment;
  }

  private String region() {
    return element.path("region").asText("us");
  }

  /** Takes the step {@code keys}: agents need a licence key, whose value nobody is told here. */
  void takeKey() {
    work.step("keys")
        .about(ELEMENT)
        .askedOf(creator())
        .field(ELEMENT)
        .leftToPerson(Set.of(Kind.NOT_PERMITTED))
        .machine(this::ensureKey)
        .orAttested();
  }

  private Finding ensureKey() {
    MonitoredAccount account = account();
    String key =
        vendor.ensure(
            "key",
            () -> account.licenceKeys().stream().findFirst(),
            () -> account.createLicenceKey("slipway-" + environment));
    return new Finding("NerdGraph: keySearch", newRelic.against(), "licence key " + key);
  }

  /** Deletes the key that this task has made; the account is left over, with its data. */
  List<String> putBack() {
    Optional<String> key = vendor.made("key").filter(account().licenceKeys()::contains);
    key.ifPresent(account()::deleteKey);
    return List.of(
        key.map(made -> "the licence key is deleted").orElse("no licence key was made"),
        vendor
            .made("account")
            .map(
                made ->
                    "the account "
                        + made
                        + " is left over: two people cancel it in New Relic if nobody needs its data")
            .orElse("no account was made"));
  }

  /** The names under which the components' agents report, by component. */
  Map<String, List<String>> applications() {
    boolean isShared =
        given().isPresent()
            && element.at("/accountId/uat").equals(element.at("/accountId/production"));
    Map<String, List<String>> names = new LinkedHashMap<>();
    APPLICATIONS.forEach(
        (component, plain) ->
            names.put(
                component,
                plain.stream()
                    .map(name -> isShared ? name + " (" + environment + ")" : name)
                    .toList()));
    return names;
  }

  /** Where it was looked, for evidence. */
  String against() {
    return newRelic.against();
  }

  VendorAccount vendor() {
    return vendor;
  }

  Users users() {
    return newRelic.users();
  }

  MonitoredAccount account() {
    return newRelic.account(id());
  }

  Alerts alerts() {
    return newRelic.alerts(id());
  }
}
