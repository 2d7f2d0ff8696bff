package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * HostBill's admin API at {@code /admin/api.php} (form fields {@code api_id}, {@code api_key},
 * {@code call}). Calls, parameters and answers are those of the vendor's documentation
 * (api2.hostbillapp.com); numbers come as texts, as there. Unverified: the words of errors, the
 * answers of {@code getHostBillversion}, {@code getProductDetails} and {@code getClientOrders}, and
 * what the connector does at which moment; here a created account opens one on the platform, a paid
 * invoice funds it, a suspended or terminated account suspends it.
 *
 * <p>The world's part {@code hostbill}: {@code denied} (calls that the key may not make), {@code
 * products}, {@code clients}, {@code orders}, {@code accounts}, {@code invoices}, {@code nextId}.
 */
public final class HostBill implements HttpStandIn {

  private static final String SYSTEM = "hostbill";
  private static final String API = "/admin/api.php";

  private final World world;

  /** HostBill and its connector to the platform of the same world. */
  public HostBill(World world) {
    this.world = world;
  }

  /** An error as HostBill reports it, with HTTP status 200. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(Site.https(SandboxDefaults.HOSTBILL_HOST, "203.0.113.82"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("nextId", 0);
    part.putArray("denied");
    part.putObject("products").putObject("1").put("name", "Application platform").put("m", "10.00");
    for (String table : List.of("clients", "orders", "accounts", "invoices")) {
      part.putArray(table);
    }
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of();
  }

  @Override
  public Operation operation(HttpCall call) {
    Map<String, String> form = call.parameters();
    String key =
        List.of("email", "filter[email]", "transnumber", "id", "client_id").stream()
            .filter(form::containsKey)
            .findFirst()
            .map(form::get)
            .orElse("");
    return new Operation(form.getOrDefault("call", ""), key);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    if (!call.path().equals(API)) {
      return HttpAnswer.text(404, "Not Found");
    }
    Map<String, String> form = call.parameters();
    String name = form.getOrDefault("call", "");
    try {
      authorize(form, name);
      ObjectNode answer = Json.object().put("success", true);
      answer.setAll(perform(name, form));
      return HttpAnswer.json(200, answer.put("call", name));
    } catch (Refusal e) {
      return error(e.getMessage());
    }
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    return error(fault.message().isEmpty() ? "An error occurred" : fault.message());
  }

  private static HttpAnswer error(String message) {
    ObjectNode answer = Json.object().put("success", false);
    answer.putArray("error").add(message);
    return HttpAnswer.json(200, answer).noted("error");
  }

  private void authorize(Map<String, String> form, String name) {
    if (!form.getOrDefault("api_id", "").equals(SandboxDefaults.BILLING_IDENTIFIER)
        || !form.getOrDefault("api_key", "").equals(SandboxDefaults.BILLING_SECRET)) {
      throw new Refusal("Wrong API ID or API key");
    }
    boolean denied = world.read(SYSTEM, part -> Json.strings(part.path("denied")).contains(name));
    if (denied) {
      throw new Refusal("Access to " + name + " is not enabled");
    }
  }

  private ObjectNode perform(String name, Map<String, String> form) {
    return switch (name) {
      case "getHostBillversion" -> Json.object().put("version", "2026-10-01");
      case "getProductDetails" -> product(form);
      case "getClients" ->
          list("clients", "clients", each -> has(each, "email", form.get("filter[email]")));
      case "addClient" -> addClient(form);
      case "getClientOrders" ->
          list("orders", "orders", each -> is(each, "client_id", form.get("id")));
      case "getOrderDetails" -> details("orders", "details", form);
      case "addOrder" -> addOrder(form);
      case "setOrderActive" -> setStatus("orders", form, "Active");
      case "getClientAccounts" ->
          list("accounts", "accounts", each -> is(each, "client_id", form.get("id")));
      case "accountCreate" -> {
        ObjectNode answer = setStatus("accounts", form, "Active");
        connector(form, email -> BillingAccounts.open(world, email));
        yield answer;
      }
      case "accountSuspend" -> {
        ObjectNode answer = setStatus("accounts", form, "Suspended");
        connector(form, email -> BillingAccounts.suspend(world, email));
        yield answer;
      }
      case "accountTerminate" -> {
        ObjectNode answer = setStatus("accounts", form, "Terminated");
        connector(form, email -> BillingAccounts.suspend(world, email));
        yield answer;
      }
      case "getInvoiceDetails" -> details("invoices", "invoice", form);
      case "addInvoicePayment" -> pay(form);
      default -> throw new Refusal("Method " + name + " not found");
    };
  }

  private ObjectNode product(Map<String, String> form) {
    return world.read(
        SYSTEM,
        part -> {
          JsonNode product = part.path("products").path(form.getOrDefault("id", ""));
          if (product.isMissingNode()) {
            throw new Refusal("Product not found");
          }
          return Json.object().set("product", product.deepCopy());
        });
  }

  private ObjectNode addClient(Map<String, String> form) {
    String email = required(form, "email");
    if (!required(form, "password").equals(required(form, "password2"))) {
      throw new Refusal("Passwords do not match");
    }
    return world.change(
        SYSTEM,
        part -> {
          if (find(part, "clients", each -> is(each, "email", email)).isPresent()) {
            throw new Refusal("This email address is already taken");
          }
          String id = nextId(part);
          part.withArrayProperty("clients")
              .addObject()
              .put("id", id)
              .put("firstname", form.getOrDefault("firstname", ""))
              .put("lastname", form.getOrDefault("lastname", ""))
              .put("email", email);
          return Json.object().put("client_id", id);
        });
  }

  private ObjectNode addOrder(Map<String, String> form) {
    String client = required(form, "client_id");
    String product = required(form, "product");
    String cycle = required(form, "cycle");
    for (String flag : List.of("confirm", "invoice_generate", "invoice_info")) {
      required(form, flag);
    }
    return world.change(
        SYSTEM,
        part -> {
          byId(part, "clients", client);
          String price = part.path("products").path(product).path(cycle).asText("");
          if (price.isEmpty()) {
            throw new Refusal("Product or billing cycle not found");
          }
          String invoice = nextId(part);
          String order = nextId(part);
          part.withArrayProperty("invoices")
              .addObject()
              .put("id", invoice)
              .put("client_id", client)
              .put("total", price)
              .put("status", "Unpaid")
              .putObject("client")
              .put("id", client)
              .put("password", "0123456789abcdef0123456789abcdef");
          part.withArrayProperty("orders")
              .addObject()
              .put("id", order)
              .put("client_id", client)
              .put("invoice_id", form.get("invoice_generate").equals("1") ? invoice : "0")
              .put("total", price)
              .put("status", "Pending");
          part.withArrayProperty("accounts")
              .addObject()
              .put("id", nextId(part))
              .put("client_id", client)
              .put("order_id", order)
              .put("status", "Pending");
          return Json.object().put("order_id", order);
        });
  }

  /** The transaction's number is not checked to be unique: who repeats himself pays twice. */
  private ObjectNode pay(Map<String, String> form) {
    for (String field : List.of("amount", "paymentmodule", "fee", "date")) {
      required(form, field);
    }
    String email =
        world.change(
            SYSTEM,
            part -> {
              ObjectNode invoice = byId(part, "invoices", form.get("id"));
              invoice.put("status", "Paid");
              return byId(part, "clients", invoice.path("client_id").asText())
                  .path("email")
                  .asText();
            });
    if (BillingAccounts.connected(world)) {
      BillingAccounts.book(world, email, new BigDecimal(form.get("amount")));
    }
    return Json.object();
  }

  private void connector(Map<String, String> form, java.util.function.Consumer<String> act) {
    if (BillingAccounts.connected(world)) {
      act.accept(
          world.read(
              SYSTEM,
              part ->
                  byId(
                          part,
                          "clients",
                          byId(part, "accounts", form.get("id")).path("client_id").asText())
                      .path("email")
                      .asText()));
    }
  }

  private ObjectNode setStatus(String table, Map<String, String> form, String status) {
    world.edit(SYSTEM, part -> byId(part, table, form.get("id")).put("status", status));
    return Json.object().put("id", form.get("id"));
  }

  private ObjectNode details(String table, String name, Map<String, String> form) {
    return world.read(
        SYSTEM, part -> Json.object().set(name, byId(part, table, form.get("id")).deepCopy()));
  }

  private ObjectNode list(String table, String name, Predicate<JsonNode> filter) {
    return world.read(
        SYSTEM,
        part -> {
          ArrayNode found = Json.array();
          part.path(table).valueStream().filter(filter).forEach(each -> found.add(each.deepCopy()));
          return Json.object().set(name, found);
        });
  }

  private static boolean is(JsonNode each, String field, String value) {
    return each.path(field).asText().equals(value);
  }

  private static boolean has(JsonNode each, String field, String part) {
    return part == null || each.path(field).asText().contains(part);
  }

  private static ObjectNode byId(ObjectNode part, String table, String id) {
    return find(part, table, each -> is(each, "id", id))
        .orElseThrow(() -> new Refusal("ID " + id + " of " + table + " not found"));
  }

  private static Optional<ObjectNode> find(
      ObjectNode part, String table, Predicate<JsonNode> filter) {
    return part.path(table).valueStream().filter(filter).map(each -> (ObjectNode) each).findFirst();
  }

  private static String required(Map<String, String> form, String name) {
    String value = form.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new Refusal("Parameter " + name + " is required");
    }
    return value;
  }

  private static String nextId(ObjectNode part) {
    int id = part.path("nextId").asInt() + 1;
    part.put("nextId", id);
    return Integer.toString(id);
  }
}
