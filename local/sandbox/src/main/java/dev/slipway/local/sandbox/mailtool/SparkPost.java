package dev.slipway.local.sandbox.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.network.HostedZones;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * SparkPost in its two regions, by its API description: account, sub-accounts, sending domains,
 * templates, transmissions. A domain is valid once its key is in the sandbox's DNS, and forgotten
 * where it was not within two weeks. The world's part {@code sparkpost}: {@code region}, {@code
 * key}, {@code account}, {@code domains}, {@code subaccounts} and {@code templates} (by name or
 * id), {@code elsewhere} (domains of other accounts), {@code slow} (how often a domain is looked at
 * in vain), {@code clockAhead} (days).
 *
 * <p>The act {@code publish-sparkpost-templates} ({@code names}) is what the vendor does who copies
 * its own texts there.
 */
public final class SparkPost extends RestStandIn {

  private static final String SYSTEM = "sparkpost";
  private static final String SELECTOR = "scph1126";
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(14);

  /** The public part of a key that signs nothing. */
  private static final String KEY =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKrbKqJ0yXWZ2iYCyCjBJrE5YwHfd4m2pVgPGpZQ6hM7bJpJ"
          + "zY0p1cP1pXb1hW7n9i1u0a3lR8lX2j7tM0b5nUkCAwEAAQ==";

  private final World world;
  private final InstantSource clock;
  private final SentMails mails;

  /** One call with the right key, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    JsonNode answer(ObjectNode part, RestCall call);
  }

  /** SparkPost with the world's account; its mails lie in the mailbox. */
  public SparkPost(World world, Journal<Mail> mails, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https("api.sparkpost.com", "203.0.113.137"),
        Site.https("api.eu.sparkpost.com", "203.0.113.138"));
    this.world = world;
    this.clock = clock;
    this.mails = new SentMails(world, mails, clock);
    with("GET account", (part, call) -> part.path("account").deepCopy());
    with("GET subaccounts", SparkPost::subAccounts);
    with("POST subaccounts", SparkPost::addSubAccount);
    with("PUT subaccounts/{id}", SparkPost::changeSubAccount);
    with("GET sending-domains/{domain}", (part, call) -> shown(domain(part, call.path("domain"))));
    with("POST sending-domains", this::addDomain);
    with("POST sending-domains/{domain}/verify", this::verify);
    with("DELETE sending-domains/{domain}", this::deleteDomain);
    with("GET templates/{id}", SparkPost::template);
    with("POST templates", SparkPost::addTemplate);
    with("PUT templates/{id}", SparkPost::changeTemplate);
    with("DELETE templates/{id}", SparkPost::deleteTemplate);
    with("POST templates/{id}/preview", SparkPost::preview);
    with("POST transmissions", this::send);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("region", "eu").put("key", SandboxDefaults.SPARKPOST_KEY);
    part.putObject("account")
        .put("customer_id", 123)
        .put("company_name", "Acme")
        .put("status", "active");
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("publish-sparkpost-templates", this::publish);
  }

  private JsonNode publish(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode all = part.withObjectProperty("templates");
          for (String name : Json.strings(details.path("names"))) {
            ObjectNode template = all.putObject(name).put("id", name).put("name", name);
            ObjectNode content = template.put("published", true).putObject("content");
            content.put("subject", name).put("html", "<p>" + name + "</p>");
            content.putObject("from").put("email", "noreply@customer.example");
          }
          return Json.object().put("published", all.size());
        });
  }

  private void with(String route, Work work) {
    String[] words = route.split(" ", 2);
    on(
        route,
        words[0] + " /api/v1/" + words[1],
        call -> {
          JsonNode results =
              world.change(
                  SYSTEM,
                  part -> {
                    signedIn(part, call);
                    return work.answer(part, call);
                  });
          ObjectNode answer = Json.object();
          answer.set("results", results);
          return results.isNull() ? HttpAnswer.empty(204) : ok(answer);
        });
  }

  private static void signedIn(ObjectNode part, RestCall call) {
    String region = call.http().host().equals("api.eu.sparkpost.com") ? "eu" : "us";
    String key = part.path("key").asText();
    if (!region.equals(part.path("region").asText())
        || call.http().header("authorization").filter(key::equals).isEmpty()) {
      ObjectNode answer = Json.object();
      answer.putArray("errors").addObject().put("message", "Unauthorized.");
      throw new Refusal(HttpAnswer.json(401, answer));
    }
  }

  private static Refusal refusal(int status, String code, String message, String description) {
    ObjectNode answer = Json.object();
    answer
        .putArray("errors")
        .addObject()
        .put("code", code)
        .put("message", message)
        .put("description", description);
    return new Refusal(HttpAnswer.json(status, answer));
  }

  // --- sub-accounts

  private static JsonNode subAccounts(ObjectNode part, RestCall call) {
    return Json.array()
        .addAll(
            part.path("subaccounts")
                .valueStream()
                .filter(each -> each.path("name").asText().contains(call.parameter("name")))
                .<JsonNode>map(JsonNode::deepCopy)
                .toList());
  }

  private static JsonNode addSubAccount(ObjectNode part, RestCall call) {
    String name = call.json().path("name").asText();
    ObjectNode all = part.withObjectProperty("subaccounts");
    int id = 800 + all.size() + 1;
    all.putObject(String.valueOf(id))
        .put("id", id)
        .put("name", name)
        .put("status", "active")
        .put("compliance_status", "active")
        .putObject("options")
        .put("deliverability", false);
    return Json.object().put("subaccount_id", id);
  }

  private static JsonNode changeSubAccount(ObjectNode part, RestCall call) {
    if (!(part.path("subaccounts").path(call.path("id")) instanceof ObjectNode found)) {
      throw refusal(404, "1600", "resource not found", "There is no such subaccount");
    }
    found.setAll((ObjectNode) call.json());
    return Json.object().put("message", "Successfully updated subaccount information");
  }

  // --- sending domains

  private ObjectNode domain(ObjectNode part, String name) {
    if (part.path("domains").path(name) instanceof ObjectNode found && !isForgotten(part, found)) {
      return found;
    }
    throw refusal(404, "1600", "resource not found", "Domain '" + name + "' does not exist");
  }

  private boolean isForgotten(ObjectNode part, ObjectNode domain) {
    Instant since = Instant.parse(domain.path("since").asText());
    return !domain.path("valid").asBoolean() && since.plus(FORGOTTEN_AFTER).isBefore(now(part));
  }

  private Instant now(ObjectNode part) {
    return clock.instant().plus(Duration.ofDays(part.path("clockAhead").asInt()));
  }

  private JsonNode addDomain(ObjectNode part, RestCall call) {
    String name = call.json().path("domain").asText();
    if (Json.strings(part.path("elsewhere")).contains(name)) {
      throw refusal(400, "7004", "Domain in use", "This domain is in use by another account");
    }
    ObjectNode all = part.withObjectProperty("domains");
    if (all.path(name) instanceof ObjectNode known && !isForgotten(part, known)) {
      throw refusal(409, "1602", "resource conflict", "The domain exists already");
    }
    all.putObject(name)
        .put("name", name)
        .put("since", now(part).toString())
        .put("shared_with_subaccounts", call.json().path("shared_with_subaccounts").asBoolean());
    ObjectNode answer = Json.object().put("message", "Successfully Created domain.");
    answer.put("domain", name).set("dkim", dkim(name));
    return answer;
  }

  private static ObjectNode dkim(String name) {
    return Json.object()
        .put("public", KEY)
        .put("selector", SELECTOR)
        .put("signing_domain", name)
        .put("headers", "from:to:subject:date");
  }

  private static JsonNode shown(ObjectNode domain) {
    ObjectNode shown = Json.object();
    shown.set("status", status(domain));
    shown.set("dkim", dkim(domain.path("name").asText()));
    shown.put("shared_with_subaccounts", domain.path("shared_with_subaccounts").asBoolean());
    return shown;
  }

  private static ObjectNode status(ObjectNode domain) {
    boolean isValid = domain.path("valid").asBoolean();
    return Json.object()
        .put("ownership_verified", isValid)
        .put("spf_status", "unverified")
        .put("abuse_at_status", "unverified")
        .put("dkim_status", isValid ? "valid" : "unverified")
        .put("cname_status", "unverified")
        .put("mx_status", "unverified")
        .put("compliance_status", "valid")
        .put("postmaster_at_status", "unverified")
        .put("verification_mailbox_status", "unverified");
  }

  private JsonNode verify(ObjectNode part, RestCall call) {
    String name = call.path("domain");
    ObjectNode found = domain(part, name);
    int slow = part.path("slow").asInt();
    part.put("slow", Math.max(0, slow - 1));
    found.put("valid", slow == 0 && isPublished(name));
    return status(found);
  }

  private boolean isPublished(String name) {
    return HostedZones.values(world, SELECTOR + "._domainkey." + name, "TXT").stream()
        .anyMatch(text -> text.replace("\" \"", "").contains("p=" + KEY));
  }

  private JsonNode deleteDomain(ObjectNode part, RestCall call) {
    domain(part, call.path("domain"));
    part.withObjectProperty("domains").remove(call.path("domain"));
    return Json.of(null);
  }

  // --- templates

  private static ObjectNode known(ObjectNode part, RestCall call) {
    if (part.path("templates").path(call.path("id")) instanceof ObjectNode found) {
      return found;
    }
    throw refusal(404, "1600", "resource not found", "There is no such template");
  }

  private static JsonNode template(ObjectNode part, RestCall call) {
    ObjectNode found = known(part, call);
    if (call.parameter("draft").equals("false") && !found.path("published").asBoolean()) {
      throw refusal(404, "1600", "resource not found", "It has no published version");
    }
    return found.deepCopy();
  }

  private static JsonNode addTemplate(ObjectNode part, RestCall call) {
    JsonNode given = call.json();
    String id = given.path("id").asText();
    ObjectNode all = part.withObjectProperty("templates");
    if (all.has(id)) {
      throw refusal(409, "1602", "resource conflict", "The template exists already");
    }
    requireReadable(given);
    all.set(id, given.deepCopy());
    return Json.object().put("id", id);
  }

  private static JsonNode changeTemplate(ObjectNode part, RestCall call) {
    requireReadable(call.json());
    ObjectNode found = known(part, call).setAll((ObjectNode) call.json().deepCopy());
    if (call.parameter("update_published").equals("true")) {
      found.put("published", true);
    }
    return Json.object().put("id", call.path("id"));
  }

  private static void requireReadable(JsonNode given) {
    String html = given.at("/content/html").asText();
    if (html.split("\\{\\{", -1).length != html.split("}}", -1).length) {
      throw refusal(422, "3000", "substitution language syntax error", "a variable does not end");
    }
  }

  private static JsonNode deleteTemplate(ObjectNode part, RestCall call) {
    known(part, call);
    part.withObjectProperty("templates").remove(call.path("id"));
    return Json.object();
  }

  /** A variable without a value becomes nothing. */
  private static JsonNode preview(ObjectNode part, RestCall call) {
    JsonNode content = known(part, call).path("content");
    String html = content.path("html").asText();
    for (var each : call.json().path("substitution_data").properties()) {
      html = html.replace("{{" + each.getKey() + "}}", each.getValue().asText());
    }
    ObjectNode answer = Json.object().put("subject", content.path("subject").asText());
    answer.set("from", content.path("from").deepCopy());
    return answer.put("html", html.replaceAll("\\{\\{[^{}]*}}", ""));
  }

  // --- transmissions

  private JsonNode send(ObjectNode part, RestCall call) {
    JsonNode content = call.json().path("content");
    String from = content.path("from").asText();
    if (!domain(part, from.substring(from.indexOf('@') + 1)).path("valid").asBoolean()) {
      throw refusal(400, "7001", "Unconfigured Sending Domain", "The domain is not verified");
    }
    call.http()
        .header("x-msys-subaccount")
        .filter(id -> !part.path("subaccounts").has(id))
        .ifPresent(
            id -> {
              throw refusal(403, "1000", "Forbidden.", "There is no subaccount " + id);
            });
    mails.deliver(
        "sparkpost",
        SELECTOR,
        from,
        call.json().at("/recipients/0/address").asText(),
        content.path("subject").asText(),
        content.path("text").asText());
    int sent = part.path("sent").asInt() + 1;
    part.put("sent", sent);
    return Json.object()
        .put("id", "1100000000000000" + sent)
        .put("total_accepted_recipients", 1)
        .put("total_rejected_recipients", 0);
  }
}
