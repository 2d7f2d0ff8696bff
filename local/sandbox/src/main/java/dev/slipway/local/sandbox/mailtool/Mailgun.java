package dev.slipway.local.sandbox.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Mailgun in its two regions, by its OpenAPI description: domains, logins, users, sub-accounts,
 * messages and events. Bodies are forms; the key of one domain is known, and may only send. The
 * world's part {@code mailgun}: {@code region}, {@code key}, {@code domainKey}, {@code domains} and
 * {@code subaccounts} (by name), {@code users} (addresses), {@code elsewhere} (domains of other
 * accounts), {@code returns} (addresses whose mails fail), {@code slow} (how often a domain is
 * looked at in vain).
 *
 * <p>The act {@code add-mailgun-user} ({@code email}) is what an administrator does who invites a
 * colleague.
 */
public final class Mailgun extends RestStandIn {

  private static final String SYSTEM = "mailgun";
  private static final String SELECTOR = "pic";
  private static final String KEY =
      "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5andb0x0000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000000000000000000wIDAQAB";

  private final World world;
  private final InstantSource clock;
  private final SentMails mails;

  /** One call with the right key, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    JsonNode answer(ObjectNode part, RestCall call);
  }

  /** Mailgun with the world's account; its mails lie in the mailbox. */
  public Mailgun(World world, Journal<Mail> mails, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https("api.mailgun.net", "203.0.113.139"),
        Site.https("api.eu.mailgun.net", "203.0.113.140"));
    this.world = world;
    this.clock = clock;
    this.mails = new SentMails(world, mails, clock);
    with("GET /v4/domains", this::domains);
    with("POST /v4/domains", this::addDomain);
    with("GET /v4/domains/{name}", (part, call) -> shown(domain(part, call.path("name"))));
    with("PUT /v4/domains/{name}/verify", this::verify);
    with("DELETE /v3/domains/{name}", Mailgun::deleteDomain);
    with("GET /v3/domains/{name}/credentials", Mailgun::logins);
    with("POST /v3/domains/{name}/credentials", Mailgun::addLogin);
    with("DELETE /v3/domains/{name}/credentials/{login}", Mailgun::deleteLogin);
    with("GET /v5/users", Mailgun::users);
    with("GET /v5/accounts/subaccounts", Mailgun::subAccounts);
    with("POST /v5/accounts/subaccounts", Mailgun::addSubAccount);
    with("POST /v5/accounts/subaccounts/{id}/disable", Mailgun::disable);
    with("POST /v3/{name}/messages", this::send);
    with("GET /v3/{name}/events", Mailgun::events);
  }

  @Override
  public ObjectNode defaults() {
    return Json.object()
        .put("region", "eu")
        .put("key", SandboxDefaults.MAILGUN_KEY)
        .put("domainKey", "key-0f-0ne-d0ma1n");
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "add-mailgun-user",
        details ->
            world.change(
                SYSTEM,
                part ->
                    part.withArrayProperty("users")
                        .add(details.path("email").asText())
                        .deepCopy()));
  }

  private void with(String route, Work work) {
    on(
        route,
        call ->
            ok(
                world.change(
                    SYSTEM,
                    part -> {
                      signedIn(part, call);
                      return work.answer(part, call);
                    })));
  }

  private static void signedIn(ObjectNode part, RestCall call) {
    String region = call.http().host().equals("api.eu.mailgun.net") ? "eu" : "us";
    String key = call.http().basic().map(Credentials::password).orElse("");
    boolean isHere = region.equals(part.path("region").asText());
    if (isHere && key.equals(part.path("domainKey").asText())) {
      throw message(403, "Incompatible key for this endpoint");
    }
    if (!isHere || !key.equals(part.path("key").asText())) {
      throw message(401, "Invalid private key");
    }
  }

  private static Refusal message(int status, String message) {
    return new Refusal(HttpAnswer.json(status, Json.object().put("message", message)));
  }

  // --- domains

  private JsonNode domains(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object().put("total_count", part.path("domains").size());
    ArrayNode items = answer.putArray("items");
    part.path("domains").forEach(each -> items.add(plain((ObjectNode) each)));
    return answer;
  }

  private static ObjectNode domain(ObjectNode part, String name) {
    if (part.path("domains").path(name) instanceof ObjectNode found) {
      return found;
    }
    throw message(404, "Domain not found");
  }

  private JsonNode addDomain(ObjectNode part, RestCall call) {
    String name = call.parameter("name");
    if (name.isEmpty()) {
      throw message(400, "Bad Request: name is missing from the form");
    }
    if (part.path("domains").has(name) || Json.strings(part.path("elsewhere")).contains(name)) {
      throw new Refusal(
          HttpAnswer.json(400, Json.object().put("Reason", "This domain name is already taken")));
    }
    part.withObjectProperty("domains")
        .putObject(name)
        .put("name", name)
        .put("created_at", clock.instant().toString())
        .put("state", "unverified");
    return shown(domain(part, name)).put("message", "Domain has been created");
  }

  private ObjectNode plain(ObjectNode domain) {
    ObjectNode shown =
        Json.object()
            .put("id", "d-" + domain.path("name").asText())
            .put("is_disabled", domain.path("state").asText().equals("disabled"))
            .put("require_tls", false)
            .put("skip_verification", false)
            .put("smtp_login", "postmaster@" + domain.path("name").asText())
            .put("spam_action", "disabled")
            .put("type", "custom")
            .put("use_automatic_sender_security", false)
            .put("web_prefix", "email")
            .put("web_scheme", "https")
            .put("wildcard", false)
            .put("encrypt_incoming_message", false)
            .put("message_ttl", 259200);
    for (String field : List.of("name", "created_at", "state")) {
      shown.put(field, domain.path(field).asText());
    }
    return shown;
  }

  private ObjectNode shown(ObjectNode domain) {
    String name = domain.path("name").asText();
    ObjectNode answer = Json.object();
    answer.put("message", "Domain").set("domain", plain(domain));
    ArrayNode receiving = answer.putArray("receiving_dns_records");
    record(receiving, "MX", name, "mxa.mailgun.org");
    ArrayNode sending = answer.putArray("sending_dns_records");
    record(sending, "TXT", name, "v=spf1 include:mailgun.org ~all");
    record(sending, "TXT", SELECTOR + "._domainkey." + name, "k=rsa; p=" + KEY);
    record(sending, "CNAME", "email." + name, "mailgun.org");
    return answer;
  }

  private void record(ArrayNode records, String type, String name, String value) {
    records
        .addObject()
        .put("record_type", type)
        .put("name", name)
        .put("value", value)
        .put("is_active", true)
        .put("valid", isThere(type, name, value) ? "valid" : "unknown")
        .putArray("cached");
  }

  private boolean isThere(String type, String name, String value) {
    String wanted = value.replaceAll("^v=spf1 | ~all$", "");
    return HostedZones.values(world, name, type).stream()
        .anyMatch(text -> text.replace("\" \"", "").contains(wanted));
  }

  private JsonNode verify(ObjectNode part, RestCall call) {
    ObjectNode domain = domain(part, call.path("name"));
    int slow = part.path("slow").asInt();
    part.put("slow", Math.max(0, slow - 1));
    boolean isReady =
        shown(domain)
            .path("sending_dns_records")
            .valueStream()
            .filter(each -> each.path("record_type").asText().equals("TXT"))
            .allMatch(each -> each.path("valid").asText().equals("valid"));
    if (isReady && slow == 0) {
      domain.put("state", "active");
    }
    return shown(domain).put("message", "Domain DNS records have been updated");
  }

  private static JsonNode deleteDomain(ObjectNode part, RestCall call) {
    domain(part, call.path("name"));
    part.withObjectProperty("domains").remove(call.path("name"));
    return Json.object().put("message", "Domain will be deleted in the background");
  }

  // --- logins, users, sub-accounts

  private static JsonNode logins(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    domain(part, call.path("name"))
        .path("logins")
        .fieldNames()
        .forEachRemaining(
            login ->
                items
                    .addObject()
                    .put("login", login)
                    .put("mailbox", login)
                    .put("created_at", "Sun, 29 Nov 2026 10:00:00 +0000")
                    .putNull("size_bytes"));
    return answer.put("total_count", items.size());
  }

  private static JsonNode addLogin(ObjectNode part, RestCall call) {
    domain(part, call.path("name"))
        .withObjectProperty("logins")
        .put(call.parameter("login"), call.parameter("password"));
    return Json.object().put("message", "Created 1 credentials pair(s)");
  }

  private static JsonNode deleteLogin(ObjectNode part, RestCall call) {
    domain(part, call.path("name")).withObjectProperty("logins").remove(call.path("login"));
    return Json.object()
        .put("message", "Credentials have been deleted")
        .put("spec", call.path("login"));
  }

  private static JsonNode users(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode users = answer.putArray("users");
    Json.strings(part.path("users"))
        .forEach(
            email ->
                users.addObject().put("email", email).put("activated", true).put("role", "admin"));
    return answer.put("total", users.size());
  }

  private static JsonNode subAccounts(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("subaccounts");
    part.path("subaccounts")
        .valueStream()
        .filter(each -> each.path("name").asText().contains(call.parameter("filter")))
        .forEach(each -> list.add(each.deepCopy()));
    return answer.put("total", list.size());
  }

  private static JsonNode addSubAccount(ObjectNode part, RestCall call) {
    ObjectNode all = part.withObjectProperty("subaccounts");
    String id = "%024x".formatted(all.size() + 1);
    ObjectNode made = all.putObject(id);
    made.put("id", id).put("name", call.parameter("name")).put("status", "open");
    return answer(made);
  }

  private static JsonNode disable(ObjectNode part, RestCall call) {
    if (!(part.path("subaccounts").path(call.path("id")) instanceof ObjectNode found)) {
      throw message(404, "Not Found");
    }
    return answer(found.put("status", "disabled"));
  }

  private static ObjectNode answer(ObjectNode subAccount) {
    ObjectNode answer = Json.object();
    answer.set("subaccount", subAccount.deepCopy());
    return answer;
  }

  // --- messages

  private JsonNode send(ObjectNode part, RestCall call) {
    ObjectNode domain = domain(part, call.path("name"));
    if (!domain.path("state").asText().equals("active")) {
      throw message(400, "The domain is unverified and requires DNS configuration.");
    }
    String to = call.parameter("to");
    boolean isReturned = Json.strings(part.path("returns")).contains(to);
    ObjectNode all = part.withObjectProperty("messages");
    String id = "%d.sandbox@%s".formatted(all.size() + 1, call.path("name"));
    all.put(id, isReturned ? "failed" : "delivered");
    if (!isReturned) {
      String from = call.parameter("from");
      mails.deliver(SYSTEM, SELECTOR, from, to, call.parameter("subject"), call.parameter("text"));
    }
    return Json.object().put("id", "<" + id + ">").put("message", "Queued. Thank you.");
  }

  private static JsonNode events(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    String state = part.path("messages").path(call.parameter("message-id")).asText();
    if (!state.isEmpty()) {
      ObjectNode event = items.addObject().put("event", state).put("id", "e1");
      event
          .putObject("delivery-status")
          .put("code", state.equals("failed") ? 550 : 250)
          .put("message", state.equals("failed") ? "No such mailbox" : "OK");
      if (state.equals("failed")) {
        event.put("severity", "permanent");
      }
    }
    return answer;
  }
}
