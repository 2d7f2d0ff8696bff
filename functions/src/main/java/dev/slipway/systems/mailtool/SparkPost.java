package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.smtp.SmtpMessage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SparkPost. Accounts of its two regions are separate. A sending domain belongs to the account and
 * is shared with its sub-accounts; one that is not verified within two weeks is forgotten. By the
 * vendor's API description; unverified against an account: {@code POST transmissions}, which is
 * none of the descriptions at hand. What became of a mail no description tells.
 */
public final class SparkPost implements MailTool, MailService {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "sparkpost";

  /** Its address by the region of the account. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.sparkpost.com/api/v1/"),
          "eu", URI.create("https://api.eu.sparkpost.com/api/v1/"));

  /** Another account sends from the domain. */
  private static final String IN_USE = "7004";

  private static final String RESTRICTED = "7000";

  private final JsonApi api;

  /** Speaks with this key, which stands in the header without a scheme, at this address. */
  public SparkPost(HttpPort http, URI base, String key) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .with(call -> call.header("Authorization", key).redacting(key))
            .withErrors(SparkPost::refuse);
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String against() {
    return api.against();
  }

  /** The account's state, such as {@code active} or {@code suspended}. */
  public String state() {
    HttpAnswer answer = api.get("account", "account");
    JsonNode account = answer.json().path("results");
    if (!account.hasNonNull("customer_id") || !account.hasNonNull("status")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "SparkPost's answer is no account.");
    }
    return account.path("status").asText();
  }

  @Override
  public Standing standing() {
    String state = state();
    return new Standing(!state.equals("active"), state);
  }

  // --- sub-accounts and domains

  @Override
  public Optional<MailService> service() {
    return Optional.of(this);
  }

  @Override
  public Optional<String> subAccount(String name) {
    return api.get("subaccounts", "subaccounts", Map.of("name", name, "per_page", "100"))
        .json()
        .path("results")
        .valueStream()
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path("id").asText())
        .findFirst();
  }

  /** Without a key, which would be shown once. */
  @Override
  public String createSubAccount(String name) {
    return api.post(
            "subaccount", "subaccounts", object().put("name", name).put("setup_api_key", false))
        .json()
        .at("/results/subaccount_id")
        .asText();
  }

  @Override
  public void suspend(String id) {
    put("subaccount", "subaccounts/" + id, object().put("status", "suspended"));
  }

  @Override
  public Optional<SendingDomain> domain(String name) {
    return api.find("sending domain", path(name))
        .map(answer -> domain(name, answer.json().path("results")));
  }

  @Override
  public SendingDomain addDomain(String name) {
    ObjectNode body = object().put("domain", name).put("shared_with_subaccounts", true);
    return domain(name, api.post("sending domain", "sending-domains", body).json().path("results"));
  }

  @Override
  public SendingDomain verify(String name) {
    api.ask("verification", path(name) + "/verify", object().put("dkim_verify", true));
    return domain(name).orElseThrow();
  }

  @Override
  public boolean removeDomain(String name) {
    api.send(api.call("sending domain", path(name)).method("DELETE"));
    return true;
  }

  private static String path(String domain) {
    return "sending-domains/" + JsonApi.segment(domain);
  }

  private static SendingDomain domain(String name, JsonNode domain) {
    JsonNode dkim = domain.path("dkim");
    JsonNode status = domain.path("status");
    String key =
        "v=DKIM1; k=rsa; h=sha256; p=" + dkim.path("public").asText().replaceAll("\\s", "");
    return new SendingDomain(
        name,
        status.path("ownership_verified").asBoolean()
            && status.path("dkim_status").asText().equals("valid"),
        "DKIM " + status.path("dkim_status").asText("not looked up yet"),
        List.of(
            DnsRecord.text(
                dkim.path("selector").asText()
                    + "._domainkey."
                    + dkim.path("signing_domain").asText(name),
                key)));
  }

  // --- mails

  @Override
  public Optional<MailTemplates> templates() {
    return Optional.of(new SparkPostTemplates(api));
  }

  @Override
  public String send(SmtpMessage mail, Optional<String> subAccount) {
    ObjectNode body = object();
    body.putObject("options").put("transactional", true);
    body.putArray("recipients").addObject().put("address", mail.to());
    body.putObject("content")
        .put("from", mail.from())
        .put("subject", mail.subject())
        .put("text", mail.text());
    HttpCall call = api.call("transmission", "transmissions").method("POST").json(body);
    HttpAnswer answer =
        api.send(subAccount.map(id -> call.header("X-MSYS-SUBACCOUNT", id)).orElse(call));
    JsonNode sent = answer.json().path("results");
    if (sent.path("total_accepted_recipients").asInt() != 1) {
      throw answer.trouble(Kind.REJECTED, "SparkPost does not send the mail.");
    }
    return sent.path("id").asText();
  }

  @Override
  public Delivery delivery(String id) {
    return new Delivery(
        Delivery.State.UNKNOWN, "SparkPost took it, and whether it arrived is seen there: " + id);
  }

  // --- the protocol

  private HttpAnswer put(String asked, String path, JsonNode body) {
    return api.send(api.call(asked, path).method("PUT").json(body));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void refuse(HttpAnswer answer) {
    if (answer.status() != 400 || !answer.text().stripLeading().startsWith("{")) {
      return;
    }
    switch (answer.json().at("/errors/0/code").asText()) {
      case IN_USE ->
          throw answer.trouble(Kind.WRONG_PLACE, "Another account of SparkPost has this domain.");
      case RESTRICTED ->
          throw answer.trouble(
              Kind.NOT_PERMITTED, "SparkPost's support has to authorize this domain.");
      default -> {
        // The status tells.
      }
    }
  }
}
