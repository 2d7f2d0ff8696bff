package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stripe, as far as its secret key can be tried: the balance, which only reads. Unverified. */
public final class Stripe implements BillingSystem {

  private static final URI BALANCE = URI.create("https://api.stripe.com/v1/balance");
  private static final String ASKED = "GET /v1/balance";

  private final HttpPort http;
  private final String key;

  /** Speaks with this secret key. */
  public Stripe(HttpPort http, String key) {
    this.http = http;
    this.key = key;
  }

  @Override
  public String name() {
    return "Stripe";
  }

  @Override
  public Contact contact() {
    HttpAnswer answer =
        http.send(
                HttpCall.get("billing", ASKED, Destination.VENDOR, BALANCE, Redactor.of(key))
                    .header("Authorization", "Bearer " + key))
            .orTrouble();
    JsonNode tree = answer.json();
    if (!tree.path("object").asText().equals("balance")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Stripe answered something other than a balance.");
    }
    List<String> currencies = new ArrayList<>();
    tree.path("available")
        .forEach(each -> currencies.add(each.path("currency").asText().toUpperCase(Locale.ROOT)));
    // How much there is concerns nobody here.
    return new Contact(
        answer.call().against(),
        ASKED,
        (tree.path("livemode").asBoolean() ? "live mode" : "test mode") + ", holds " + currencies,
        List.of());
  }

  @Override
  public Optional<TestCustomers> testCustomers() {
    return Optional.empty();
  }
}
