package dev.slipway.systems.billing;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A test customer's life in a billing system. Each thing made has a natural key, by which it is
 * looked up before it is made: the customer the address, the order the customer, the payment the
 * transaction's id, or the invoice where nobody else pays it.
 */
public interface TestCustomers {

  /** Whether a product is on sale. */
  boolean hasProduct(String product);

  /** A customer's id by the address. */
  Optional<String> customer(String email);

  /**
   * Makes a customer, without any e-mail being sent.
   *
   * @param currency ISO 4217
   * @param password for the customer's login; secret, and never kept
   */
  void addCustomer(String email, String currency, String password);

  /** A customer's first order. */
  Optional<Order> order(String customer);

  /** Orders a product for a customer, which makes an invoice. */
  void addOrder(String customer, String product, String paymentMethod);

  /** Accepts an order, which has the product set up on the platform. */
  void acceptOrder(String order);

  /** The service that an order brought, by the customer. */
  Optional<Service> service(String customer);

  /** An invoice with its amount and state. */
  Invoice invoice(String invoice);

  /** Whether a payment of an invoice with this transaction's id is recorded. */
  boolean hasPayment(String invoice, String transaction);

  /** Records a payment of the whole invoice. */
  void pay(String invoice, String transaction, String paymentMethod, String at);

  /** Has the platform suspend a service. */
  void suspend(String service);

  /** Closes a customer: invoices are cancelled, services ended, nothing is deleted. */
  void close(String customer);

  /** Whether a customer is closed. */
  boolean isClosed(String email);

  /**
   * An order.
   *
   * @param invoice its invoice; empty if there is none
   * @param pending whether it waits to be accepted
   */
  record Order(String id, Optional<String> invoice, boolean pending) {}

  /**
   * A service.
   *
   * @param status in the system's word, such as {@code Active}
   */
  record Service(String id, String status) {}

  /**
   * An invoice.
   *
   * @param paid whether nothing is left to pay
   */
  record Invoice(String id, BigDecimal total, boolean paid) {}
}
