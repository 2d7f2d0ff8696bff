package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Consumer;

/** The API's actions, and what the connector makes of them on the platform. */
final class WhmcsActions {

  /** The answer of an action, besides its result. */
  interface Action {
    ObjectNode perform(RestCall call);
  }

  private final World world;
  private final Records products;
  private final Records clients;
  private final Records orders;
  private final Records services;
  private final Records invoices;
  private final Records transactions;

  WhmcsActions(World world) {
    this.world = world;
    this.products = new Records(world, Whmcs.SYSTEM, "products");
    this.clients = new Records(world, Whmcs.SYSTEM, "clients", "email");
    this.orders = new Records(world, Whmcs.SYSTEM, "orders");
    this.services = new Records(world, Whmcs.SYSTEM, "services");
    this.invoices = new Records(world, Whmcs.SYSTEM, "invoices");
    this.transactions = new Records(world, Whmcs.SYSTEM, "transactions");
  }

  Map<String, Action> actions() {
    Records currencies = new Records(world, Whmcs.SYSTEM, "currencies");
    return Map.ofEntries(
        Map.entry("WhmcsDetails", this::details),
        Map.entry("GetCurrencies", call -> listed("currencies", "currency", all(currencies))),
        Map.entry(
            "GetProducts", call -> listed("products", "product", having(products, "pid", call))),
        Map.entry("GetClients", this::clients),
        Map.entry("AddClient", this::addClient),
        Map.entry("GetOrders", call -> listed("orders", "order", having(orders, "userid", call))),
        Map.entry("AddOrder", this::addOrder),
        Map.entry("AcceptOrder", this::acceptOrder),
        Map.entry(
            "GetClientsProducts",
            call -> listed("products", "product", having(services, "clientid", call))),
        Map.entry("GetInvoice", this::invoice),
        Map.entry(
            "GetTransactions",
            call -> listed("transactions", "transaction", having(transactions, "transid", call))),
        Map.entry("AddInvoicePayment", this::pay),
        Map.entry("ModuleSuspend", this::suspend),
        Map.entry("CloseClient", this::close));
  }

  private ObjectNode details(RestCall call) {
    String version = world.read(Whmcs.SYSTEM, part -> part.path("version").asText());
    ObjectNode answer = Json.object();
    answer
        .putObject("whmcs")
        .put("version", version)
        .put("canonicalversion", version + "-release.1");
    return answer;
  }

  /** The search takes beginnings. */
  private ObjectNode clients(RestCall call) {
    ArrayNode found = Json.array();
    all(clients)
        .valueStream()
        .filter(client -> client.path("email").asText().startsWith(call.parameter("search")))
        .forEach(found::add);
    return listed("clients", "client", found);
  }

  private ObjectNode addClient(RestCall call) {
    String email = required(call, "email", "You did not enter your email address");
    required(call, "password2", "You did not enter a password");
    return clients
        .add(
            Json.object()
                .put("firstname", call.parameter("firstname"))
                .put("lastname", call.parameter("lastname"))
                .put("email", email)
                .put("status", "Active"))
        .map(client -> Json.object().put("clientid", client.path("id").asText()))
        .orElseThrow(() -> Whmcs.refusal("A user already exists with that email address"));
  }

  private ObjectNode addOrder(RestCall call) {
    String nothing = "No items added to cart so order cannot proceed";
    required(call, "paymentmethod", "Invalid Payment Method. Valid options include banktransfer");
    String product = required(call, "pid[0]", nothing);
    String client = client(call).path("id").asText();
    if (client(call).path("status").asText().equals("Closed")) {
      throw Whmcs.refusal("Unable to add order when client status is Closed");
    }
    ArrayNode wanted = products.where("pid", product);
    if (wanted.isEmpty()) {
      throw Whmcs.refusal(nothing);
    }
    String price = wanted.path(0).path("price").asText();
    String invoice =
        id(
            invoices,
            Json.object().put("userid", client).put("total", price).put("status", "Unpaid"));
    String order =
        id(
            orders,
            Json.object()
                .put("userid", client)
                .put("invoiceid", invoice)
                .put("amount", price)
                .put("status", "Pending"));
    String service =
        id(
            services,
            Json.object()
                .put("clientid", client)
                .put("orderid", order)
                .put("pid", product)
                .put("status", "Pending"));
    return Json.object().put("orderid", order).put("serviceids", service).put("invoiceid", invoice);
  }

  private ObjectNode acceptOrder(RestCall call) {
    String missing = "Order ID not found or Status not Pending";
    JsonNode order = known(orders, call, "orderid", missing);
    if (!order.path("status").asText().equals("Pending")) {
      throw Whmcs.refusal(missing);
    }
    status(orders, order, "Active");
    for (JsonNode service : services.where("orderid", order.path("id").asText())) {
      status(services, service, "Active");
    }
    return connected(order.path("userid"), email -> BillingAccounts.open(world, email));
  }

  private ObjectNode invoice(RestCall call) {
    ObjectNode invoice = (ObjectNode) known(invoices, call, "invoiceid", "Invoice ID Not Found");
    boolean paid = invoice.path("status").asText().equals("Paid");
    return invoice
        .put("invoiceid", invoice.path("id").asText())
        .put("balance", paid ? "0.00" : invoice.path("total").asText());
  }

  /** The transaction's id is not checked to be unique: a caller who repeats himself pays twice. */
  private ObjectNode pay(RestCall call) {
    String transaction = required(call, "transid", "Transaction ID is required");
    JsonNode invoice = known(invoices, call, "invoiceid", "Invoice ID Not Found");
    if (invoice.path("status").asText().equals("Cancelled")) {
      throw Whmcs.refusal("It is not possible to add a payment to an invoice that is Cancelled");
    }
    status(invoices, invoice, "Paid");
    id(
        transactions,
        Json.object()
            .put("userid", invoice.path("userid").asText())
            .put("amountin", invoice.path("total").asText())
            .put("transid", transaction)
            .put("invoiceid", invoice.path("id").asText()));
    BigDecimal amount = new BigDecimal(invoice.path("total").asText());
    return connected(invoice.path("userid"), email -> BillingAccounts.book(world, email, amount));
  }

  private ObjectNode suspend(RestCall call) {
    JsonNode service = known(services, call, "serviceid", "Service ID not found");
    status(services, service, "Suspended");
    return connected(service.path("clientid"), email -> BillingAccounts.suspend(world, email));
  }

  private ObjectNode close(RestCall call) {
    JsonNode client = client(call);
    String id = client.path("id").asText();
    status(clients, client, "Closed");
    services.where("clientid", id).forEach(service -> status(services, service, "Cancelled"));
    for (JsonNode invoice : invoices.where("userid", id)) {
      if (invoice.path("status").asText().equals("Unpaid")) {
        status(invoices, invoice, "Cancelled");
      }
    }
    return Json.object().put("clientid", id);
  }

  private ObjectNode connected(JsonNode client, Consumer<String> connector) {
    if (BillingAccounts.connected(world)) {
      connector.accept(clients.byId(client.asText()).orElseThrow().path("email").asText());
    }
    return Json.object();
  }

  private JsonNode client(RestCall call) {
    return known(clients, call, "clientid", "Client ID Not Found");
  }

  private static JsonNode known(Records records, RestCall call, String parameter, String missing) {
    return records.byId(call.parameter(parameter)).orElseThrow(() -> Whmcs.refusal(missing));
  }

  private static void status(Records records, JsonNode record, String status) {
    records.patch(record.path("id").asText(), Json.object().put("status", status));
  }

  private static String id(Records records, ObjectNode record) {
    return records.add(record).orElseThrow().path("id").asText();
  }

  private static ArrayNode all(Records records) {
    return records.where("", "");
  }

  /** Those that have the parameter's value in the field of its name; all, if it is not given. */
  private static ArrayNode having(Records records, String field, RestCall call) {
    return records.where(field, call.parameter(field));
  }

  private static ObjectNode listed(String name, String item, ArrayNode found) {
    ObjectNode answer =
        Json.object()
            .put("totalresults", found.size())
            .put("startnumber", 0)
            .put("numreturned", found.size());
    if (found.isEmpty()) {
      // As PHP has it: nothing is an empty text, not an empty object.
      return answer.put(name, "");
    }
    answer.putObject(name).set(item, found);
    return answer;
  }

  private static String required(RestCall call, String name, String missing) {
    String value = call.parameter(name);
    if (value.isEmpty()) {
      throw Whmcs.refusal(missing);
    }
    return value;
  }
}
