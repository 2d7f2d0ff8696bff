package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * HostBill's admin API at {@code /admin/api.php} (form fields {@code api_id}, {@code api_key},
 * {@code call}). Calls, parameters and answers are those of the vendor's documentation
 * (api2.hostbillapp.com); numbers come as texts, as there. Unverified: the words of errors, the
 * answers of {@code getHostBillversion}, {@code getProductDetails} and {@code getClientOrders}, and
 * the moments at which the connector acts; here a created account opens one on the platform, a paid
 * invoice funds it, a suspended or terminated account suspends it.
 *
 * <p>The world's part {@code hostbill}: {@code denied} (calls that the key may not make), {@code
 * products}, {@code clients}, {@code orders}, {@code accounts}, {@code invoices}, {@code nextId}.
 */
public final class HostBill extends RestStandIn {

  private static final String SYSTEM = "hostbill";
  private static final String API = "POST /admin/api.php";

  private final World world;
  private final Records clients;
  private final Records orders;
  private final Records accounts;
  private final Records invoices;

  /** HostBill and its connector to the platform of the same world. */
  public HostBill(World world) {
    super(world, SYSTEM, Site.https(SandboxDefaults.HOSTBILL_HOST, "203.0.113.82"));
    this.world = world;
    this.clients = new Records(world, SYSTEM, "clients", "email");
    this.orders = new Records(world, SYSTEM, "orders");
    this.accounts = new Records(world, SYSTEM, "accounts");
    this.invoices = new Records(world, SYSTEM, "invoices");
    take("getHostBillversion", call -> Json.object().put("version", "2026-10-01"));
    take("getProductDetails", this::product);
    take("getClients", this::clients);
    take("addClient", this::addClient);
    take("getClientOrders", call -> of("orders", orders, call));
    take("getOrderDetails", call -> Json.object().set("details", byId(orders, call)));
    take("addOrder", this::addOrder);
    take("setOrderActive", call -> setStatus(orders, call, "Active"));
    take("getClientAccounts", call -> of("accounts", accounts, call));
    take("accountCreate", call -> account(call, "Active", BillingAccounts::open));
    take("accountSuspend", call -> account(call, "Suspended", BillingAccounts::suspend));
    take("accountTerminate", call -> account(call, "Terminated", BillingAccounts::suspend));
    take("getInvoiceDetails", call -> Json.object().set("invoice", byId(invoices, call)));
    take("addInvoicePayment", this::pay);
    on(
        API,
        call -> {
          authorize(call, "");
          return error("Method " + call.parameter("call") + " not found");
        });
  }

  private void take(String name, Function<RestCall, ObjectNode> perform) {
    on(
        name,
        API + "?call=" + name,
        call -> {
          authorize(call, name);
          ObjectNode answer = Json.object().put("success", true);
          answer.setAll(perform.apply(call));
          return ok(answer.put("call", name));
        });
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
  protected String key(RestCall call) {
    Map<String, String> form = call.http().parameters();
    return Stream.of("email", "filter[email]", "transnumber", "id", "client_id")
        .map(form::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  @Override
  protected HttpAnswer notFound() {
    return HttpAnswer.text(404, "Not Found");
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

  /** An error as HostBill reports it, with HTTP status 200. */
  private static Refusal refusal(String message) {
    return new Refusal(error(message));
  }

  private void authorize(RestCall call, String name) {
    if (!call.parameter("api_id").equals(SandboxDefaults.BILLING_IDENTIFIER)
        || !call.parameter("api_key").equals(SandboxDefaults.BILLING_SECRET)) {
      throw refusal("Wrong API ID or API key");
    }
    if (world.read(SYSTEM, part -> Json.strings(part.path("denied")).contains(name))) {
      throw refusal("Access to " + name + " is not enabled");
    }
  }

  private ObjectNode product(RestCall call) {
    JsonNode product =
        world.read(
            SYSTEM, part -> part.path("products").path(call.parameter("id")).<JsonNode>deepCopy());
    if (product.isMissingNode()) {
      throw refusal("Product not found");
    }
    return Json.object().set("product", product);
  }

  /** The filter finds parts of an address. */
  private ObjectNode clients(RestCall call) {
    ArrayNode found = Json.array();
    clients
        .where("", "")
        .valueStream()
        .filter(each -> each.path("email").asText().contains(call.parameter("filter[email]")))
        .forEach(found::add);
    return Json.object().set("clients", found);
  }

  private ObjectNode addClient(RestCall call) {
    String email = required(call, "email");
    if (!required(call, "password").equals(required(call, "password2"))) {
      throw refusal("Passwords do not match");
    }
    return clients
        .add(
            Json.object()
                .put("firstname", call.parameter("firstname"))
                .put("lastname", call.parameter("lastname"))
                .put("email", email))
        .map(client -> Json.object().put("client_id", client.path("id").asText()))
        .orElseThrow(() -> refusal("This email address is already taken"));
  }

  private ObjectNode addOrder(RestCall call) {
    for (String flag : List.of("confirm", "invoice_generate", "invoice_info")) {
      required(call, flag);
    }
    String client = byId(clients, required(call, "client_id")).path("id").asText();
    String product = required(call, "product");
    String cycle = required(call, "cycle");
    String price =
        world.read(SYSTEM, part -> part.path("products").path(product).path(cycle).asText(""));
    if (price.isEmpty()) {
      throw refusal("Product or billing cycle not found");
    }
    ObjectNode demanded =
        Json.object().put("client_id", client).put("total", price).put("status", "Unpaid");
    demanded
        .putObject("client")
        .put("id", client)
        .put("password", "0123456789abcdef0123456789abcdef");
    String invoice = add(invoices, demanded);
    String order =
        add(
            orders,
            Json.object()
                .put("client_id", client)
                .put("invoice_id", call.parameter("invoice_generate").equals("1") ? invoice : "0")
                .put("total", price)
                .put("status", "Pending"));
    add(
        accounts,
        Json.object().put("client_id", client).put("order_id", order).put("status", "Pending"));
    return Json.object().put("order_id", order);
  }

  /** The transaction's number is not checked to be unique: who repeats himself pays twice. */
  private ObjectNode pay(RestCall call) {
    for (String field : List.of("amount", "paymentmodule", "fee", "date")) {
      required(call, field);
    }
    JsonNode invoice = byId(invoices, call);
    setStatus(invoices, call, "Paid");
    BigDecimal amount = new BigDecimal(call.parameter("amount"));
    connector(invoice, email -> BillingAccounts.book(world, email, amount));
    return Json.object();
  }

  /** An act of the connector on the account of an e-mail address. */
  private interface Carried {
    void over(World world, String email);
  }

  private ObjectNode account(RestCall call, String status, Carried carried) {
    ObjectNode answer = setStatus(accounts, call, status);
    connector(byId(accounts, call), email -> carried.over(world, email));
    return answer;
  }

  private void connector(JsonNode ofClient, Consumer<String> act) {
    if (BillingAccounts.connected(world)) {
      act.accept(byId(clients, ofClient.path("client_id").asText()).path("email").asText());
    }
  }

  private static ObjectNode setStatus(Records records, RestCall call, String status) {
    String id = byId(records, call).path("id").asText();
    records.patch(id, Json.object().put("status", status));
    return Json.object().put("id", id);
  }

  private static ObjectNode of(String name, Records records, RestCall call) {
    return Json.object().set(name, records.where("client_id", required(call, "id")));
  }

  private static JsonNode byId(Records records, RestCall call) {
    return byId(records, call.parameter("id"));
  }

  private static JsonNode byId(Records records, String id) {
    return records.byId(id).orElseThrow(() -> refusal("ID " + id + " not found"));
  }

  private static String add(Records records, ObjectNode record) {
    return records.add(record).orElseThrow().path("id").asText();
  }

  private static String required(RestCall call, String name) {
    String value = call.parameter(name);
    if (value.isEmpty()) {
      throw refusal("Parameter " + name + " is required");
    }
    return value;
  }
}
