package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.AccountsClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.HashSet;
import java.util.Set;

/**
 * V09: accounts are protected, each method by a choice of its own and with a result of its own. A
 * second factor becomes mandatory only after Slipway's own login is among the trusted users: it
 * would be locked out otherwise.
 */
public final class ProtectAccounts extends TaskFunction {
  private static final String FIELD = "account-protection.methods";
  private static final String PLATFORM = "platform.domain";

  /** No permission, or an answer in a form that is not known. */
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_UNDERSTOOD);

  private final ThirdParties parties;

  /** For Lambda. */
  public ProtectAccounts() {
    this(FunctionContext.lambda());
  }

  public ProtectAccounts(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ProtectAccounts(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    if (chosen(work).contains("mandatory-second-factor")) {
      MandatorySecondFactor method = new MandatorySecondFactor(work, parties.accounts(work));
      confirmTrusted(work, method);
      work.step("require-second-factor")
          .about(method.about())
          .material(method.instruction())
          .field(FIELD)
          .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
          .machine(method::require)
          .orPerson(method::look);
    }
  }

  @Override
  protected void verify(Work work) {
    AccountsClient accounts = parties.accounts(work);
    Set<String> chosen = chosen(work);
    if (chosen.contains("mandatory-second-factor")) {
      MandatorySecondFactor method = new MandatorySecondFactor(work, accounts);
      confirmTrusted(work, method);
      work.proof(FIELD, method::look);
    } else {
      notChosen(work, "mandatory-second-factor");
    }
    if (chosen.contains("sms-activation")) {
      work.step("activate-by-sms").about(PLATFORM).field(FIELD).person(() -> bySms(accounts));
    } else {
      notChosen(work, "sms-activation");
    }
    if (chosen.contains("sign-up-checks")) {
      work.step("check-sign-ups").about(PLATFORM).attested();
    } else {
      notChosen(work, "sign-up-checks");
    }
  }

  private static void confirmTrusted(Work work, MandatorySecondFactor method) {
    work.step("confirm-trusted-users")
        .about(
            work.about(PLATFORM, MandatorySecondFactor.TRUSTED)
                .and("token", work.secretVersion("platform")))
        .field(MandatorySecondFactor.TRUSTED)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(method::trustsSlipway)
        .orAttested();
  }

  private static Finding bySms(AccountsClient accounts) {
    return OptionalLook.take(
        "the statement",
        () ->
            new Finding(
                PlatformMethod.GET_SMS_LIST_DATA.permission(),
                accounts.against(),
                accounts.activationBySms()));
  }

  private static void notChosen(Work work, String method) {
    work.proof(FIELD, () -> new Finding("choice at intake", method, "not chosen"));
  }

  private static Set<String> chosen(Work work) {
    Set<String> methods = new HashSet<>();
    work.element("account-protection").path("methods").forEach(m -> methods.add(m.asText()));
    return methods;
  }
}
