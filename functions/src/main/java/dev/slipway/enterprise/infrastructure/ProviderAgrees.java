package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Provider, accounts and regions fit together (M01). */
public final class ProviderAgrees implements ElementCheck {
  private static final String ACCOUNT = "account";
  private static final String OWNER = "ownerEmail";
  private static final String SHARED = "sharedAccount";
  private static final String UAT = Environments.ALL.getFirst();
  private static final String PRODUCTION = Environments.ALL.getLast();

  private final CloudRegions regions = new CloudRegions();

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    List<ElementFinding> findings = new ArrayList<>();
    String provider = value.path("provider").asText();
    boolean isNew = value.path(ACCOUNT).asText().equals("new");
    if (provider.equals("on-premise") && isNew) {
      findings.add(
          error(
              "account",
              "/account",
              "On premise there is no account to make.",
              "Give `account` as existing."));
      return findings;
    }
    for (String environment : Environments.ALL) {
      environment(value, provider, isNew, environment, findings);
    }
    together(value, provider, isNew, findings);
    return findings;
  }

  private void environment(
      JsonNode value,
      String provider,
      boolean isNew,
      String environment,
      List<ElementFinding> findings) {
    JsonNode of = value.path(environment);
    String at = "/" + environment + "/";
    if (!regions.has(provider, of.path("region").asText())) {
      findings.add(
          error(
              "region-unknown",
              at + "region",
              "The provider has no such region.",
              "Give its name as the provider writes it, such as "
                  + regions.example(provider)
                  + "."));
    }
    if (provider.equals("on-premise")) {
      return;
    }
    String account = of.path(ACCOUNT).asText();
    if (!isNew && !account.matches(provider.equals("aws") ? "\\d{12}" : "[0-9a-f-]{36}")) {
      findings.add(
          error(
              "account",
              at + ACCOUNT,
              provider.equals("aws")
                  ? "An existing AWS account is named by its 12 digits."
                  : "An existing Azure subscription is named by its id.",
              "Give `%s.account`.".formatted(environment)));
    }
    if (isNew && provider.equals("aws") && !of.has(OWNER)) {
      findings.add(
          error(
              "owner-missing",
              at + OWNER,
              "A new AWS account needs an e-mail address that no AWS account has yet.",
              "Give `%s.ownerEmail`.".formatted(environment)));
    }
  }

  private static void together(
      JsonNode value, String provider, boolean isNew, List<ElementFinding> findings) {
    boolean isShared = value.path(SHARED).asBoolean();
    if (isShared && isNew && provider.equals("aws")) {
      findings.add(
          error(
              "shared",
              "/" + SHARED,
              "New AWS accounts are made for each environment.",
              "Leave `sharedAccount` out, or name an existing account."));
    }
    if (!isNew && !isShared && same(value, ACCOUNT)) {
      findings.add(
          error(
              "account-twice",
              "/production/" + ACCOUNT,
              "It is the account of UAT.",
              "Name Production's own, or say that they share one with `sharedAccount`."));
    }
    if (isNew && same(value, OWNER)) {
      findings.add(
          error(
              "owner-twice",
              "/production/" + OWNER,
              "AWS takes an e-mail address for one account only, and UAT has this one.",
              "Give another address; one with a plus sign, such as aws+production@…, will do."));
    }
  }

  private static boolean same(JsonNode value, String field) {
    String uat = value.path(UAT).path(field).asText().toLowerCase(Locale.ROOT);
    String production = value.path(PRODUCTION).path(field).asText().toLowerCase(Locale.ROOT);
    return !uat.isEmpty() && uat.equals(production);
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("infrastructure." + code, field, message, nextStep);
  }
}
