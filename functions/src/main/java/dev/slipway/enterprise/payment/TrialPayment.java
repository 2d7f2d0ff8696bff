package dev.slipway.enterprise.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.payment.Braintree;
import dev.slipway.systems.payment.Braintree.Transaction;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A payment in the gateway's sandbox for each merchant account: held, and let go again. It is found
 * by its order, so that none is held twice wherever the process ends.
 */
final class TrialPayment {
  private final Work work;
  private final VendorAccount account;
  private final Braintree braintree;

  TrialPayment(Work work, VendorAccount account, Braintree braintree) {
    this.work = work;
    this.account = account;
    this.braintree = braintree;
  }

  /** Holds and lets go. */
  Finding ensure() {
    List<String> done = new ArrayList<>();
    for (String acct : accounts()) {
      String id =
          account.ensure(
              "authorised:" + name(acct),
              () -> held(acct).map(Transaction::id),
              () -> authorized(acct));
      if (work.remembered(Note.Kind.RESOURCE, "reversed:" + name(acct)).isEmpty()) {
        reverse(acct, id);
        work.remember(Note.Kind.RESOURCE, "reversed:" + name(acct), Json.tree(work.now()));
      }
      done.add(acct + ": " + id);
    }
    return new Finding(
        "authorizePaymentMethod, reverseTransaction",
        braintree.against(),
        "authorised and reversed: " + String.join(", ", done));
  }

  /** Lets go what is held still. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (String acct : accounts()) {
      held(acct)
          .filter(Transaction::isAuthorized)
          .ifPresent(
              payment -> {
                reverse(acct, payment.id());
                done.add("the payment " + payment.id() + " is reversed");
              });
    }
    return done;
  }

  private String authorized(String acct) {
    Transaction payment = braintree.authorize(acct, order(acct));
    if (!payment.isAuthorized()) {
      throw new UnmetRequirement(
          "payment.declined",
          PaymentGatewayCredentialTest.SYSTEM,
          SetUpGateway.ELEMENT,
          "Braintree's sandbox did not authorise a payment on %s: %s (%s)."
              .formatted(acct, payment.status(), payment.id()),
          "See in its console why the merchant account takes no payment; then retry.");
    }
    return payment.id();
  }

  /** A reversal whose answer was lost has been done. */
  private void reverse(String acct, String id) {
    JsonApi.ensure(
        () ->
            braintree.transactions(order(acct)).stream()
                .filter(each -> each.id().equals(id) && each.isVoided())
                .findFirst(),
        () -> braintree.reverse(id));
  }

  private Optional<Transaction> held(String acct) {
    return braintree.transactions(order(acct)).stream()
        .filter(each -> each.isAuthorized() || each.isVoided())
        .findFirst();
  }

  private List<String> accounts() {
    return work.element(SetUpGateway.ELEMENT)
        .path("accounts")
        .valueStream()
        .map((JsonNode each) -> each.path("acct").asText())
        .toList();
  }

  /** With other keys it may be another merchant. */
  private String name(String acct) {
    return account.version() + ":" + acct;
  }

  private String order(String acct) {
    return "slipway-" + work.onboarding() + "-" + acct;
  }
}
