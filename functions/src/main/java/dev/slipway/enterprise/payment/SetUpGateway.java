package dev.slipway.enterprise.payment;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * M56: users pay in an environment's marketplace. A machine looks at merchant and accounts, enters
 * the gateway in the hub for each tenant, and in a sandbox of Braintree authorises a payment and
 * reverses it. Contract, invitations and payments with real cards are people's; so is all of a
 * gateway that Slipway does not speak to.
 */
public final class SetUpGateway extends TaskFunction {
  static final String ELEMENT = "payment";
  private static final Set<Kind> REFUSED =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public SetUpGateway() {
    this(FunctionContext.lambda());
  }

  public SetUpGateway(FunctionContext context) {
    this(context, context.egress());
  }

  SetUpGateway(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    account(work);
    work.step("admin").about(ELEMENT + ".admin").askedOf(maker(work)).attested();
    if (isBraintree(work)) {
      work.step("accounts").field(ELEMENT).machine(() -> merchant(work).accounts());
    } else {
      work.step("accounts").about(ELEMENT + ".accounts").attested();
    }
    configure(work);
    if (isBraintree(work) && !isLive(work)) {
      work.step("proof").field(ELEMENT).machine(() -> trial(work).ensure());
    } else {
      work.step("proof").about(ELEMENT).attested();
    }
    work.step("owner-kept").about(ELEMENT).attested();
  }

  private void account(Work work) {
    PersonStep step = step(work, "account").askedOf(maker(work));
    if (isOther(work)) {
      step.attested();
    } else if (isNew(work)) {
      step.person(() -> merchant(work).look());
    } else {
      work.step("account").field(ELEMENT).machine(() -> merchant(work).look());
    }
    if (isNew(work)) {
      work.step("owner").about(ELEMENT).attested();
    }
  }

  private void configure(Work work) {
    String tenants = "tenants." + work.at("environment");
    if (isOther(work)) {
      work.step("configure").about(ELEMENT, tenants).attested();
      return;
    }
    GatewayInHub hub = hub(work);
    work.step("configure")
        .about(
            work.about(ELEMENT, tenants)
                .and("keys", work.secretVersion(PaymentGatewayCredentialTest.SYSTEM)))
        .field(ELEMENT)
        .material(hub.material())
        .leftToPerson(REFUSED)
        .machine(hub::ensure)
        .orPerson(hub::look);
  }

  @Override
  protected void verify(Work work) {
    if (!isOther(work)) {
      work.proof(ELEMENT, () -> merchant(work).look());
      work.proof(ELEMENT, () -> hub(work).look());
    }
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        ELEMENT,
        () -> {
          List<String> done = new ArrayList<>();
          if (!isOther(work)) {
            done.addAll(hub(work).putBack());
          }
          if (isBraintree(work) && !isLive(work)) {
            done.addAll(trial(work).putBack());
          }
          return new Finding(
              "put back",
              "the hub and the gateway",
              done.isEmpty() ? "nothing had been changed by machine" : String.join("; ", done));
        });
  }

  private static PersonStep step(Work work, String id) {
    return work.step(id).about(ELEMENT).field(ELEMENT);
  }

  private static boolean is(Work work, String field, String value) {
    return work.element(ELEMENT).path(field).asText().equals(value);
  }

  private static boolean isBraintree(Work work) {
    return is(work, "system", "braintree");
  }

  private static boolean isOther(Work work) {
    return is(work, "system", "other");
  }

  private static boolean isNew(Work work) {
    return is(work, "account", "new");
  }

  private static boolean isLive(Work work) {
    return work.at("environment").equals("production");
  }

  /** Who makes a new account also invites to it; to one that exists, the vendor does. */
  private static Party maker(Work work) {
    return isNew(work) && is(work, "createdBy", "customer") ? Party.CUSTOMER : Party.VENDOR;
  }

  private MerchantLook merchant(Work work) {
    return new MerchantLook(work, http);
  }

  private GatewayInHub hub(Work work) {
    return new GatewayInHub(work, http);
  }

  private TrialPayment trial(Work work) {
    return new TrialPayment(
        work,
        new VendorAccount(work, PaymentGatewayCredentialTest.SYSTEM, ELEMENT),
        merchant(work).braintree());
  }
}
