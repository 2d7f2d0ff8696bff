package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.RefusingParties;
import dev.slipway.hostingprovider.Restatement;
import dev.slipway.hostingprovider.Restatement.Change;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement holds only for what it was said about: V11 to V14. */
final class BillingStatementsTest {
  private static final String SECTION = "billing-integration";
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";
  private static final String LATER = ALWAYS.replace("1440", "1380");
  private static final String OTHER_PLATFORM = "{\"domain\":\"b.example\"}";

  private static final String PRICING =
      """
      {"resources":{"storage":{"free":true},"memory":{"tariffs":["Dyn"]},
        "cpu":{"tariffs":["Dyn"]},"traffic":{"free":true},"publicIps":{"free":true},
        "licences":{"grids":["Windows"]}},
       "tariffs":[{"name":"Dyn","type":"dynamic-cloudlets","tiers":[{"from":"0","price":"0.5"}]}],
       "models":[{"name":"Standard","tariffs":["Dyn"]}],
       "groups":[{"name":"trial","type":"trial","models":[{"region":"eu1","model":"Standard"}]}],
       "sample":{"model":"Standard","dynamicCloudlets":10,"hours":2,"expected":"10.00"}}""";
  private static final String BILLING =
      """
      {"system":"custom","url":"https://billing.a.example","model":"post-paid","currency":"EUR",
       "products":["1"]}""";
  private static final String PORTAL =
      """
      {"portal":"https://billing.a.example/area","path":"/a","loggedInText":"Welcome"}""";

  static List<Change> changes() {
    String currency = "set-currency";
    String pricing = "configure-pricing";
    String billing = "connect-external-billing";
    String portal = "set-up-single-sign-on";
    return List.of(
        // That the other platform reckons in the currency, too, the machine sees by itself.
        Change.of(currency, "platform", OTHER_PLATFORM, "compare-rates"),
        Change.of(currency, "currency", "{\"code\":\"GBP\"}", "set-main-currency", "compare-rates"),
        Change.of(
            currency, "currency", "{\"code\":\"EUR\",\"tolerancePercent\":3}", "compare-rates"),
        Change.of(currency, "maintenance-window", LATER),
        Change.of(
            pricing,
            "platform",
            OTHER_PLATFORM,
            "create-tariffs",
            "add-licences",
            "create-models",
            "assign-models"),
        Change.of(pricing, "currency", "{\"code\":\"USD\"}", "create-tariffs"),
        Change.of(
            pricing,
            "pricing",
            PRICING.replace("\"0.5\"", "\"0.4\"").replace("10.00", "8.00"),
            "create-tariffs"),
        Change.of(pricing, "pricing", PRICING.replace("eu1", "eu2"), "assign-models"),
        Change.of(
            pricing,
            "pricing",
            PRICING.replace("Windows", "Office"),
            "add-licences",
            "create-models"),
        Change.of(
            pricing,
            "pricing",
            PRICING.replace("\"hours\":2", "\"hours\":3").replace("10.", "15.")),
        Change.of(billing, "platform", OTHER_PLATFORM, "connect-billing", "dry-run"),
        Change.of(
            billing,
            "external-billing",
            BILLING.replace("billing.a", "bill.a"),
            "connect-billing",
            "dry-run"),
        Change.of(billing, "external-billing", BILLING.replace("[\"1\"]", "[\"2\"]"), "dry-run"),
        Change.of(billing, "currency", "{\"code\":\"EUR\",\"sign\":\"€\"}"),
        Change.of(portal, "platform", OTHER_PLATFORM, "connect-portal", "follow-link"),
        Change.of(
            portal,
            "single-sign-on",
            PORTAL.replace("billing.a", "portal.a"),
            "connect-portal",
            "follow-link"),
        Change.of(portal, "single-sign-on", PORTAL.replace("/a\"", "/b\""), "follow-link"));
  }

  /** Whatever the platform can refuse is a person's, and so is what is no setting of it. */
  private static Restatement task(String task) {
    AtomicReference<String> chosen = new AtomicReference<>("USD");
    RefusingParties parties =
        new RefusingParties()
            .on("getconfigkeys", "{\"result\":0,\"array\":[]}")
            .on(
                "getplatformcurrency",
                call ->
                    RefusingParties.answer(
                        call,
                        Map.of(),
                        "{\"result\":0,\"currency\":\"%s\"}".formatted(chosen.get())));
    FunctionContext context = FunctionContext.of(Map.of(), InstantSource.system());
    Bench bench =
        new Bench(SECTION + "." + task)
            .element("platform", "{\"domain\":\"a.example\"}")
            .element("maintenance-window", ALWAYS)
            .element("currency", "{\"code\":\"EUR\"}")
            .element("pricing", PRICING)
            .element("external-billing", BILLING)
            .element("single-sign-on", PORTAL)
            .secret("platform", "{\"token\":\"platform-token-0001\"}")
            .secret("test-customer", "{\"token\":\"customer-token-0001\"}");
    return new Restatement(
        bench,
        switch (task) {
          case "set-currency" -> new SetCurrency(context, parties);
          case "configure-pricing" -> new ConfigurePricing(context, parties);
          case "connect-external-billing" -> new ConnectExternalBilling(context, parties);
          case "set-up-single-sign-on" -> new SetUpSingleSignOn(context, parties);
          default -> throw new IllegalArgumentException(task);
        },
        Map.of(),
        step -> {
          if (step.equals("set-main-currency")) {
            chosen.set(bench.given("currency").path("code").asText());
          }
        });
  }

  @Test
  void leavesNoInputOut() {
    Restatement.assertComplete(SECTION, changes());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatRestsOnAChangeIsAskedAgainAndNothingElse(Change change) {
    task(change.task()).check(change);
  }
}
