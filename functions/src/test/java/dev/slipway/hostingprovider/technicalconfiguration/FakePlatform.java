package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A platform in memory, as far as the handlers use it; each call is counted by its method. */
final class FakePlatform {
  final Map<String, String> config = new LinkedHashMap<>();
  final Set<String> pool = new TreeSet<>();
  final Map<String, ObjectNode> environments = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  final Set<String> refused = new HashSet<>();
  final Map<String, String> files = new HashMap<>();
  String mail = "ok";
  String pull = "ok";
  boolean backups = true;
  private final List<String> archives = new ArrayList<>();
  private String lost = "";
  private String backup = "";

  FakePlatform() {
    for (String name : List.of("host", "port", "user", "password", "ssl", "from", "type")) {
      config.put("smtp.mail." + name, "old-" + name);
    }
  }

  /** Refuses a method with error 8202. */
  FakePlatform refuse(String... methods) {
    refused.addAll(List.of(methods));
    return this;
  }

  /** Carries the next call of a method out, and loses the answer. */
  FakePlatform loseAnswerOf(String method) {
    lost = method;
    return this;
  }

  long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  HttpAnswer answer(HttpCall call) {
    String[] path = call.uri().getPath().split("/", -1);
    String method = path[path.length - 1];
    calls.add(method);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", 0);
    if (refused.contains(method)) {
      body.put("result", 8202).put("error", "permission denied: " + method);
    } else if (method.equals("create") && !backups) {
      return answer(call, 404, "<html>not found</html>");
    } else {
      answer(method, call, body);
    }
    if (method.equals(lost)) {
      lost = "";
      throw new SystemTrouble(
          call.system(),
          SystemTrouble.Kind.CUT_OFF,
          "The connection was cut.",
          call.asked(),
          call.against(),
          "");
    }
    return answer(call, 200, body.toString());
  }

  static HttpAnswer answer(HttpCall call, int status, String body) {
    return new HttpAnswer(
        call, status, Map.of(), Bytes.of(body), Instant.parse("2026-11-24T10:00:00Z"));
  }

  private void answer(String method, HttpCall call, ObjectNode body) {
    Map<String, String> form = form(call);
    switch (method) {
      case "getversion" -> body.put("version", "8.11.2");
      case "getregions" ->
          body.putArray("array")
              .addObject()
              .put("uniqueName", "eu1")
              .put("domain", "eu1.a.example");
      case "getclusterstatus" -> body.put("smtp", mail);
      case "getconfigkeys" -> {
        ArrayNode array = body.putArray("array");
        config.forEach(
            (key, value) ->
                array.addObject().put("type", "SYSTEM").put("key", key).put("value", value));
      }
      case "changeconfigkey" -> {
        if (form.containsKey("key")) {
          config.put(form.get("key"), form.get("value"));
        } else {
          body.put("result", 3).put("error", "key is missing");
        }
      }
      case "addextips" -> add(form, body);
      case "getextippoolinfo" -> {
        ArrayNode array = body.putArray("array");
        pool.forEach(ip -> array.addObject().put("ip", ip).put("state", "FREE"));
      }
      case "getdockerpullstatus" -> body.put("status", pull);
      case "createenvironment" -> {
        String name = form.get("env").replaceAll(".*\"shortdomain\":\"([^\"]*)\".*", "$1");
        ObjectNode environment = JsonNodeFactory.instance.objectNode();
        environment.putObject("env").put("domain", name + ".a.example");
        environment.putArray("nodes").addObject().put("id", 7).put("nodeGroup", "cp");
        environments.put(name, environment);
      }
      case "getenvinfo" -> {
        if (environments.containsKey(form.get("envName"))) {
          body.setAll(environments.get(form.get("envName")));
        } else {
          body.put("result", 5).put("error", "not found");
        }
      }
      case "deleteenv" -> environments.remove(form.get("envName"));
      case "attachextip" ->
          ((ObjectNode) environments.get(form.get("envName")).path("nodes").path(0))
              .putArray("extIPs")
              .add(pool.iterator().next());
      case "upload" -> {
        String name = call.body().text().replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
        archives.add(name);
        body.put("name", name);
      }
      case "getarchives" -> {
        ArrayNode array = body.putArray("array");
        archives.forEach(name -> array.addObject().put("name", name));
      }
      case "write" -> files.put(form.get("path"), form.get("body"));
      case "read" -> body.put("body", files.get(form.get("path")));
      case "create" -> {
        backup = files.toString().contains("as backed up") ? "as backed up" : "";
        body.put("id", "backup-1");
      }
      case "restore" -> files.replaceAll((path, old) -> backup);
      default -> {
        // Sends, applies and the like: counted, nothing else.
      }
    }
  }

  private void add(Map<String, String> form, ObjectNode body) {
    if (!form.containsKey("ipfrom")) {
      body.put("result", 3).put("error", "ipfrom is missing");
      return;
    }
    String prefix = form.get("ipfrom").replaceAll("\\d+$", "");
    int first = Integer.parseInt(form.get("ipfrom").replaceAll(".*\\.", ""));
    int last = Integer.parseInt(form.get("ipto").replaceAll(".*\\.", ""));
    for (int i = first; i <= last; i++) {
      if (!pool.add(prefix + i)) {
        body.put("result", 99).put("error", "already exists");
      }
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
}
