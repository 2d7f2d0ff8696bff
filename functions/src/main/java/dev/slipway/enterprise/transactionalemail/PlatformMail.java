package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.enterprise.NextLook;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.enterprise.TenantSettings;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.mailtool.SendingLogins;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The way from an environment's frontends to a delivery service: the login for sending, and the
 * settings of each tenant in the hub (mno-enterprise 4.0, {@code system.smtp} and {@code
 * system.email}). A machine does not restart a frontend here: it would have to hand over all of its
 * settings, of which the hub does not show the password.
 */
final class PlatformMail {
  /** Machine's own: the login that it makes at the tool, and enters in the hub. */
  static final String LOGIN = "mail-sending";

  private static final String TENANTS = "tenants";

  /** From this series on the frontend takes its settings from the hub. */
  private static final int WITH_HUB = 4;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Work work;
  private final HttpPort http;
  private final MailTool tool;
  private final SmtpServer server;
  private final EnvironmentTenants tenants;
  private final String domain;

  PlatformMail(Work work, HttpPort http, MailTool tool) {
    this.work = work;
    this.http = http;
    this.tool = tool;
    this.server = tool.submission().orElseThrow();
    this.tenants = new EnvironmentTenants(work, http);
    this.domain = work.element(MailTools.ELEMENT).path("domain").asText();
  }

  // --- the login

  /** Makes one at the tool; a mail server has the customer's own. */
  Finding ensureLogin() {
    if (tool.logins().isEmpty()) {
      return new Finding("login", tool.against(), "the login that was given");
    }
    SendingLogins logins = tool.logins().get();
    JsonNode login = login();
    String user = login.path("user").asText();
    account()
        .ensure(
            "login",
            () -> logins.find(user),
            () -> {
              logins.create(user, login.path("password").asText());
              return user;
            });
    return new Finding("login", tool.against(), "the environment has a login of its own");
  }

  private JsonNode login() {
    return tool.logins().isPresent()
        ? work.ownSecret(LOGIN, this::make)
        : work.secret(tool.system());
  }

  private JsonNode make() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("user", "slipway-%s-%s@%s".formatted(work.at("environment"), random(4), domain))
        .put("password", random(16));
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private VendorAccount account() {
    return new VendorAccount(work, tool.system(), MailTools.ELEMENT);
  }

  // --- the settings

  /** The settings that are no secret, for whoever enters them by hand. */
  String lines() {
    StringBuilder lines = new StringBuilder("Of each tenant in the hub:");
    for (String tenant : tenants.names()) {
      settings(tenant)
          .forEach(
              (path, value) ->
                  lines
                      .append('\n')
                      .append(tenant)
                      .append(": ")
                      .append(path)
                      .append(" = ")
                      .append(value));
    }
    return lines
        .append("\nuser and password: of a login for sending that you make; Slipway shows none.")
        .toString();
  }

  private Map<String, JsonNode> settings(String tenant) {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    settings.put("system.smtp.authentication", new TextNode("plain"));
    settings.put("system.smtp.address", new TextNode(server.host()));
    settings.put("system.smtp.port", new IntNode(server.port()));
    settings.put("system.smtp.domain", new TextNode(domain));
    settings.put("system.email.default_sender.email", new TextNode(TestMail.sender(domain)));
    settings.put("system.email.default_sender.name", new TextNode(tenants.title(tenant)));
    return settings;
  }

  /** Enters them for each tenant; the vendor does where the hub refuses, and restarts. */
  Finding enter() {
    List<String> said = new ArrayList<>();
    JsonNode login = login();
    // A login that Slipway makes has a user of its own.
    String version =
        tool.logins().isPresent()
            ? NotedAddress.of(login.path("user").asText())
            : work.secretVersion(tool.system());
    for (String tenant : tenants.names()) {
      requireHub(tenant);
      Finding entered =
          of(tenant)
              .ensure(
                  settings(tenant),
                  Map.of(
                      "system.smtp.user_name", login.path("user"),
                      "system.smtp.password", login.path("password")),
                  version);
      said.add(tenant + ": " + entered.answer());
    }
    // One restart each, after all of them were entered.
    for (String tenant : tenants.names()) {
      requireRestarted(tenant, of(tenant), PlatformMail::notByMachine);
    }
    return new Finding("hub tenant frontend_config", tenants.hubHost(), String.join("; ", said));
  }

  /** The same after a person said to have entered them; of series 3 only the person can tell. */
  Finding entered() {
    List<String> said = new ArrayList<>();
    for (String tenant : tenants.names()) {
      if (series(tenant) < WITH_HUB) {
        said.add(tenant + ": stated; its frontend takes it from its environment");
        continue;
      }
      TenantSettings settings = of(tenant);
      Map<String, JsonNode> other = settings.differing(settings(tenant));
      if (!other.isEmpty()) {
        String path = other.keySet().iterator().next();
        boolean isLocked = settings.isLocked(path);
        throw new UnmetRequirement(
            isLocked ? "mnohub.feature-locked" : "mnohub.mail-differs",
            MnoHub.SYSTEM,
            TENANTS,
            "The hub has %s = %s for %s%s."
                .formatted(
                    path,
                    other.get(path),
                    tenant,
                    isLocked ? ", locked by " + path + "_readonly" : ""),
            isLocked ? "Have the vendor unlock it." : "Enter it in the hub, and say so.");
      }
      requireRestarted(
          tenant,
          settings,
          (message, against) ->
              new UnmetRequirement(
                      "express.not-restarted",
                      Express.SYSTEM,
                      TENANTS,
                      message,
                      "Restart the frontend. It is looked at again by itself.")
                  // Another row may have changed settings since, and restarts it too.
                  .lookedAtAgain(NextLook.of(work, "restarted:" + tenant)));
      said.add(tenant + ": entered, and restarted");
    }
    return new Finding("hub tenant frontend_config", tenants.hubHost(), String.join("; ", said));
  }

  private void requireRestarted(
      String tenant,
      TenantSettings settings,
      BiFunction<String, String, RuntimeException> trouble) {
    Express express = express(tenant);
    if (express.configuredAt().orElse(0) < settings.changedAt()) {
      throw trouble.apply(
          express.against() + " runs with its former settings still: it has to be restarted.",
          express.against());
    }
  }

  private void requireHub(String tenant) {
    if (series(tenant) < WITH_HUB) {
      throw notByMachine(
          tenants.host(tenant) + " takes its mail settings from its environment.",
          tenants.host(tenant));
    }
  }

  private static RuntimeException notByMachine(String message, String against) {
    return new SystemTrouble(
        Express.SYSTEM, Kind.NOT_PERMITTED, message, "GET /mnoe/config.json", against, "");
  }

  private int series(String tenant) {
    return express(tenant).version().series();
  }

  private Express express(String tenant) {
    return new Express(http, tenants.host(tenant));
  }

  private TenantSettings of(String tenant) {
    return new TenantSettings(
        work, tenants.hub(tenant), TenantSettings.FRONTEND, TenantSettings.FRONTEND + "@" + tenant);
  }

  /** Takes back the settings and the login, and says what was taken back. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (String tenant : tenants.names()) {
      of(tenant).putBack().ifPresent(back -> done.add("the hub's settings of " + tenant));
    }
    account()
        .made("login")
        .ifPresent(
            user -> {
              tool.logins().orElseThrow().delete(user);
              done.add("the login for sending is deleted");
            });
    return done;
  }
}
