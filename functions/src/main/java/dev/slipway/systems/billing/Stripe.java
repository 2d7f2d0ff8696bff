package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stripe, which is only read: its balance, to try the secret key, and the traces of a test
 * customer. Stripe has no module that makes accounts on a platform; such a module is the hoster's
 * own, and no machine knows which of Stripe's objects it waits for. So a person leads the dry run.
 * Requests and answers are those of Stripe's public API reference; unverified against an account.
 */
public final class Stripe implements BillingSystem {

  private static final URI BASE = URI.create("https://api.stripe.com/v1/");

  /** More than a test customer has. */
  private static final String PAGE = "20";

  /** States of a subscription that asks for money, or will. */
  private static final Set<String> UNDER_WAY =
      Set.of("active", "trialing", "past_due", "unpaid", "incomplete");

  /** Without minor units by ISO 4217, and counted in hundredths by Stripe nevertheless. */
  private static final Set<String> IN_HUNDREDTHS = Set.of("ISK", "UGX");

  private final JsonApi api;

  /** Speaks with this secret key. */
  public Stripe(HttpPort http, String key) {
    this.api =
        new JsonApi(http, "billing", Destination.VENDOR, BASE).with(Authentication.bearer(key));
  }

  @Override
  public String name() {
    return "Stripe";
  }

  @Override
  public Contact contact() {
    HttpAnswer answer = get("balance", Map.of());
    JsonNode tree = answer.json();
    if (!tree.path("object").asText().equals("balance") || !tree.path("available").isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Stripe's answer is no balance.");
    }
    List<String> currencies = new ArrayList<>();
    tree.path("available").forEach(each -> currencies.add(currency(each)));
    // How much there is concerns nobody here.
    return new Contact(
        answer.call().against(),
        "GET /v1/balance",
        (tree.path("livemode").asBoolean() ? "live mode" : "test mode") + ", holds " + currencies,
        List.of());
  }

  @Override
  public Optional<TestCustomers> testCustomers() {
    return Optional.empty();
  }

  @Override
  public Optional<Traces> traces(String email) {
    HttpAnswer found = get("customers", Map.of("email", email, "limit", PAGE));
    List<String> customers = new ArrayList<>();
    items(found).forEach(customer -> customers.add(customer.path("id").asText()));
    List<String> open = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Set<String> currencies = new TreeSet<>();
    BigDecimal paid = BigDecimal.ZERO;
    for (String customer : customers) {
      left.add("customer " + customer);
      for (JsonNode each :
          items(
              get("subscriptions", Map.of("customer", customer, "limit", PAGE, "status", "all")))) {
        boolean paused = each.path("pause_collection").isObject();
        String status = each.path("status").asText();
        String line =
            "subscription " + each.path("id").asText() + " (" + (paused ? "paused" : status) + ")";
        left.add(line);
        if (!paused && UNDER_WAY.contains(status)) {
          open.add(line);
        }
      }
      for (JsonNode each : items(get("invoices", Map.of("customer", customer, "limit", PAGE)))) {
        BigDecimal amount = amount(each);
        left.add(
            "invoice %s (%s, %s %s paid)"
                .formatted(
                    each.path("id").asText(),
                    each.path("status").asText(),
                    amount.toPlainString(),
                    currency(each)));
        currencies.add(currency(each));
        paid = paid.add(amount);
      }
    }
    return Optional.of(
        new Traces(
            found.call().against(),
            "GET /v1/customers, /v1/subscriptions, /v1/invoices",
            customers,
            open,
            paid,
            List.copyOf(currencies),
            left));
  }

  private HttpAnswer get(String what, Map<String, String> query) {
    return api.get("GET /v1/" + what, what, query);
  }

  private static Iterable<JsonNode> items(HttpAnswer answer) {
    JsonNode list = answer.json();
    if (!list.path("object").asText().equals("list") || list.path("has_more").asBoolean()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Stripe answered no list, or one without end.");
    }
    return list.path("data");
  }

  private static String currency(JsonNode of) {
    return of.path("currency").asText().toUpperCase(Locale.ROOT);
  }

  private static BigDecimal amount(JsonNode invoice) {
    String currency = currency(invoice);
    int digits =
        IN_HUNDREDTHS.contains(currency)
            ? 2
            : Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(currency))
                .map(Currency::getDefaultFractionDigits)
                .findFirst()
                .orElse(2);
    return BigDecimal.valueOf(invoice.path("amount_paid").asLong(), digits);
  }
}
