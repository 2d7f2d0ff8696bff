package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tls.TlsReport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the handlers of this section meet: a platform with its dashboard, and public pages, all in
 * memory. Nothing else may be asked.
 */
final class Stage implements ThirdParties {
  static final String DASHBOARD = "https://app.a.example/";

  /** Settings as they are saved. */
  final Map<String, String> settings = new LinkedHashMap<>();

  /** Address to content; what is not here answers 404. */
  final Map<String, Bytes> pages = new HashMap<>();

  /** Address to a status other than 200. */
  final Map<String, Integer> statuses = new HashMap<>();

  /** Methods that error 8202 refuses. */
  final Set<String> refused = new HashSet<>();

  /** Calls of the platform's API, with their parameters. */
  final List<String> calls = new ArrayList<>();

  Optional<Boolean> mandatory = Optional.of(false);
  List<String> trusted = List.of();
  String login = "slipway@a.example";

  long count(String method) {
    return calls.stream().filter(call -> call.startsWith(method + " ")).count();
  }

  void dashboard(String... parts) {
    pages.put(DASHBOARD, Bytes.of("<html><body>" + String.join("\n", parts) + "</body></html>"));
  }

  @Override
  public HttpPort http() {
    return call ->
        call.uri().getPath().startsWith("/1.0/")
            ? answer(call, 200, Bytes.of(api(call).toString()))
            : page(call);
  }

  private HttpAnswer page(HttpCall call) {
    String address = call.uri().toString();
    int usual = pages.containsKey(address) ? 200 : 404;
    return answer(
        call,
        statuses.getOrDefault(address, usual),
        pages.getOrDefault(address, Bytes.of("not here")));
  }

  private ObjectNode api(HttpCall call) {
    String path = call.uri().getPath();
    String method = path.substring(path.lastIndexOf('/') + 1);
    Map<String, String> form = form(call);
    calls.add(method + " " + new TreeMap<>(form));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", 0);
    if (refused.contains(method)) {
      return body.put("result", 8202).put("error", "permission denied: " + method);
    }
    switch (method) {
      case "getconfigkeys" -> {
        ArrayNode array = body.putArray("array");
        settings.forEach(
            (key, value) ->
                array.addObject().put("type", "UI").put("key", key).put("value", value));
      }
      case "changeconfigkey" -> settings.put(form.get("key"), form.get("value"));
      case "getuserinfo" -> body.put("email", login);
      case "getadminusersinfo" -> {
        mandatory.ifPresent(is -> body.put("mandatory2fa", is));
        ArrayNode array = body.putArray("trustedUsers");
        trusted.forEach(array::add);
      }
      case "enablemandatory2fa" -> {
        mandatory = mandatory.map(before -> true);
        trusted = List.of(form.get("trustedUsers").split(",", -1));
      }
      case "getsmslistdata" -> body.putArray("array").add("DE");
      case "applyconfig", "refreshemailtemplates", "sendemail" -> {
        // Counted, nothing else.
      }
      default -> throw new AssertionError("nobody asks for " + method);
    }
    return body;
  }

  private static HttpAnswer answer(HttpCall call, int status, Bytes body) {
    return new HttpAnswer(call, status, Map.of(), body, Instant.parse("2026-11-24T10:00:00Z"));
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
    form.remove("session");
    form.remove("appid");
    return form;
  }

  @Override
  public DomainReport platformDomain(String domain) {
    throw unasked();
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> selector, String mailHost) {
    throw unasked();
  }

  @Override
  public TlsReport certificate(String host) {
    throw unasked();
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    throw unasked();
  }

  @Override
  public void connect(String system, String host, int port) {
    throw unasked();
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    throw unasked();
  }

  private static AssertionError unasked() {
    return new AssertionError("nobody asks for this here");
  }
}
