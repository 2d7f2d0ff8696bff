package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The API's actions, and what the connector makes of them on the platform. */
final class WhmcsActions {

  /** What an action answers, besides its result. */
  interface Action {
    ObjectNode perform(Map<String, String> form);
  }

  private final World world;

  WhmcsActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    return Map.ofEntries(
        Map.entry("WhmcsDetails", this::details),
        Map.entry("GetCurrencies", form -> list("currencies", "currency", all -> true)),
        Map.entry("GetProducts", this::products),
        Map.entry("GetClients", this::clients),
        Map.entry("AddClient", this::addClient),
        Map.entry("GetOrders", form -> list("orders", "order", is("userid", form, "userid"))),
        Map.entry("AddOrder", this::addOrder),
        Map.entry("AcceptOrder", this::acceptOrder),
        Map.entry(
            "GetClientsProducts",
            form -> list("services", "products", "product", is("clientid", form, "clientid"))),
        Map.entry("GetInvoice", this::invoice),
        Map.entry(
            "GetTransactions",
            form -> list("transactions", "transaction", is("transid", form, "transid"))),
        Map.entry("AddInvoicePayment", this::pay),
        Map.entry("ModuleSuspend", this::suspend),
        Map.entry("CloseClient", this::close));
  }

  private ObjectNode details(Map<String, String> form) {
    String version = world.read(Whmcs.SYSTEM, part -> part.path("version").asText());
    ObjectNode answer = Json.object();
    answer
        .putObject("whmcs")
        .put("version", version)
        .put("canonicalversion", version + "-release.1");
    return answer;
  }

  private ObjectNode products(Map<String, String> form) {
    String wanted = form.getOrDefault("pid", "");
    return world.read(
        Whmcs.SYSTEM,
        part -> {
          ArrayNode found = Json.array();
          part.path("products")
              .properties()
              .forEach(
                  each -> {
                    if (wanted.isEmpty() || each.getKey().equals(wanted)) {
                      found
                          .addObject()
                          .put("pid", Integer.parseInt(each.getKey()))
                          .put("name", each.getValue().path("name").asText());
                    }
                  });
          return listed("products", "product", found);
        });
  }

  private ObjectNode clients(Map<String, String> form) {
    String search = form.getOrDefault("search", "");
    return list("clients", "client", client -> client.path("email").asText().startsWith(search));
  }

  private ObjectNode addClient(Map<String, String> form) {
    String email = required(form, "email", "You did not enter your email address");
    required(form, "password2", "You did not enter a password");
    return world.change(
        Whmcs.SYSTEM,
        part -> {
          if (find(part, "clients", each -> each.path("email").asText().equals(email))
              .isPresent()) {
            throw WhmcsException.of("A user already exists with that email address");
          }
          int id = nextId(part);
          part.withArrayProperty("clients")
              .addObject()
              .put("id", id)
              .put("firstname", form.getOrDefault("firstname", ""))
              .put("lastname", form.getOrDefault("lastname", ""))
              .put("email", email)
              .put("status", "Active");
          return Json.object().put("clientid", id);
        });
  }

  private ObjectNode addOrder(Map<String, String> form) {
    String client = required(form, "clientid", "Client ID Not Found");
    required(form, "paymentmethod", "Invalid Payment Method. Valid options include banktransfer");
    String product = required(form, "pid[0]", "No items added to cart so order cannot proceed");
    return world.change(
        Whmcs.SYSTEM,
        part -> {
          if (!part.path("products").has(product)) {
            throw WhmcsException.of("No items added to cart so order cannot proceed");
          }
          ObjectNode owner = byId(part, "clients", client, "Client ID Not Found");
          if (owner.path("status").asText().equals("Closed")) {
            throw WhmcsException.of("Unable to add order when client status is Closed");
          }
          String price = part.path("products").path(product).path("price").asText();
          int order = nextId(part);
          int invoice = nextId(part);
          int service = nextId(part);
          int userid = owner.path("id").asInt();
          part.withArrayProperty("invoices")
              .addObject()
              .put("id", invoice)
              .put("userid", userid)
              .put("total", price)
              .put("status", "Unpaid");
          part.withArrayProperty("orders")
              .addObject()
              .put("id", order)
              .put("userid", userid)
              .put("invoiceid", invoice)
              .put("amount", price)
              .put("status", "Pending");
          part.withArrayProperty("services")
              .addObject()
              .put("id", service)
              .put("clientid", userid)
              .put("orderid", order)
              .put("pid", product)
              .put("status", "Pending");
          return Json.object()
              .put("orderid", order)
              .put("serviceids", Integer.toString(service))
              .put("invoiceid", invoice);
        });
  }

  private ObjectNode acceptOrder(Map<String, String> form) {
    String email =
        world.change(
            Whmcs.SYSTEM,
            part -> {
              String missing = "Order ID not found or Status not Pending";
              ObjectNode order = byId(part, "orders", form.get("orderid"), missing);
              if (!order.path("status").asText().equals("Pending")) {
                throw WhmcsException.of(missing);
              }
              order.put("status", "Active");
              service(part, "orderid", order.path("id").asText()).put("status", "Active");
              return emailOf(part, order.path("userid").asText());
            });
    if (BillingAccounts.connected(world)) {
      BillingAccounts.open(world, email);
    }
    return Json.object();
  }

  private ObjectNode invoice(Map<String, String> form) {
    return world.read(
        Whmcs.SYSTEM,
        part -> {
          ObjectNode invoice =
              byId(part, "invoices", form.get("invoiceid"), "Invoice ID Not Found").deepCopy();
          boolean paid = invoice.path("status").asText().equals("Paid");
          return invoice
              .put("invoiceid", invoice.path("id").asInt())
              .put("balance", paid ? "0.00" : invoice.path("total").asText());
        });
  }

  /** The transaction's id is not checked to be unique: a caller who repeats himself pays twice. */
  private ObjectNode pay(Map<String, String> form) {
    String transaction = required(form, "transid", "Transaction ID is required");
    record Paid(String email, BigDecimal amount) {}
    Paid paid =
        world.change(
            Whmcs.SYSTEM,
            part -> {
              ObjectNode invoice =
                  byId(part, "invoices", form.get("invoiceid"), "Invoice ID Not Found");
              if (invoice.path("status").asText().equals("Cancelled")) {
                throw WhmcsException.of(
                    "It is not possible to add a payment to an invoice that is Cancelled");
              }
              invoice.put("status", "Paid");
              part.withArrayProperty("transactions")
                  .addObject()
                  .put("id", nextId(part))
                  .put("userid", invoice.path("userid").asInt())
                  .put("amountin", invoice.path("total").asText())
                  .put("transid", transaction)
                  .put("invoiceid", invoice.path("id").asInt());
              return new Paid(
                  emailOf(part, invoice.path("userid").asText()),
                  new BigDecimal(invoice.path("total").asText()));
            });
    if (BillingAccounts.connected(world)) {
      BillingAccounts.book(world, paid.email(), paid.amount());
    }
    return Json.object();
  }

  private ObjectNode suspend(Map<String, String> form) {
    String email =
        world.change(
            Whmcs.SYSTEM,
            part -> {
              ObjectNode service =
                  byId(part, "services", form.get("serviceid"), "Service ID not found");
              service.put("status", "Suspended");
              return emailOf(part, service.path("clientid").asText());
            });
    if (BillingAccounts.connected(world)) {
      BillingAccounts.suspend(world, email);
    }
    return Json.object();
  }

  private ObjectNode close(Map<String, String> form) {
    world.edit(
        Whmcs.SYSTEM,
        part -> {
          ObjectNode client = byId(part, "clients", form.get("clientid"), "Client ID Not Found");
          client.put("status", "Closed");
          service(part, "clientid", client.path("id").asText()).put("status", "Cancelled");
          for (JsonNode invoice : part.path("invoices")) {
            if (invoice.path("userid").equals(client.path("id"))
                && invoice.path("status").asText().equals("Unpaid")) {
              ((ObjectNode) invoice).put("status", "Cancelled");
            }
          }
        });
    return Json.object().put("clientid", form.get("clientid"));
  }

  private ObjectNode list(String table, String item, Predicate<JsonNode> filter) {
    return list(table, table, item, filter);
  }

  private ObjectNode list(String table, String name, String item, Predicate<JsonNode> filter) {
    return world.read(
        Whmcs.SYSTEM,
        part -> {
          ArrayNode found = Json.array();
          for (JsonNode each : part.path(table)) {
            if (filter.test(each)) {
              found.add(each.deepCopy());
            }
          }
          return listed(name, item, found);
        });
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

  private static Predicate<JsonNode> is(String field, Map<String, String> form, String parameter) {
    return each ->
        !form.containsKey(parameter) || each.path(field).asText().equals(form.get(parameter));
  }

  private static String emailOf(ObjectNode part, String client) {
    return byId(part, "clients", client, "Client ID Not Found").path("email").asText();
  }

  private static ObjectNode service(ObjectNode part, String field, String value) {
    return find(part, "services", each -> each.path(field).asText().equals(value))
        .orElseGet(Json::object);
  }

  private static ObjectNode byId(ObjectNode part, String table, String id, String missing) {
    return find(part, table, each -> each.path("id").asText().equals(id))
        .orElseThrow(() -> WhmcsException.of(missing));
  }

  private static Optional<ObjectNode> find(
      ObjectNode part, String table, Predicate<JsonNode> filter) {
    return part.path(table).valueStream().filter(filter).map(each -> (ObjectNode) each).findFirst();
  }

  private static String required(Map<String, String> form, String name, String missing) {
    String value = form.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw WhmcsException.of(missing);
    }
    return value;
  }

  private static int nextId(ObjectNode part) {
    int id = part.path("nextId").asInt() + 1;
    part.put("nextId", id);
    return id;
  }
}
