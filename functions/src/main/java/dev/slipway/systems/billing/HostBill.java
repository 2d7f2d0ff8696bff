package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * HostBill's admin API: one address, {@code admin/api.php}, a form with {@code api_id}, {@code
 * api_key} and {@code call}, and JSON back with {@code success}, and {@code error} as a list of
 * texts. Calls, parameters and answers are those of the vendor's documentation
 * (api2.hostbillapp.com); the words of errors, and the list of {@code getClientOrders}, are
 * unverified. An answer that is not clearly a yes or a no is not understood.
 *
 * <p>A customer cannot be closed by a documented call: closed is one all of whose accounts are
 * terminated. A new customer has the installation's main currency.
 */
public final class HostBill implements BillingSystem, TestCustomers {

  private static final String SYSTEM = "billing";
  private static final String PATH = "admin/api.php";
  private static final String ASKED = "getHostBillversion";
  private static final String TERMINATED = "Terminated";

  private final JsonApi api;

  /**
   * A client of one installation.
   *
   * @param url the installation's address, with its path
   */
  public HostBill(HttpPort http, URI url, String id, String key) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.CUSTOMER, url)
            .with(call -> call.form(Map.of("api_id", id, "api_key", key)))
            .redacting(id, key)
            .withErrors(HostBill::refused);
  }

  @Override
  public String name() {
    return "HostBill";
  }

  @Override
  public Contact contact() {
    HttpAnswer answer = ask(ASKED, Map.of());
    JsonNode tree = answer.json();
    if (tree.path("version").asText("").isBlank()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD, "The answer names no version; it may not be HostBill.");
    }
    String said = answer.call().redactor().answer(tree.toString());
    return new Contact(api.against(), ASKED, said, List.of());
  }

  @Override
  public Optional<TestCustomers> testCustomers() {
    return Optional.of(this);
  }

  @Override
  public boolean hasProduct(String product) {
    return absent(() -> read("getProductDetails", Map.of("id", product))).isPresent();
  }

  @Override
  public Optional<String> customer(String email) {
    // The filter finds parts: only the whole address counts.
    for (JsonNode client : read("getClients", Map.of("filter[email]", email)).path("clients")) {
      if (client.path("email").asText().equalsIgnoreCase(email)) {
        return Optional.of(client.path("id").asText());
      }
    }
    return Optional.empty();
  }

  @Override
  public void addCustomer(String email, String currency, String password) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("email", email);
    fields.put("password", password);
    fields.put("password2", password);
    fields.put("firstname", "Slipway");
    fields.put("lastname", "Dry run");
    write(api.redacting(password), "addClient", fields);
  }

  @Override
  public Optional<Order> order(String customer) {
    for (JsonNode listed : read("getClientOrders", Map.of("id", customer)).path("orders")) {
      JsonNode order =
          read("getOrderDetails", Map.of("id", listed.path("id").asText())).path("details");
      if (order.path("client_id").asText().equals(customer)) {
        return Optional.of(
            new Order(
                order.path("id").asText(),
                Optional.of(order.path("invoice_id").asText("0"))
                    .filter(invoice -> !invoice.isEmpty() && !invoice.equals("0")),
                order.path("status").asText().equals("Pending")));
      }
    }
    return Optional.empty();
  }

  @Override
  public void addOrder(String customer, String product, String paymentMethod) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("client_id", customer);
    fields.put("product", product);
    fields.put("cycle", "m");
    fields.put("confirm", "0");
    fields.put("invoice_generate", "1");
    fields.put("invoice_info", "0");
    fields.put("module", paymentMethod);
    write("addOrder", fields);
  }

  @Override
  public void acceptOrder(String order) {
    String customer =
        read("getOrderDetails", Map.of("id", order)).path("details").path("client_id").asText();
    // The account first: an order that is still pending is looked at again after a crash.
    service(customer)
        .filter(service -> service.status().equals("Pending"))
        .ifPresent(service -> write("accountCreate", Map.of("id", service.id())));
    write("setOrderActive", Map.of("id", order));
  }

  @Override
  public Optional<Service> service(String customer) {
    for (JsonNode account : accounts(customer)) {
      return Optional.of(new Service(account.path("id").asText(), account.path("status").asText()));
    }
    return Optional.empty();
  }

  private List<JsonNode> accounts(String customer) {
    List<JsonNode> accounts = new ArrayList<>();
    read("getClientAccounts", Map.of("id", customer)).path("accounts").forEach(accounts::add);
    return accounts;
  }

  @Override
  public Invoice invoice(String invoice) {
    JsonNode found = read("getInvoiceDetails", Map.of("id", invoice)).path("invoice");
    String total = found.path("total").asText();
    if (!total.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
      // The answer is not quoted: it holds the customer, too.
      throw new SystemTrouble(
          SYSTEM,
          Kind.NOT_UNDERSTOOD,
          "The invoice " + invoice + " names no total.",
          "getInvoiceDetails",
          api.against(),
          "");
    }
    return new Invoice(
        invoice, new BigDecimal(total), found.path("status").asText().equals("Paid"));
  }

  /** The invoice is a test customer's, which nobody else pays. */
  @Override
  public boolean hasPayment(String invoice, String transaction) {
    return invoice(invoice).paid();
  }

  @Override
  public void pay(String invoice, String transaction, String paymentMethod, String at) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("id", invoice);
    fields.put("amount", invoice(invoice).total().toPlainString());
    fields.put("paymentmodule", paymentMethod);
    fields.put("fee", "0");
    fields.put("date", at);
    fields.put("transnumber", transaction);
    write("addInvoicePayment", fields);
  }

  @Override
  public void suspend(String service) {
    write("accountSuspend", Map.of("id", service));
  }

  @Override
  public void close(String customer) {
    for (JsonNode account : accounts(customer)) {
      if (!account.path("status").asText().equals(TERMINATED)) {
        write("accountTerminate", Map.of("id", account.path("id").asText()));
      }
    }
  }

  @Override
  public boolean isClosed(String email) {
    return customer(email)
        .map(
            customer ->
                accounts(customer).stream()
                    .allMatch(account -> account.path("status").asText().equals(TERMINATED)))
        .orElse(false);
  }

  private static Optional<JsonNode> absent(java.util.function.Supplier<JsonNode> look) {
    try {
      return Optional.of(look.get());
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_FOUND || trouble.kind() == Kind.REJECTED) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private JsonNode read(String name, Map<String, String> fields) {
    return ask(name, fields).json();
  }

  private HttpAnswer ask(String name, Map<String, String> fields) {
    return api.ask(name, PATH, of(name, fields));
  }

  private void write(String name, Map<String, String> fields) {
    write(api, name, fields);
  }

  private static void write(JsonApi api, String name, Map<String, String> fields) {
    api.post(name, PATH, of(name, fields));
  }

  private static Map<String, String> of(String name, Map<String, String> fields) {
    Map<String, String> form = new TreeMap<>(fields);
    form.put("call", name);
    return form;
  }

  private static void refused(HttpAnswer answer) {
    if (!answer.isSuccess() || answer.json().path("success").asBoolean(false)) {
      return;
    }
    String name = answer.call().asked();
    JsonNode error = answer.json().path("error");
    if (!error.isArray() && !error.isTextual()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          "HostBill answered " + name + " neither with success nor with an error that is known.");
    }
    String errors = answer.call().redactor().answer(error.toString());
    Kind kind = kind(errors.toLowerCase(Locale.ROOT));
    throw answer.trouble(
        kind,
        switch (kind) {
          case AUTHENTICATION_FAILED -> "HostBill does not accept the credential: " + errors;
          case NOT_PERMITTED ->
              "HostBill does not let the credential call "
                  + name
                  + " (see API Access, enabled functions and allowed addresses): "
                  + errors;
          default -> "HostBill did not carry out " + name + ": " + errors;
        });
  }

  private static Kind kind(String errors) {
    if (errors.contains("api") && (errors.contains("wrong") || errors.contains("invalid"))) {
      return Kind.AUTHENTICATION_FAILED;
    }
    if (errors.contains("permission")
        || errors.contains("not allowed")
        || errors.contains("access")) {
      return Kind.NOT_PERMITTED;
    }
    return errors.contains("not found") || errors.contains("not exist")
        ? Kind.NOT_FOUND
        : Kind.REJECTED;
  }
}
