package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.json.Json;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tls.TlsReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Platform, WHMCS, portal and reference rates in memory; each call is counted by its name. */
final class FakeBilling implements ThirdParties {
  final List<String> calls = new ArrayList<>();
  final Set<String> refused = new HashSet<>();
  final Map<String, HttpAnswer> instead = new HashMap<>();
  final Map<String, String> settings = new TreeMap<>(Map.of("HOSTER_CURRENCY", "USD"));
  final Map<String, String> rates = new TreeMap<>(Map.of("USD", "1.09", "GBP", "0.84"));
  final ArrayNode tariffs = JsonNodeFactory.instance.arrayNode();
  final ArrayNode models = JsonNodeFactory.instance.arrayNode();
  final Map<String, String> assigned = new TreeMap<>();
  final Set<String> links = new HashSet<>();
  String currency = "USD";
  boolean connected = true;
  boolean linksWorkTwice;
  String portal = "https://billing.a.example/area";
  String referenceDay = "2026-11-23";
  String group = "trial";
  String customer = "";
  String customerStatus = "Active";
  String order = "";
  String service = "Pending";
  String invoice = "Unpaid";
  String payment = "";
  int accountStatus;
  BigDecimal balance = BigDecimal.ZERO;
  private String lost = "";

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  /** Carries the next such call out, and loses the answer. */
  FakeBilling loseAnswerOf(String call) {
    lost = call;
    return this;
  }

  static HttpAnswer answer(int status, String body) {
    return new HttpAnswer(null, status, Map.of(), Bytes.of(body), Instant.EPOCH);
  }

  @Override
  public HttpPort http() {
    return call -> {
      HttpAnswer answer = answered(call);
      return new HttpAnswer(call, answer.status(), answer.headers(), answer.body(), answer.at());
    };
  }

  private HttpAnswer answered(HttpCall call) {
    Map<String, String> form = form(call);
    String[] path = call.uri().getPath().split("/", -1);
    String name = form.getOrDefault("action", path[path.length - 1]);
    calls.add(name);
    if (instead.containsKey(name)) {
      return instead.get(name);
    }
    HttpAnswer answer =
        switch (call.uri().getHost()) {
          case "www.ecb.europa.eu" -> answer(200, rateTable());
          case "billing.a.example" -> call.method().equals("GET") ? page(call) : whmcs(name, form);
          default -> platform(name, form);
        };
    if (name.equals(lost)) {
      lost = "";
      throw new SystemTrouble(
          call.system(), SystemTrouble.Kind.TIMED_OUT, "no answer", name, call.against(), "");
    }
    return answer;
  }

  private String rateTable() {
    return "<Envelope><Cube><Cube time='"
        + referenceDay
        + "'><Cube currency='USD' rate='1.08'/><Cube currency='GBP' rate='0.845'/></Cube></Cube>"
        + "</Envelope>";
  }

  private HttpAnswer page(HttpCall call) {
    String path = call.uri().getPath();
    if (path.equals("/sso")) {
      boolean good = linksWorkTwice ? links.contains("t1") : links.remove("t1");
      Map<String, List<String>> headers = new HashMap<>();
      headers.put("location", List.of(good ? portal : "/login"));
      if (good) {
        headers.put("set-cookie", List.of("s=1; Path=/"));
      }
      return new HttpAnswer(null, 302, headers, Bytes.NONE, Instant.EPOCH);
    }
    return path.equals("/area") && "s=1".equals(call.headers().get("Cookie"))
        ? answer(200, "<html>Welcome me@a.example</html>")
        : answer(200, "<html><input name=p type=\"password\"> me@a.example</html>");
  }

  private HttpAnswer platform(String name, Map<String, String> form) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", 0);
    if (refused.contains(name)) {
      return answer(200, "{\"result\":8202,\"error\":\"denied: billing.x.Y\"}");
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    switch (name) {
      case "getplatformcurrency" -> body.put("currency", currency);
      case "getcurrencies" -> {
        array.addObject().put("code", "EUR").put("rate", "1");
        rates.forEach((code, rate) -> array.addObject().put("code", code).put("rate", rate));
      }
      case "getconfigkeys" ->
          settings.forEach(
              (key, value) ->
                  array.addObject().put("type", "SYS").put("key", key).put("value", value));
      case "changeconfigkey" -> settings.put(form.get("key"), form.get("value"));
      case "applyconfig" -> currency = settings.get("HOSTER_CURRENCY");
      case "gettariffsinner" -> array.addAll(tariffs.deepCopy());
      case "addtariff" ->
          tariffs.add(((ObjectNode) json(form.get("tariff"))).put("id", tariffs.size() + 1));
      case "getpricing" -> array.addAll(models.deepCopy());
      case "addpricing" -> {
        ObjectNode model = (ObjectNode) json(form.get("pricing"));
        ArrayNode names = model.put("id", 70 + models.size()).putArray("tariffs");
        for (String id : form.get("tariffIds").split(",", -1)) {
          names.add(tariffs.get(Integer.parseInt(id) - 1).path("name"));
        }
        models.add(model);
      }
      case "getgroups" -> array.addObject().put("name", "trial").put("type", "trial");
      case "getpricingmodels" ->
          assigned.forEach(
              (region, id) -> array.addObject().put("region", region).put("pricingId", id));
      case "setpricingmodels" ->
          json(form.get("data"))
              .forEach(
                  each ->
                      assigned.put(each.path("region").asText(), each.path("pricingId").asText()));
      case "getexternbillingsystems" -> {
        if (connected) {
          array.addObject().put("name", "WHMCS");
        }
      }
      case "getaccounts" -> account(array, form.get("filterValue"));
      case "converttocommercial" -> group = "billing";
      case "chargeaccountbyuid" -> balance = balance.subtract(new BigDecimal(form.get("amount")));
      case "setaccountstatus" -> accountStatus = Integer.parseInt(form.get("status"));
      case "getuserinfo" -> body.put("email", "me@a.example");
      case "getssourl" -> {
        links.add("t1");
        body.put("url", "https://billing.a.example/sso?token=t1");
      }
      default -> throw new IllegalStateException(name);
    }
    body.set("array", array);
    return answer(200, body.toString());
  }

  private void account(ArrayNode array, String email) {
    if (accountStatus != 0) {
      ObjectNode account = array.addObject().put("uid", 101).put("email", email);
      account.put("status", accountStatus).put("balance", balance.toPlainString());
      account.putObject("group").put("groupType", group);
    }
  }

  private HttpAnswer whmcs(String action, Map<String, String> form) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", "success");
    if (refused.contains(action)) {
      return answer(403, "{\"result\":\"error\",\"message\":\"Invalid IP 198.51.100.1\"}");
    }
    switch (action) {
      case "WhmcsDetails" -> body.putObject("whmcs").put("version", "8.13.1");
      case "GetCurrencies" ->
          body.put("currencies[currency][0][id]", "1").put("currencies[currency][0][code]", "EUR");
      case "GetProducts" -> item(body, "products", "product").put("pid", 1);
      case "GetClients" -> {
        if (customer.isEmpty()) {
          body.put("clients", "");
        } else {
          item(body, "clients", "client")
              .put("id", 7)
              .put("email", customer)
              .put("status", customerStatus);
        }
      }
      case "AddClient" -> customer = form.get("email");
      case "GetOrders" -> {
        if (!order.isEmpty()) {
          item(body, "orders", "order")
              .put("id", 3)
              .put("userid", 7)
              .put("invoiceid", 5)
              .put("status", order);
        }
      }
      case "AddOrder" -> order = "Pending";
      case "AcceptOrder" -> {
        order = "Active";
        service = "Active";
        accountStatus = 1;
      }
      case "GetClientsProducts" ->
          item(body, "products", "product").put("id", 9).put("status", service);
      case "GetInvoice" -> body.put("total", "10.00").put("status", invoice);
      case "GetTransactions" -> {
        if (!payment.isEmpty()) {
          item(body, "transactions", "transaction").put("transid", payment);
        }
      }
      case "AddInvoicePayment" -> {
        payment = form.get("transid");
        invoice = "Paid";
        balance = balance.add(new BigDecimal("10.00"));
      }
      case "ModuleSuspend" -> {
        service = "Suspended";
        accountStatus = 2;
      }
      case "CloseClient" -> customerStatus = "Closed";
      default -> throw new IllegalStateException(action);
    }
    return answer(200, body.toString());
  }

  private static ObjectNode item(ObjectNode body, String outer, String inner) {
    return body.putObject(outer).putArray(inner).addObject();
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> form(HttpCall call) {
    Map<String, String> form = new HashMap<>();
    for (String pair : call.body().text().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  @Override
  public DomainReport platformDomain(String domain) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TlsReport certificate(String host) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void connect(String system, String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    throw new UnsupportedOperationException();
  }
}
