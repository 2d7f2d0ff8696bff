package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Requirement;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Report;
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

/** Platform, portal, ledger and mail service in memory; each call is counted by its name. */
final class FakeWorld implements ThirdParties, Dossier, Post {
  final List<String> calls = new ArrayList<>();
  final Set<String> refused = new HashSet<>();
  final Map<String, HttpAnswer> instead = new HashMap<>();
  final Set<String> registered = new HashSet<>();
  final Map<String, String> kept = new HashMap<>();
  final List<String> mails = new ArrayList<>();
  final Map<String, String> outcomes = new LinkedHashMap<>();
  final Map<String, Integer> attempts = new HashMap<>();
  final Map<String, Outcome> open = new HashMap<>();
  final List<TaskKey> verified = new ArrayList<>();
  boolean environment;
  boolean address;
  boolean counted = true;
  boolean mailRefused;
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> backup = new HashMap<>();
  private final Set<String> links = new HashSet<>();
  private String lost = "";

  FakeWorld() {
    outcomes.put("technical-configuration.check-platform", "DONE");
    outcomes.put("technical-configuration.add-external-ips", "DONE");
    outcomes.put("technical-configuration.connect-backup-storage", "DONE");
    outcomes.put("billing-integration.set-up-single-sign-on", "DONE");
  }

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  /** Carries the next such call out, and loses the answer. */
  void loseAnswerOf(String call) {
    lost = call;
  }

  static HttpAnswer answer(int status, String body) {
    return new HttpAnswer(null, status, Map.of(), Bytes.of(body), Instant.EPOCH);
  }

  // --- the platform

  @Override
  public HttpPort http() {
    return call -> {
      HttpAnswer answer = answered(call);
      return new HttpAnswer(call, answer.status(), answer.headers(), answer.body(), answer.at());
    };
  }

  private HttpAnswer answered(HttpCall call) {
    String[] path = call.uri().getPath().split("/", -1);
    String name = path[path.length - 1];
    calls.add(name);
    if (instead.containsKey(name)) {
      return instead.get(name);
    }
    HttpAnswer answer =
        call.uri().getHost().equals("billing.a.example")
            ? portal(call)
            : platform(name, form(call));
    if (name.equals(lost)) {
      lost = "";
      throw new SystemTrouble(
          call.system(), SystemTrouble.Kind.TIMED_OUT, "no answer", name, call.against(), "");
    }
    return answer;
  }

  private HttpAnswer portal(HttpCall call) {
    boolean good = links.remove("t1");
    return call.uri().getPath().equals("/sso") && good
        ? answer(200, "<html>Welcome me@a.example</html>")
        : answer(200, "<html><input type=\"password\"> me@a.example</html>");
  }

  private HttpAnswer platform(String name, Map<String, String> form) {
    if (refused.contains(name)) {
      return answer(200, "{\"result\":8202,\"error\":\"denied: environment.x.Y\"}");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", 0);
    switch (name) {
      case "createaccount" -> {
        if (!registered.add(form.get("email"))) {
          return answer(200, "{\"result\":99,\"error\":\"already exists\"}");
        }
      }
      case "checkemailregistration" ->
          body.put("registered", registered.contains(form.get("email")));
      case "createenvironment" -> environment = true;
      case "getenvinfo" -> {
        if (!environment) {
          return answer(200, "{\"result\":5,\"error\":\"not found\"}");
        }
        body.putObject("env").put("domain", form.get("envName") + ".eu1.a.example");
        ObjectNode node = body.putArray("nodes").addObject().put("id", 7).put("nodeGroup", "cp");
        if (address) {
          node.putArray("extIPs").add("203.0.113.129");
        }
      }
      case "deleteenv" -> environment = false;
      case "attachextip" -> address = true;
      case "getarchives" -> body.putArray("objects");
      case "upload" -> body.put("name", "journey.zip");
      case "write" -> files.put(form.get("path"), form.get("body"));
      case "read" -> body.put("body", files.get(form.get("path")));
      case "create" -> {
        backup.putAll(files);
        body.put("id", "backup-1");
      }
      case "restore" -> files.putAll(backup);
      case "getaccountbillinghistorybyperiod" -> {
        ArrayNode array = body.putArray("array");
        if (counted) {
          array.addObject().put("envName", "another").put("cost", "5");
          array.addObject().put("cost", "0.012");
        }
      }
      case "getssourl" -> {
        links.add("t1");
        body.put("url", "https://billing.a.example/sso");
      }
      case "getuserinfo" -> body.put("email", "me@a.example");
      default -> throw new IllegalStateException(name);
    }
    return answer(200, body.toString());
  }

  private static Map<String, String> form(HttpCall call) {
    Map<String, String> form = new TreeMap<>();
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

  // --- the ledger

  @Override
  public Report report(String onboarding) {
    List<Report.TaskLine> lines =
        outcomes.entrySet().stream().map(each -> line(each.getKey(), each.getValue())).toList();
    return new Report(
        onboarding,
        "Hoster | Example",
        "hosting-provider",
        "1.0.0",
        "Hosting provider",
        Onboarding.State.RUNNING,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        Instant.EPOCH,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        lines);
  }

  private Report.TaskLine line(String task, String outcome) {
    return new Report.TaskLine(
        "V" + task.length(),
        task,
        "Title of " + task,
        task.substring(0, task.indexOf('.')),
        "",
        Requirement.OPTIONAL,
        outcome,
        outcome.equals("DONE") ? null : "intake: not chosen at intake: activities.x",
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        attempts.getOrDefault(task, 1),
        Instant.EPOCH,
        Instant.EPOCH,
        0L);
  }

  @Override
  public TaskRecord task(String onboarding, TaskKey key) {
    boolean pending = verified.contains(key);
    return new TaskRecord(
        key,
        1,
        null,
        null,
        open.getOrDefault(key.task(), new Outcome.Done(List.of())),
        pending ? 1 : 0,
        0,
        null,
        false,
        null,
        false,
        0,
        null,
        attempts.getOrDefault(key.task(), 1),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** Each row that was asked has been looked at by its own function. */
  void lookAgain() {
    verified.forEach(key -> attempts.merge(key.task(), 2, (before, first) -> before + 1));
    verified.clear();
  }

  /** One of them does not hold any more. */
  void breaks(String task, String message) {
    verified.removeIf(key -> key.task().equals(task));
    attempts.put(task, 2);
    open.put(
        task, new Outcome.Failed(new Problem("x.y", "x", null, message, "Mend it."), null, null));
  }

  @Override
  public String keep(String onboarding, String name, String text) {
    String sha256 = "%064x".formatted(kept.size() + 1);
    kept.put(sha256, text);
    return sha256;
  }

  @Override
  public Optional<String> text(String onboarding, String sha256) {
    return Optional.ofNullable(kept.get(sha256));
  }

  @Override
  public Optional<FileInfo> file(String onboarding, String sha256) {
    return Optional.ofNullable(kept.get(sha256))
        .map(
            text ->
                new FileInfo(
                    sha256, "report.pdf", "application/pdf", text.length(), "eva", Instant.EPOCH));
  }

  @Override
  public void verifyAgain(String onboarding, List<TaskKey> tasks, String why) {
    verified.addAll(tasks);
    calls.add("verify-again");
  }

  // --- the mail service

  @Override
  public void send(String name, String address, String subject, String text) {
    if (mailRefused) {
      throw new SystemTrouble(
          "mail", SystemTrouble.Kind.REJECTED, "not verified", "ses:SendEmail", "SES", "");
    }
    mails.add(address + ": " + subject + "\n" + text);
  }

  // --- not asked for here

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
