package dev.slipway.enterprise.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.enterprise.TenantSettings;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway in the keystore of each tenant of the environment, in the form in which a frontend's
 * administrator would enter it (mno-enterprise 4.0, plugins/payment_gateway.rb). In series 3 the
 * hub has it in its own environment, which the vendor sets; so does the vendor enter eWAY, whose
 * login there is another than the API's, and currencies that the frontend does not know.
 */
final class GatewayInHub {
  private static final int WITH_HUB = 4;
  private static final String GATEWAYS = "payment_gateways";

  /** Braintree's keys: in the keystore, and in the credential. */
  private static final Map<String, String> KEYS =
      Map.of("merchant_id", "merchantId", "public_key", "publicKey", "private_key", "privateKey");

  private final Work work;
  private final EnvironmentTenants tenants;
  private final JsonNode payment;
  private final String name;

  GatewayInHub(Work work, HttpPort http) {
    this.work = work;
    this.tenants = new EnvironmentTenants(work, http);
    this.payment = work.element(SetUpGateway.ELEMENT);
    this.name = payment.path("system").asText().equals("eway") ? "eWAY" : "Braintree";
  }

  /** What a person enters, without the keys. */
  String material() {
    List<String> lines = new ArrayList<>();
    lines.add("Gateway: " + name + " (" + payment.path("system").asText() + ")");
    payment
        .path("accounts")
        .forEach(
            each ->
                lines.add(
                    "Account: "
                        + each.path("acct").asText()
                        + ", "
                        + each.path("currency").asText()));
    return String.join("\n", lines);
  }

  /**
   * Enters it.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} for what a person has to do
   */
  Finding ensure() {
    for (String tenant : tenants.names()) {
      // Keys that are newer than what was entered go there, too; what a person entered stays.
      if (settings(tenant).isChanged() || !isShown(tenant)) {
        byPerson(tenant)
            .ifPresent(
                why -> {
                  throw new SystemTrouble(
                      MnoHub.SYSTEM,
                      Kind.NOT_PERMITTED,
                      why,
                      "payment gateway",
                      tenants.hub(tenant).against(),
                      "");
                });
        enter(tenant);
      }
    }
    return look();
  }

  private Optional<String> byPerson(String tenant) {
    if (!payment.path("system").asText().equals("braintree")) {
      return Optional.of("The platform takes another login of eWAY than its API.");
    }
    if (!PaymentAgrees.unsupported(payment).isEmpty()) {
      return Optional.of(
          "The frontend does not know " + PaymentAgrees.unsupported(payment) + " yet.");
    }
    if (tenants.express(tenant).version().series() < WITH_HUB) {
      return Optional.of(tenants.host(tenant) + " is of series 3.");
    }
    // It goes back as a whole, and the hub may have hidden the keys of what is there besides.
    TenantSettings settings = settings(tenant);
    return settings.isChanged() || settings.all().isEmpty()
        ? Optional.empty()
        : Optional.of("The hub has other keys of the tenant " + tenant + " already.");
  }

  /** The hub names the gateway, with its accounts. */
  Finding look() {
    List<String> seen = new ArrayList<>();
    for (String tenant : tenants.names()) {
      boolean isOld = tenants.express(tenant).version().series() < WITH_HUB;
      if (isOld || !settings(tenant).isThere()) {
        seen.add(tenant + (isOld ? ": series 3" : ": the hub does not show its keys"));
      } else if (isShown(tenant)) {
        seen.add(tenant + ": " + name);
      } else {
        throw new UnmetRequirement(
            "mnohub.gateway-missing",
            MnoHub.SYSTEM,
            SetUpGateway.ELEMENT,
            "The hub does not have %s with each account for the tenant %s.".formatted(name, tenant),
            "Enter it for each tenant, with the accounts and currencies of the element `payment`.");
      }
    }
    return new Finding(
        "hub tenant keystore",
        "the hub of " + TaskKey.place(work.at("environment")),
        String.join(", ", seen));
  }

  /** Whether there is a gateway of this kind with all accounts, whatever it is called. */
  private boolean isShown(String tenant) {
    JsonNode gateways = settings(tenant).all().path(GATEWAYS);
    return gateways.path("providers").properties().stream()
        .filter(each -> each.getValue().path("adapter").equals(payment.path("system")))
        .map(each -> gateways.path("accounts").path(each.getKey()))
        .anyMatch(
            accounts ->
                defaults().entrySet().stream()
                    .allMatch(
                        each ->
                            accounts
                                .path(each.getKey())
                                .path("acct")
                                .asText()
                                .equals(each.getValue())));
  }

  /** Puts the old settings back. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (String tenant : tenants.names()) {
      Optional<Finding> back = settings(tenant).putBack();
      back.ifPresent(finding -> done.add(tenant + ": " + finding.answer()));
    }
    return done;
  }

  private TenantSettings settings(String tenant) {
    return new TenantSettings(
        work, tenants.hub(tenant), TenantSettings.KEYSTORE, TenantSettings.KEYSTORE + ":" + tenant);
  }

  private void enter(String tenant) {
    JsonNode keys = work.secret(PaymentGatewayCredentialTest.SYSTEM, "environment");
    String provider = GATEWAYS + ".providers." + name;
    Map<String, JsonNode> wanted = new LinkedHashMap<>();
    wanted.put(provider + ".adapter", payment.path("system"));
    defaults()
        .forEach(
            (currency, acct) -> {
              String place = GATEWAYS + ".accounts." + name + "." + currency;
              wanted.put(place + ".acct", Json.tree(acct));
              wanted.put(place + ".default", Json.tree(1));
            });
    Map<String, JsonNode> secrets = new LinkedHashMap<>();
    KEYS.forEach((field, given) -> secrets.put(provider + ".config." + field, keys.path(given)));
    settings(tenant)
        .ensure(wanted, secrets, work.secretVersion(PaymentGatewayCredentialTest.SYSTEM));
  }

  /** Currency to account: the hub has one of each currency, which is the default one. */
  private Map<String, String> defaults() {
    Map<String, String> accounts = new LinkedHashMap<>();
    payment
        .path("accounts")
        .valueStream()
        .filter(each -> each.path("default").asBoolean())
        .forEach(each -> accounts.put(each.path("currency").asText(), each.path("acct").asText()));
    return accounts;
  }
}
