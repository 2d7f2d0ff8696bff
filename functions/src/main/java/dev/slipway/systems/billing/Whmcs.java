package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
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
 * WHMCS: one address, {@code includes/api.php}, a form with identifier and secret, the action's
 * name, and JSON back, where an error is {@code "result":"error"} whatever the HTTP status. HTTP
 * 403 stands for a wrong credential, an address that is not allow-listed, and a permission that the
 * role lacks; only the words tell them apart (the words of the first and the last are unverified).
 */
public final class Whmcs implements BillingSystem, TestCustomers {

  private static final String PATH = "includes/api.php";

  private final JsonApi api;

  /**
   * Slipway's login to WHMCS.
   *
   * @param accessKey a key that WHMCS's configuration may ask for besides, instead of an
   *     allow-listed address
   */
  public record Login(String identifier, String secret, Optional<String> accessKey) {

    @Override
    public String toString() {
      return "Login[" + identifier + "]";
    }
  }

  /**
   * A client of one installation.
   *
   * @param url the installation's address, with its path
   */
  public Whmcs(HttpPort http, URI url, Login login) {
    Map<String, String> fields = new TreeMap<>(Map.of("responsetype", "json"));
    fields.put("identifier", login.identifier());
    fields.put("secret", login.secret());
    login.accessKey().ifPresent(key -> fields.put("accesskey", key));
    this.api =
        new JsonApi(http, "billing", Destination.CUSTOMER, url)
            .with(call -> call.form(fields))
            .redacting(login.secret(), login.accessKey().orElse(""))
            .withErrors(Whmcs::refused);
  }

  @Override
  public String name() {
    return "WHMCS";
  }

  @Override
  public Contact contact() {
    HttpAnswer details = ask("WhmcsDetails", Map.of());
    String version = details.json().path("whmcs").path("version").asText("");
    if (version.isEmpty()) {
      throw details.trouble(
          Kind.NOT_UNDERSTOOD, "The answer names no version; it may not be WHMCS 8 or newer.");
    }
    List<String> codes = new ArrayList<>();
    items(read("GetCurrencies", Map.of()), "currencies", "currency")
        .forEach(currency -> codes.add(currency.path("code").asText()));
    return new Contact(
        api.against(),
        "WhmcsDetails, GetCurrencies",
        "version " + version + ", bills in " + codes,
        codes);
  }

  @Override
  public Optional<TestCustomers> testCustomers() {
    return Optional.of(this);
  }

  @Override
  public boolean hasProduct(String product) {
    return items(read("GetProducts", Map.of("pid", product)), "products", "product").stream()
        .anyMatch(item -> item.path("pid").asText().equals(product));
  }

  @Override
  public Optional<String> customer(String email) {
    return client(email).map(client -> client.path("id").asText());
  }

  @Override
  public boolean isClosed(String email) {
    return client(email)
        .map(client -> client.path("status").asText().equals("Closed"))
        .orElse(false);
  }

  /** The search takes beginnings: only the whole address counts. */
  private Optional<JsonNode> client(String email) {
    return items(
            read("GetClients", Map.of("search", email, "limitnum", "100")), "clients", "client")
        .stream()
        .filter(client -> client.path("email").asText().equalsIgnoreCase(email))
        .findFirst();
  }

  @Override
  public void addCustomer(String email, String currency, String password) {
    String id =
        items(read("GetCurrencies", Map.of()), "currencies", "currency").stream()
            .filter(each -> each.path("code").asText().equals(currency))
            .map(each -> each.path("id").asText())
            .findFirst()
            .orElseThrow();
    Map<String, String> fields = new TreeMap<>();
    fields.put("firstname", "Slipway");
    fields.put("lastname", "Dry run");
    fields.put("email", email);
    fields.put("password2", password);
    fields.put("currency", id);
    fields.put("notes", "Test customer of an onboarding; may be deleted once it is closed.");
    fields.put("noemail", "true");
    fields.put("skipvalidation", "true");
    write(api.redacting(password), "AddClient", fields);
  }

  @Override
  public Optional<Order> order(String customer) {
    return items(read("GetOrders", Map.of("userid", customer)), "orders", "order").stream()
        .filter(order -> order.path("userid").asText().equals(customer))
        .findFirst()
        .map(
            order ->
                new Order(
                    order.path("id").asText(),
                    Optional.of(order.path("invoiceid").asText("0"))
                        .filter(id -> !id.isEmpty() && !id.equals("0")),
                    order.path("status").asText().equals("Pending")));
  }

  @Override
  public void addOrder(String customer, String product, String paymentMethod) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("clientid", customer);
    fields.put("pid[0]", product);
    fields.put("paymentmethod", paymentMethod);
    fields.put("noemail", "true");
    fields.put("noinvoiceemail", "true");
    write(api, "AddOrder", fields);
  }

  @Override
  public void acceptOrder(String order) {
    write(api, "AcceptOrder", Map.of("orderid", order, "autosetup", "true", "sendemail", "false"));
  }

  @Override
  public Optional<Service> service(String customer) {
    return items(read("GetClientsProducts", Map.of("clientid", customer)), "products", "product")
        .stream()
        .findFirst()
        .map(service -> new Service(service.path("id").asText(), service.path("status").asText()));
  }

  @Override
  public Invoice invoice(String invoice) {
    HttpAnswer found = ask("GetInvoice", Map.of("invoiceid", invoice));
    JsonNode answer = found.json();
    String total = answer.path("total").asText();
    if (!total.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
      throw found.trouble(Kind.NOT_UNDERSTOOD, "The invoice " + invoice + " names no total.");
    }
    return new Invoice(
        invoice, new BigDecimal(total), answer.path("status").asText().equals("Paid"));
  }

  @Override
  public boolean hasPayment(String invoice, String transaction) {
    return items(
            read("GetTransactions", Map.of("transid", transaction)), "transactions", "transaction")
        .stream()
        .anyMatch(each -> each.path("transid").asText().equals(transaction));
  }

  @Override
  public void pay(String invoice, String transaction, String paymentMethod, String at) {
    write(
        api,
        "AddInvoicePayment",
        Map.of(
            "invoiceid",
            invoice,
            "transid",
            transaction,
            "gateway",
            paymentMethod,
            "date",
            at,
            "noemail",
            "true"));
  }

  @Override
  public void suspend(String service) {
    write(
        api,
        "ModuleSuspend",
        Map.of("serviceid", service, "suspendreason", "Dry run of the onboarding"));
  }

  @Override
  public void close(String customer) {
    write(api, "CloseClient", Map.of("clientid", customer));
  }

  private JsonNode read(String action, Map<String, String> fields) {
    return ask(action, fields).json();
  }

  private HttpAnswer ask(String action, Map<String, String> fields) {
    return api.ask(action, PATH, of(action, fields));
  }

  private static void write(JsonApi api, String action, Map<String, String> fields) {
    api.post(action, PATH, of(action, fields));
  }

  private static Map<String, String> of(String action, Map<String, String> fields) {
    Map<String, String> form = new TreeMap<>(fields);
    form.put("action", action);
    return form;
  }

  private static void refused(HttpAnswer answer) {
    boolean success = answer.isSuccess();
    if (!success && answer.status() != 401 && answer.status() != 403) {
      return;
    }
    String action = answer.call().asked();
    JsonNode tree = answer.json();
    String result = tree.path("result").asText("");
    if (success && result.equals("success")) {
      return;
    }
    if (!result.equals("error")) {
      throw success
          ? answer.trouble(
              Kind.NOT_UNDERSTOOD,
              answer.call().against()
                  + " answered "
                  + action
                  + " without a result; it may not be WHMCS.")
          : answer.statusTrouble();
    }
    String message = answer.call().redactor().answer(tree.path("message").asText(""));
    Kind kind = kind(message.toLowerCase(Locale.ROOT), answer.status());
    throw answer.trouble(kind, words(kind, action, message));
  }

  private static Kind kind(String message, int status) {
    if (message.contains("invalid ip") || message.contains("permission")) {
      return Kind.NOT_PERMITTED;
    }
    if (message.contains("authentication") || status == 401 || status == 403) {
      return Kind.AUTHENTICATION_FAILED;
    }
    return message.contains("not found") ? Kind.NOT_FOUND : Kind.REJECTED;
  }

  private static String words(Kind kind, String action, String message) {
    if (message.toLowerCase(Locale.ROOT).contains("invalid ip")) {
      return "WHMCS does not let Slipway's address in ("
          + message
          + "): allow-list it under Security, API IP Access Restriction, or store an accessKey.";
    }
    return switch (kind) {
      case NOT_PERMITTED -> "The role of the WHMCS credential may not " + action + ": " + message;
      case AUTHENTICATION_FAILED -> "WHMCS does not accept the credential: " + message;
      default -> "WHMCS did not carry out " + action + ": " + message;
    };
  }

  /** An empty list comes as an empty text or array instead of the object. */
  private static List<JsonNode> items(JsonNode answer, String outer, String inner) {
    List<JsonNode> items = new ArrayList<>();
    answer.path(outer).path(inner).forEach(items::add);
    // The documentation shows lists of some actions flattened into names with indexes.
    boolean flattened = items.isEmpty();
    for (int i = 0; flattened && answer.has(outer + "[" + inner + "][" + i + "][id]"); i++) {
      String prefix = outer + "[" + inner + "][" + i + "]";
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      answer
          .properties()
          .forEach(
              field -> {
                if (field.getKey().startsWith(prefix + "[")) {
                  String name = field.getKey().substring(prefix.length() + 1);
                  item.set(name.substring(0, name.length() - 1), field.getValue());
                }
              });
      items.add(item);
    }
    return items;
  }
}
