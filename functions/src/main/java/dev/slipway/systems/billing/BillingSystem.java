package dev.slipway.systems.billing;

import dev.slipway.systems.net.SystemTrouble;
import java.math.BigDecimal;
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
   * The traces of a person's dry run in this system, only read.
   *
   * @param email the test customer's address
   * @return empty if no documented API tells
   */
  default Optional<Traces> traces(String email) {
    return Optional.empty();
  }

  /**
   * The traces of a dry run.
   *
   * @param customers the ids of the customers with the address
   * @param open what of theirs is still under way, each with its state
   * @param paid what they paid, in the currency's usual unit
   * @param currencies in which they were invoiced, ISO 4217
   * @param left everything that was found, each with its state
   */
  record Traces(
      String against,
      String probe,
      List<String> customers,
      List<String> open,
      BigDecimal paid,
      List<String> currencies,
      List<String> left) {

    public Traces {
      customers = List.copyOf(customers);
      open = List.copyOf(open);
      currencies = List.copyOf(currencies);
      left = List.copyOf(left);
    }
  }

  /**
   * The answer of a billing system.
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
