package dev.slipway.hostingprovider.billingintegration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.MaintenanceWindow;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.OldSettings;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.Rate;
import dev.slipway.systems.rates.EcbRates;
import dev.slipway.systems.rates.EuroRates;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * V11: the platform reckons in the main currency given, and converts into others by rates that an
 * independent source confirms.
 */
public final class SetCurrency extends TaskFunction {
  private static final String FIELD = "currency";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);
  private static final String TOLERANCE = "2";

  /** The bank publishes on working days: the longest holidays are shorter than this. */
  private static final Duration FRESH = Duration.ofDays(7);

  private final ThirdParties parties;

  /** For Lambda. */
  public SetCurrency() {
    this(FunctionContext.lambda());
  }

  public SetCurrency(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  SetCurrency(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    work.step("check-code").field("currency.code").machine(() -> known(work));
    CurrencySettings settings = settings(work);
    work.step("set-main-currency")
        .about(settings.about())
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(settings::write)
        .orPerson(settings::asGiven);
    if (settings.toBeApplied()) {
      MaintenanceWindow.await(work, "The currency is applied");
      work.step("apply-currency")
          .about(settings.about())
          .field(FIELD)
          .leftToPerson(LEFT_TO_PERSON)
          .machine(settings::apply)
          .orPerson(settings::asGiven);
    }
    settings.over();
    settings.done().forEach(finding -> work.proof(FIELD, () -> finding));
  }

  @Override
  protected void putBack(Work work, String request) {
    new OldSettings(work, parties.platform(work), "currency.code").putBack(request);
  }

  @Override
  protected void verify(Work work) {
    CurrencySettings settings = settings(work);
    work.proof(FIELD, settings::asGiven);
    work.step("compare-rates")
        .about("platform.domain", "currency.code", "currency.tolerancePercent")
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(() -> rates(work))
        .orAttested();
  }

  private static Finding known(Work work) {
    String code = work.element(FIELD).path("code").asText();
    return Currency.getAvailableCurrencies().stream()
        .filter(currency -> currency.getCurrencyCode().equals(code))
        .findFirst()
        .map(currency -> new Finding("ISO 4217", code, currency.getDisplayName(Locale.ENGLISH)))
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "currency.unknown",
                    "slipway",
                    "currency.code",
                    code + " is no currency code of ISO 4217.",
                    "Correct the element."));
  }

  private CurrencySettings settings(Work work) {
    return new CurrencySettings(work, parties.platform(work), parties.platformBilling(work));
  }

  private Finding rates(Work work) {
    PlatformBilling platform = parties.platformBilling(work);
    String main = work.element(FIELD).path("code").asText();
    List<Rate> rates = platform.rates();
    if (rates.stream().allMatch(rate -> rate.currency().equals(main))) {
      return new Finding(
          PlatformMethod.GET_CURRENCIES.permission(),
          platform.against(),
          "prices are shown in " + main + " only: nothing is converted");
    }
    EuroRates independent = new EcbRates(parties.http()).newest();
    if (independent
        .day()
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC)
        .isBefore(work.now().minus(FRESH))) {
      throw new UnmetRequirement(
          "currency.reference-stale",
          "exchange-rates",
          FIELD,
          "The newest reference rates are of " + independent.day() + ".",
          "Retry later; the rates are compared with fresh ones only.");
    }
    RateComparison comparison = new RateComparison(main, rates, independent);
    if (comparison.empty()) {
      throw new SystemTrouble(
          "exchange-rates",
          Kind.NOT_FOUND,
          "The independent source quotes none of the platform's currencies against " + main + ".",
          "euro reference rates",
          EcbRates.DAILY.getHost(),
          "");
    }
    BigDecimal tolerance =
        new BigDecimal(work.element(FIELD).path("tolerancePercent").asText(TOLERANCE));
    return new Finding(
        PlatformMethod.GET_CURRENCIES.permission() + ", euro reference rates",
        platform.against() + ", " + EcbRates.DAILY.getHost(),
        comparison.within(tolerance) + "; reference of " + independent.day());
  }
}
