package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.systems.smtp.SmtpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mailgun. A domain lives in one of its two regions, and in one account: it stays with the account
 * itself, whatever sub-accounts there are. Bodies are forms. By the vendor's OpenAPI description;
 * unverified against an account.
 */
public final class Mailgun implements MailTool, MailService, SendingLogins {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "mailgun";

  /** Its address by region. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.mailgun.net/"),
          "eu", URI.create("https://api.eu.mailgun.net/"));

  private static final String SUB_ACCOUNTS = "v5/accounts/subaccounts";
  private static final int PAGE = 100;

  private final JsonApi api;
  private final String region;
  private final String domain;

  /**
   * Speaks with this account's key at this address.
   *
   * @param domain whose mails and logins are asked for
   */
  public Mailgun(HttpPort http, URI base, String domain, String key) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .with(Authentication.basic("api", key))
            .withErrors(Mailgun::refuse);
    this.region = base.equals(BASES.get("eu")) ? "eu." : "";
    this.domain = domain;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String against() {
    return api.against();
  }

  /** How many domains the account has there. The key of one domain may not ask this. */
  public int domains() {
    HttpAnswer answer = api.get("domains", "v4/domains?limit=1");
    JsonNode list = answer.json();
    if (!list.path("total_count").isInt() || !list.path("items").isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Mailgun's answer is no list of domains.");
    }
    return list.path("total_count").asInt();
  }

  /** That mails are not sent any more is told of the domain. */
  @Override
  public Standing standing() {
    int count = domains();
    JsonNode own = found(domain).map(answer -> answer.json().path("domain")).orElse(none());
    String reason = own.at("/disabled/reason").asText(own.path("state").asText());
    return own.path("is_disabled").asBoolean()
        ? new Standing(true, domain + " is disabled: " + reason)
        : new Standing(false, count + " domain(s) in the region");
  }

  private static JsonNode none() {
    return MissingNode.getInstance();
  }

  // --- sub-accounts and domains

  @Override
  public Optional<MailService> service() {
    return Optional.of(this);
  }

  @Override
  public Optional<String> subAccount(String name) {
    return api.get(
            "subaccounts", SUB_ACCOUNTS, Map.of("filter", name, "limit", String.valueOf(PAGE)))
        .json()
        .path("subaccounts")
        .valueStream()
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path("id").asText())
        .findFirst();
  }

  @Override
  public String createSubAccount(String name) {
    return api.send(
            api.call("subaccount", SUB_ACCOUNTS + "?name=" + JsonApi.segment(name)).method("POST"))
        .json()
        .at("/subaccount/id")
        .asText();
  }

  @Override
  public void suspend(String id) {
    api.send(
        api.call("subaccount", SUB_ACCOUNTS + "/" + JsonApi.segment(id) + "/disable")
            .method("POST"));
  }

  @Override
  public Optional<SendingDomain> domain(String name) {
    return found(name).map(answer -> domain(name, answer.json()));
  }

  private Optional<HttpAnswer> found(String name) {
    return api.find("domain", "v4/domains/" + JsonApi.segment(name));
  }

  @Override
  public SendingDomain addDomain(String name) {
    return domain(
        name,
        api.post(
                "domain",
                "v4/domains",
                Map.of("name", name, "web_scheme", "https", "dkim_key_size", "2048"))
            .json());
  }

  @Override
  public SendingDomain verify(String name) {
    return domain(
        name,
        api.send(
                api.call("verification", "v4/domains/" + JsonApi.segment(name) + "/verify")
                    .method("PUT")
                    .changingNothing())
            .json());
  }

  @Override
  public boolean removeDomain(String name) {
    api.send(api.call("domain", "v3/domains/" + JsonApi.segment(name)).method("DELETE"));
    return true;
  }

  /** Not those for receiving: the domain's mails go where they went. */
  private static SendingDomain domain(String name, JsonNode answer) {
    List<DnsRecord> records = new ArrayList<>();
    for (JsonNode each : answer.path("sending_dns_records")) {
      String owner = each.path("name").asText(name);
      String value = each.path("value").asText();
      switch (each.path("record_type").asText()) {
        case "TXT" -> records.add(DnsRecord.text(owner, value));
        case "CNAME" -> records.add(DnsRecord.alias(owner, value));
        default -> {
          // Not for sending.
        }
      }
    }
    String state = answer.at("/domain/state").asText();
    return new SendingDomain(name, state.equals("active"), state, records);
  }

  // --- users

  @Override
  public Optional<Set<String>> users() {
    Set<String> users = new HashSet<>();
    int page;
    do {
      JsonNode answer =
          api.get("users", "v5/users?limit=%d&skip=%d".formatted(PAGE, users.size())).json();
      page = answer.path("users").size();
      answer.path("users").forEach(each -> users.add(each.path("email").asText()));
    } while (page == PAGE);
    return Optional.of(users);
  }

  // --- logins for sending

  @Override
  public Optional<SmtpServer> submission() {
    return Optional.of(
        new SmtpServer(
            "smtp." + region + "mailgun.org",
            Encryption.STARTTLS.usualPort(),
            Encryption.STARTTLS));
  }

  @Override
  public Optional<SendingLogins> logins() {
    return Optional.of(this);
  }

  @Override
  public Optional<String> find(String user) {
    return api.get("logins", credentials() + "?limit=" + PAGE)
        .json()
        .path("items")
        .valueStream()
        .map(each -> each.path("login").asText())
        .filter(user::equals)
        .findFirst();
  }

  @Override
  public void create(String user, String password) {
    api.redacting(password)
        .post("login", credentials(), Map.of("login", user, "password", password));
  }

  @Override
  public void delete(String user) {
    api.send(api.call("login", credentials() + "/" + JsonApi.segment(user)).method("DELETE"));
  }

  private String credentials() {
    return "v3/domains/" + JsonApi.segment(domain) + "/credentials";
  }

  // --- mails

  @Override
  public String send(SmtpMessage mail, Optional<String> subAccount) {
    return api.post(
            "message",
            "v3/" + JsonApi.segment(domain) + "/messages",
            Map.of(
                "from", mail.from(),
                "to", mail.to(),
                "subject", mail.subject(),
                "text", mail.text()))
        .json()
        .path("id")
        .asText()
        .replaceAll("^<|>$", "");
  }

  @Override
  public Delivery delivery(String id) {
    JsonNode events =
        api.get("events", "v3/" + JsonApi.segment(domain) + "/events", Map.of("message-id", id))
            .json()
            .path("items");
    Delivery found = new Delivery(Delivery.State.UNDER_WAY, "no event yet");
    for (JsonNode event : events) {
      String said = event.path("event").asText();
      JsonNode status = event.path("delivery-status");
      String reason =
          said + ": " + status.path("description").asText(status.path("message").asText());
      if (said.equals("delivered")) {
        return new Delivery(Delivery.State.DELIVERED, reason);
      }
      boolean mayPass = event.path("severity").asText().equals("temporary");
      if (said.equals("rejected") || (said.equals("failed") && !mayPass)) {
        found = new Delivery(Delivery.State.FAILED, reason);
      }
    }
    return found;
  }

  // --- the protocol

  private static void refuse(HttpAnswer answer) {
    if (answer.status() == 400 && answer.text().contains("already taken")) {
      throw answer.trouble(Kind.WRONG_PLACE, "Another account of Mailgun has this domain.");
    }
  }
}
