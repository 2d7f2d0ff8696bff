package dev.slipway.enterprise.thirdpartyaccounts;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rates.RatesAccount;
import dev.slipway.systems.rates.RatesAccount.Usage;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * M58: the platform converts currencies at the day's rates. Signing up is a person's, as is
 * entering the app id; that the platform uses it is seen by the account's usage, which rises.
 */
public final class OpenExchangeRates extends TaskFunction {
  private static final String ELEMENT = "exchange-rates";

  /** So long after the app id was entered the platform has asked for rates. */
  private static final Duration USUAL = Duration.ofDays(1);

  private final HttpPort http;

  /** For Lambda. */
  public OpenExchangeRates() {
    this(FunctionContext.lambda());
  }

  public OpenExchangeRates(FunctionContext context) {
    this(context, context.egress());
  }

  OpenExchangeRates(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    VendorAccount account = new VendorAccount(work, RatesAccount.SYSTEM, ELEMENT);
    account.account(() -> account(work));
    work.step("plan").field(ELEMENT).machine(() -> plan(work));
    About entered = account.entered(ELEMENT);
    work.step("set").about(entered).attested();
    work.step("used")
        .about(entered)
        .field(ELEMENT)
        .leftToPerson(Set.of(Kind.NOT_FOUND))
        .lookedAtAgain(work.now().plus(USUAL))
        .machine(() -> used(work))
        .orAttested();
  }

  @Override
  protected void verify(Work work) {
    work.proof(ELEMENT, () -> account(work));
  }

  private static String version(Work work) {
    return work.secretVersion(RatesAccount.SYSTEM);
  }

  private Usage usage(Work work) {
    String appId = work.secret(RatesAccount.SYSTEM).path("appId").asText();
    return new RatesAccount(http, appId).usage();
  }

  private Finding account(Work work) {
    Usage usage = usage(work);
    return new Finding(
        "GET /api/usage.json",
        usage.against(),
        "%s, plan %s".formatted(usage.status(), usage.plan()));
  }

  /** What it has used is noted, before the platform knows the app id. */
  private Finding plan(Work work) {
    Usage usage = usage(work);
    work.remember(
        Note.Kind.INTENT,
        before(work),
        Json.tree(Map.of("requests", usage.requests(), "days", usage.daysElapsed())));
    return new Finding(
        "GET /api/usage.json",
        usage.against(),
        "%d request(s) left this month%s"
            .formatted(
                usage.remaining(),
                usage.isBaseFree() ? "" : "; warning: rates against the US dollar only"));
  }

  private Finding used(Work work) {
    var before = work.remembered(Note.Kind.INTENT, before(work)).orElseThrow();
    Usage usage = usage(work);
    if (usage.isRisenSince(before.path("requests").asLong(), before.path("days").asLong())) {
      return new Finding(
          "GET /api/usage.json",
          usage.against(),
          "%d request(s) this month, %d before"
              .formatted(usage.requests(), before.path("requests").asLong()));
    }
    work.waitUntil(
        work.since("entered:" + version(work)).plus(USUAL),
        "The account's usage is looked at a day later.");
    throw new SystemTrouble(
        RatesAccount.SYSTEM,
        Kind.NOT_FOUND,
        "Open Exchange Rates has counted no request since the app id was entered.",
        "GET /api/usage.json",
        usage.against(),
        "");
  }

  private static String before(Work work) {
    return "usage:" + version(work);
  }
}
