package dev.slipway.local.sandbox.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Mandrill by its OpenAPI description: users, senders, sub-accounts, templates (a draft beside what
 * is published), messages; the key in each body, errors told by {@code name}. A domain signs once
 * its two keys are in the sandbox's DNS, and its owner is known by the text there. The world's part
 * {@code mandrill}: {@code key}, {@code account}, {@code domains}, {@code subaccounts}, {@code
 * templates}, {@code messages} (each by its natural key); {@code returns}: addresses whose mails
 * bounce; {@code suspended}: the reason for which mails wait; {@code slow}: how often a domain is
 * looked at in vain.
 *
 * <p>The act {@code publish-mandrill-templates} ({@code names}) is what the vendor does who copies
 * its own texts there (tools/emails/mandrill_utils.rb), and publishes the drafts.
 */
public final class Mandrill extends RestStandIn {

  private static final String SYSTEM = "mandrill";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final List<String> FIELDS =
      List.of("code", "subject", "from_email", "from_name", "text");

  private final World world;
  private final InstantSource clock;
  private final SentMails mails;

  /** One call with the right key, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    JsonNode answer(ObjectNode part, JsonNode given);
  }

  /** Mandrill with the world's account; its mails lie in the mailbox. */
  public Mandrill(World world, Journal<Mail> mails, InstantSource clock) {
    super(world, SYSTEM, Site.https("mandrillapp.com", "203.0.113.136"));
    this.world = world;
    this.clock = clock;
    this.mails = new SentMails(world, mails, clock);
    with("users/info", (part, given) -> part.path("account").deepCopy());
    with("subaccounts/info", this::subAccount);
    with("subaccounts/add", this::addSubAccount);
    with("subaccounts/pause", this::pause);
    with("senders/domains", this::domains);
    with("senders/add-domain", this::addDomain);
    with("senders/check-domain", this::addDomain);
    with("senders/delete-domain", Mandrill::deleteDomain);
    with("templates/info", (part, given) -> template(part, given.path("name")));
    with("templates/add", this::addTemplate);
    with("templates/update", this::updateTemplate);
    with("templates/delete", Mandrill::deleteTemplate);
    with("templates/render", Mandrill::render);
    with("messages/send", this::send);
    with("messages/info", (part, given) -> there(part, "messages", given.path("id"), "Message"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("key", SandboxDefaults.MANDRILL_KEY);
    ObjectNode stats =
        part.putObject("account")
            .put("username", "acme")
            .put("created_at", "2026-01-05 09:00:00")
            .put("public_id", "sandboxsandboxsandbox1")
            .put("reputation", 80)
            .put("hourly_quota", 250)
            .put("backlog", 0)
            .putObject("stats");
    List.of("today", "last_7_days", "last_30_days", "last_60_days", "last_90_days", "all_time")
        .forEach(stats::putObject);
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("publish-mandrill-templates", this::publish);
  }

  private JsonNode publish(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          for (String name : Json.strings(details.path("names"))) {
            part.withObjectProperty("templates").remove(name);
            addTemplate(
                part,
                Json.object()
                    .put("name", name)
                    .put("subject", name)
                    .put("code", "<p>" + name + "</p>"));
          }
          return Json.object().put("published", part.path("templates").size());
        });
  }

  private void with(String path, Work work) {
    on(
        "POST /api/1.4/" + path,
        call ->
            ok(
                world.change(
                    SYSTEM,
                    part -> {
                      JsonNode given = call.json();
                      if (!given.path("key").asText().equals(part.path("key").asText())) {
                        throw refusal(401, 401, "Invalid_Key", "Invalid API key");
                      }
                      return work.answer(part, given);
                    })));
  }

  private static Refusal refusal(int status, int code, String name, String message) {
    return new Refusal(
        HttpAnswer.json(
            status,
            Json.object()
                .put("status", "error")
                .put("code", code)
                .put("name", name)
                .put("message", message)));
  }

  @Override
  protected HttpAnswer notFound() {
    return refusal(500, -1, "GeneralError", "There is no such call.").answer();
  }

  private String now() {
    return TIME.format(clock.instant());
  }

  private static ObjectNode there(ObjectNode part, String table, JsonNode id, String kind) {
    if (part.path(table).path(id.asText()) instanceof ObjectNode found) {
      return found.deepCopy();
    }
    throw refusal(404, 12, "Unknown_" + kind, "No " + kind + " exists with the id " + id.asText());
  }

  // --- sub-accounts

  private JsonNode subAccount(ObjectNode part, JsonNode given) {
    ObjectNode found = there(part, "subaccounts", given.path("id"), "Subaccount");
    found.put("sent_hourly", 0).put("hourly_quota", 42).put("notes", "").putObject("last_30_days");
    return found;
  }

  private JsonNode addSubAccount(ObjectNode part, JsonNode given) {
    String id = given.path("id").asText();
    ObjectNode all = part.withObjectProperty("subaccounts");
    if (all.has(id)) {
      throw refusal(422, -2, "ValidationError", "A subaccount with id " + id + " already exists");
    }
    return all.putObject(id)
        .put("id", id)
        .put("name", given.path("name").asText(id))
        .put("created_at", now())
        .put("status", "active")
        .put("reputation", 80)
        .put("sent_weekly", 0)
        .put("sent_monthly", 0)
        .put("sent_total", 0)
        .deepCopy();
  }

  private JsonNode pause(ObjectNode part, JsonNode given) {
    there(part, "subaccounts", given.path("id"), "Subaccount");
    return part.withObjectProperty("subaccounts")
        .withObjectProperty(given.path("id").asText())
        .put("status", "paused")
        .deepCopy();
  }

  // --- domains

  private JsonNode domains(ObjectNode part, JsonNode given) {
    ArrayNode list = Json.array();
    part.path("domains").fieldNames().forEachRemaining(name -> list.add(domain(part, name, false)));
    return list;
  }

  private JsonNode addDomain(ObjectNode part, JsonNode given) {
    return domain(part, given.path("domain").asText(), true);
  }

  private ObjectNode domain(ObjectNode part, String name, boolean isLook) {
    ObjectNode known = part.withObjectProperty("domains").withObjectProperty(name);
    if (!known.has("created_at")) {
      known.put("created_at", clock.instant().toString());
      known.put("verify_txt_key", "k" + Integer.toHexString(name.hashCode()));
    }
    int slow = part.path("slow").asInt();
    if (isLook && slow > 0) {
      part.put("slow", slow - 1);
    }
    if (isLook && slow == 0) {
      boolean isSigning =
          leads("mte1._domainkey." + name, "dkim1") && leads("mte2._domainkey." + name, "dkim2");
      known.put("valid_signing", isSigning);
      String text = "\"mandrill_verify." + known.path("verify_txt_key").asText() + "\"";
      if (HostedZones.values(world, name, "TXT").contains(text)) {
        known.put("verified_at", clock.instant().toString());
      }
    }
    ObjectNode shown = known.deepCopy().put("domain", name);
    boolean isSigning = known.path("valid_signing").asBoolean();
    shown.put("valid_signing", isSigning);
    ObjectNode dkim = shown.putObject("dkim").put("valid", isSigning);
    if (!isSigning) {
      dkim.put("error", "no DKIM record found");
    }
    shown.putObject("spf").put("valid", true);
    return shown;
  }

  private boolean leads(String owner, String key) {
    return HostedZones.values(world, owner, "CNAME").contains(key + ".mandrillapp.com.");
  }

  private static JsonNode deleteDomain(ObjectNode part, JsonNode given) {
    String name = given.path("domain").asText();
    ObjectNode known = there(part, "domains", given.path("domain"), "Domain");
    if (known.has("verified_at")) {
      throw refusal(
          403, 28, "Invalid_Verified_Domain", "Cannot delete verified domain \"" + name + "\"");
    }
    part.withObjectProperty("domains").remove(name);
    return known;
  }

  // --- templates

  private static ObjectNode template(ObjectNode part, JsonNode name) {
    return there(part, "templates", name, "Template");
  }

  private JsonNode addTemplate(ObjectNode part, JsonNode given) {
    String name = given.path("name").asText();
    ObjectNode all = part.withObjectProperty("templates");
    if (all.has(name)) {
      throw refusal(
          422, 6, "Invalid_Template", "A template with name \"" + name + "\" already exists");
    }
    String now = clock.instant().toString();
    ObjectNode made = all.putObject(name).put("slug", name).put("name", name);
    made.put("created_at", now).put("published_at", (String) null).putArray("labels");
    made.put("publish_name", name).put("is_broken_template", false);
    for (String field : FIELDS) {
      made.putNull(field).putNull("publish_" + field);
    }
    return entered(made, given);
  }

  private JsonNode updateTemplate(ObjectNode part, JsonNode given) {
    template(part, given.path("name"));
    ObjectNode all = part.withObjectProperty("templates");
    return entered(all.withObjectProperty(given.path("name").asText()), given);
  }

  private ObjectNode entered(ObjectNode template, JsonNode given) {
    if (given.path("code").asText().contains("*|IF:")
        && !given.path("code").asText().contains("*|END:IF|*")) {
      throw refusal(422, -2, "ValidationError", "code: an IF without its END");
    }
    String now = clock.instant().toString();
    for (String field : FIELDS) {
      if (given.has(field)) {
        template.set(field, given.get(field));
      }
      if (given.path("publish").asBoolean(true)) {
        template.set("publish_" + field, template.get(field));
        template.put("published_at", now);
      }
    }
    template.put("updated_at", now).put("draft_updated_at", now);
    return template.deepCopy();
  }

  private static JsonNode deleteTemplate(ObjectNode part, JsonNode given) {
    ObjectNode gone = template(part, given.path("name"));
    part.withObjectProperty("templates").remove(given.path("name").asText());
    return gone;
  }

  /** A variable without a value stays as it is. */
  private static JsonNode render(ObjectNode part, JsonNode given) {
    String html = template(part, given.path("template_name")).path("publish_code").asText();
    for (JsonNode each : given.path("merge_vars")) {
      html = html.replace("*|" + each.path("name").asText() + "|*", each.path("content").asText());
    }
    return Json.object().put("html", html);
  }

  // --- messages

  private JsonNode send(ObjectNode part, JsonNode given) {
    JsonNode message = given.path("message");
    if (message.has("subaccount")) {
      there(part, "subaccounts", message.path("subaccount"), "Subaccount");
    }
    String from = message.path("from_email").asText();
    String to = message.at("/to/0/email").asText();
    String suspended = part.path("suspended").asText();
    boolean isReturned = Json.strings(part.path("returns")).contains(to);
    boolean isSent = suspended.isEmpty() && !isReturned;
    ObjectNode all = part.withObjectProperty("messages");
    String id = "%032x".formatted(all.size() + 1);
    ObjectNode known =
        all.putObject(id)
            .put("_id", id)
            .put("ts", clock.instant().getEpochSecond())
            .put("sender", from)
            .put("subject", message.path("subject").asText())
            .put("email", to)
            .put("opens", 0)
            .put("clicks", 0)
            .put("state", isSent ? "sent" : isReturned ? "bounced" : "queued")
            .put("diag", isReturned ? "550 5.1.1 mailbox does not exist" : "250 2.0.0 OK")
            .put("subaccount", message.path("subaccount").asText(null));
    List.of("tags", "opens_detail", "clicks_detail", "smtp_events", "resends")
        .forEach(known::putArray);
    known.putObject("reject").put("reason", "").put("last_event_at", "");
    if (isSent) {
      String subject = message.path("subject").asText();
      mails.deliver("mandrill", "mte1", from, to, subject, message.path("text").asText());
    }
    ObjectNode answer =
        Json.object().put("email", to).put("status", isSent || isReturned ? "sent" : "queued");
    answer.put("_id", id);
    if (!suspended.isEmpty()) {
      answer.put("queued_reason", suspended);
    }
    return Json.array().add(answer);
  }
}
