package dev.slipway.systems.billing;

import dev.slipway.systems.net.SystemTrouble;
import java.util.List;
import java.util.Optional;

/** An external billing system, as far as a machine may speak to it. */
public interface BillingSystem {

  /** The system's own name, such as {@code WHMCS}. */
  String name();

  /**
   * The cheapest call that needs the credential and changes nothing.
   *
   * @throws SystemTrouble when the credential is not accepted, or the answer is not understood
   */
  Contact contact();

  /** A test customer's life in this system; empty if a person has to lead it. */
  Optional<TestCustomers> testCustomers();

  /**
   * What a billing system answered.
   *
   * @param against scheme and host
   * @param probe what was asked
   * @param answer what it said of itself, such as its version
   * @param currencies the currencies that it bills in; empty when not reported
   */
  record Contact(String against, String probe, String answer, List<String> currencies) {

    public Contact {
      currencies = List.copyOf(currencies);
    }
  }
}
