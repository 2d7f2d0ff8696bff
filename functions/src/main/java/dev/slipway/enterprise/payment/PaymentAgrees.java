package dev.slipway.enterprise.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Each currency has one default account, and is one that the frontend knows (M55). */
public final class PaymentAgrees implements ElementCheck {
  /** Of mno-enterprise's payment gateways (plugins/payment_gateway.rb). */
  private static final Set<String> KNOWN = Set.of("AED", "AUD", "USD");

  /** The currencies of the element {@code payment} that the frontend does not know. */
  static Set<String> unsupported(JsonNode payment) {
    Set<String> currencies = new TreeSet<>();
    payment.path("accounts").forEach(each -> currencies.add(each.path("currency").asText()));
    currencies.removeAll(KNOWN);
    return currencies;
  }

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode accounts = subject.value().path("accounts");
    Map<String, Long> defaults = new TreeMap<>();
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      String currency = accounts.get(i).path("currency").asText();
      defaults.merge(currency, accounts.get(i).path("default").asBoolean() ? 1L : 0L, Long::sum);
      if (!KNOWN.contains(currency)) {
        findings.add(
            ElementFinding.warning(
                "payment.currency-unsupported",
                "/accounts/" + i + "/currency",
                "The frontend takes payments in AED, AUD and USD only.",
                "Ask the vendor to add the currency, or leave it out."));
      }
    }
    defaults.forEach(
        (currency, count) -> {
          if (count != 1) {
            findings.add(
                ElementFinding.error(
                    "payment.default",
                    "/accounts",
                    "%s has %d default accounts.".formatted(currency, count),
                    "Say `default: true` of one account of each currency."));
          }
        });
    return findings;
  }
}
