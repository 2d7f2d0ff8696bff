package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.smtp.SmtpMessage;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Mandrill (Mailchimp Transactional). Its key stands in each body, and an error is told by its
 * name: a wrong key by HTTP 401 today, by 500 in former versions. By the vendor's OpenAPI
 * description; unverified against an account: the names of the records, which its help pages give.
 */
public final class Mandrill implements MailTool, MailService {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "mandrill";

  private static final URI BASE = URI.create("https://mandrillapp.com/api/1.4/");

  /** Mandrill calls a reputation of 75 good; below 25 it hardly sends. */
  private static final int BAD_REPUTATION = 25;

  private final JsonApi api;
  private final String key;

  /** Speaks with this key. */
  public Mandrill(HttpPort http, String key) {
    this.key = key;
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, BASE)
            .redacting(key)
            .withErrors(Mandrill::refuse);
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String against() {
    return api.against();
  }

  /**
   * The account.
   *
   * @param reputation from 0 to 100; 75 and more is good
   * @param backlog mails that wait because of the hourly quota
   */
  public record Account(int reputation, int backlog) {

    /** Whether mails may come late. */
    public boolean isSlow() {
      return reputation < BAD_REPUTATION || backlog > 0;
    }
  }

  /** The account that the key belongs to. */
  public Account account() {
    HttpAnswer answer = ask("users/info", body());
    JsonNode account = answer.json();
    if (!account.hasNonNull("username") || !account.hasNonNull("reputation")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Mandrill's answer is no account.");
    }
    return new Account(account.path("reputation").asInt(), account.path("backlog").asInt());
  }

  /** That the account is suspended is told of a mail that waits, and nowhere else. */
  @Override
  public Standing standing() {
    Account account = account();
    return new Standing(
        false,
        "reputation %d of 100, %d mail(s) waiting%s"
            .formatted(
                account.reputation(),
                account.backlog(),
                account.isSlow() ? "; warning: mails may come late" : ""));
  }

  // --- sub-accounts and domains

  @Override
  public Optional<MailService> service() {
    return Optional.of(this);
  }

  @Override
  public Optional<String> subAccount(String name) {
    return found("subaccounts/info", body().put("id", name))
        .map(answer -> answer.json().path("id").asText());
  }

  @Override
  public String createSubAccount(String name) {
    return post("subaccounts/add", body().put("id", name).put("name", name))
        .json()
        .path("id")
        .asText();
  }

  @Override
  public void suspend(String id) {
    post("subaccounts/pause", body().put("id", id));
  }

  /** Looked up in the list: a check would add it. */
  @Override
  public Optional<SendingDomain> domain(String name) {
    return ask("senders/domains", body())
        .json()
        .valueStream()
        .filter(each -> each.path("domain").asText().equals(name))
        .findFirst()
        .map(Mandrill::domain);
  }

  @Override
  public SendingDomain addDomain(String name) {
    return domain(post("senders/add-domain", body().put("domain", name)).json());
  }

  @Override
  public SendingDomain verify(String name) {
    return domain(ask("senders/check-domain", body().put("domain", name)).json());
  }

  /** Of a verified one Mandrill wants a person to sign in. */
  @Override
  public boolean removeDomain(String name) {
    try {
      post("senders/delete-domain", body().put("domain", name));
      return true;
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_PERMITTED) {
        return false;
      }
      throw trouble;
    }
  }

  private static SendingDomain domain(JsonNode domain) {
    String name = domain.path("domain").asText();
    boolean isSigning = domain.path("valid_signing").asBoolean();
    boolean isOwned = domain.hasNonNull("verified_at");
    return new SendingDomain(
        name,
        isSigning && isOwned,
        "%s, %s"
            .formatted(
                isSigning
                    ? "signing"
                    : "not signing: " + domain.at("/dkim/error").asText("no DKIM"),
                isOwned ? "owner verified" : "owner not verified"),
        List.of(
            DnsRecord.alias("mte1._domainkey." + name, "dkim1.mandrillapp.com"),
            DnsRecord.alias("mte2._domainkey." + name, "dkim2.mandrillapp.com"),
            DnsRecord.text(name, "mandrill_verify." + domain.path("verify_txt_key").asText())));
  }

  // --- mails

  @Override
  public Optional<MailTemplates> templates() {
    return Optional.of(new MandrillTemplates(this));
  }

  @Override
  public String send(SmtpMessage mail, Optional<String> subAccount) {
    ObjectNode body = body();
    ObjectNode message =
        body.putObject("message")
            .put("from_email", mail.from())
            .put("subject", mail.subject())
            .put("text", mail.text());
    message.putArray("to").addObject().put("email", mail.to()).put("type", "to");
    subAccount.ifPresent(id -> message.put("subaccount", id));
    HttpAnswer answer = post("messages/send", body);
    JsonNode sent = answer.json().path(0);
    String reason = sent.path("queued_reason").asText("");
    if (reason.endsWith("suspended")) {
      throw answer.trouble(Kind.NOT_PERMITTED, "Mandrill sends nothing for the account: " + reason);
    }
    if (!sent.path("status").asText().matches("sent|queued|scheduled")) {
      throw answer.trouble(
          Kind.REJECTED,
          "Mandrill does not send the mail: %s %s."
              .formatted(sent.path("status").asText(), sent.path("reject_reason").asText()));
    }
    return sent.path("_id").asText();
  }

  /** A mail cannot be asked for in the first moments. */
  @Override
  public Delivery delivery(String id) {
    Optional<HttpAnswer> found = found("messages/info", body().put("id", id));
    if (found.isEmpty()) {
      return new Delivery(Delivery.State.UNDER_WAY, "not listed yet");
    }
    JsonNode mail = found.get().json();
    String state = mail.path("state").asText();
    return switch (state) {
      case "sent" -> new Delivery(Delivery.State.DELIVERED, "sent: " + mail.path("diag").asText());
      case "queued", "scheduled" -> new Delivery(Delivery.State.UNDER_WAY, state);
      default ->
          new Delivery(
              Delivery.State.FAILED,
              state + ": " + mail.path("bounce_description").asText(mail.path("diag").asText()));
    };
  }

  // --- the protocol

  ObjectNode body() {
    return JsonNodeFactory.instance.objectNode().put("key", key);
  }

  HttpAnswer ask(String path, JsonNode body) {
    return api.ask(path, path, body);
  }

  HttpAnswer post(String path, JsonNode body) {
    return api.post(path, path, body);
  }

  Optional<HttpAnswer> found(String path, JsonNode body) {
    try {
      return Optional.of(ask(path, body));
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private static void refuse(HttpAnswer answer) {
    if (answer.isSuccess() || !answer.text().stripLeading().startsWith("{")) {
      return;
    }
    String name = answer.json().path("name").asText();
    if (name.startsWith("Unknown_")) {
      throw answer.trouble(Kind.NOT_FOUND, "Mandrill does not know it: " + name + ".");
    }
    switch (name) {
      case "Invalid_Key" ->
          throw answer.trouble(Kind.AUTHENTICATION_FAILED, "Mandrill does not know the key.");
      case "PaymentRequired" ->
          throw answer.trouble(
              Kind.NOT_PERMITTED, "Mandrill wants a paid plan before it sends for this account.");
      case "Invalid_Verified_Domain" ->
          throw answer.trouble(Kind.NOT_PERMITTED, "Mandrill lets only a person do this.");
      default -> {
        // The status tells.
      }
    }
  }
}
