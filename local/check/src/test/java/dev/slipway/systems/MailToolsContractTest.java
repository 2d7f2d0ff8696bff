package dev.slipway.systems;

import static dev.slipway.local.sandbox.world.SandboxDefaults.MAILGUN_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.MANDRILL_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SPARKPOST_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.mailtool.MailService;
import dev.slipway.systems.mailtool.MailService.SendingDomain;
import dev.slipway.systems.mailtool.MailTemplates;
import dev.slipway.systems.mailtool.MailTemplates.MailTemplate;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.mailtool.MailTool.Delivery.State;
import dev.slipway.systems.mailtool.Mailgun;
import dev.slipway.systems.mailtool.Mandrill;
import dev.slipway.systems.mailtool.SparkPost;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.smtp.SmtpMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Clients and stand-ins of M48 and M49, held against the vendors' descriptions. */
final class MailToolsContractTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String DOMAIN = "mg.customer.example";
  private static final SmtpMessage MAIL =
      new SmtpMessage(
          "noreply@" + DOMAIN, "test@customer.example", "Test", "A test.", "id@" + DOMAIN);
  private static final MailTemplate TEMPLATE =
      new MailTemplate(
          "password-change",
          "noreply@" + DOMAIN,
          "Your password",
          "<p>Dear *|FIRST_NAME|*{{first_name}}</p>",
          "Dear",
          true);

  private final HttpPort http = SANDBOX.parties().http();

  private HttpPort mandrill() {
    return DescribedApi.of("mandrill.openapi.json", http).below("/api/1.4");
  }

  private SparkPost sparkPost(String part) {
    HttpPort described =
        part.isEmpty()
            ? http
            : DescribedApi.of("sparkpost-" + part + ".openapi.json", http).below("/api");
    return new SparkPost(described, SparkPost.BASES.get("eu"), SPARKPOST_KEY);
  }

  private static void publish(SendingDomain domain) {
    for (DnsRecord record : domain.records()) {
      String value = record.values().getFirst();
      ObjectNode details = Json.object().put("name", record.name()).put("type", record.type());
      details
          .putArray("values")
          .add(record.type().equals("TXT") ? "\"" + value + "\"" : value + ".");
      SANDBOX.control().act("publish-dns", details);
    }
  }

  /** Sub-account, domain, mail: each call and answer as described. */
  private static void sends(MailTool tool) {
    MailService service = tool.service().orElseThrow();
    assertFalse(tool.standing().isSuspended());
    assertTrue(service.subAccount("acme-uat").isEmpty());
    String id = service.createSubAccount("acme-uat");
    assertEquals(Optional.of(id), service.subAccount("acme-uat"));
    assertTrue(service.domain(DOMAIN).isEmpty());
    SendingDomain added = service.addDomain(DOMAIN);
    assertFalse(service.verify(DOMAIN).isVerified());
    publish(added);
    assertTrue(service.verify(DOMAIN).isVerified());
    assertTrue(service.domain(DOMAIN).orElseThrow().isVerified());
    String sent = tool.send(MAIL, Optional.of(id));
    assertEquals(State.DELIVERED, tool.delivery(sent).state());
    service.suspend(id);
  }

  private static void keepsTexts(MailTemplates templates) {
    templates.add(TEMPLATE);
    assertTrue(templates.find(TEMPLATE.name()).orElseThrow().saysAs(TEMPLATE));
    String html = templates.render(TEMPLATE.name(), Map.of("first_name", "Anna"));
    assertTrue(html.contains("Anna"), html);
    templates.replace(TEMPLATE);
    templates.delete(TEMPLATE.name());
  }

  @Test
  void mandrillSendsAndKeepsTexts() {
    Mandrill tool = new Mandrill(mandrill(), MANDRILL_KEY);
    sends(tool);
    assertFalse(tool.removeDomain(DOMAIN));
    assertTrue(tool.templates().orElseThrow().find(TEMPLATE.name()).isEmpty());
    keepsTexts(tool.templates().orElseThrow());
  }

  @Test
  void mandrillTellsErrorsByTheirNames() {
    assertEquals(Kind.AUTHENTICATION_FAILED, kind(() -> new Mandrill(mandrill(), "no").account()));
    Mandrill tool = new Mandrill(mandrill(), MANDRILL_KEY);
    tool.createSubAccount("acme");
    assertEquals(Kind.REJECTED, kind(() -> tool.createSubAccount("acme")));
    tool.templates().orElseThrow().add(TEMPLATE);
    assertEquals(Kind.REJECTED, kind(() -> tool.templates().orElseThrow().add(TEMPLATE)));
  }

  @Test
  void mailgunSendsAndMakesLogins() {
    HttpPort described = DescribedApi.of("mailgun.yaml", http);
    Mailgun tool = new Mailgun(described, Mailgun.BASES.get("eu"), DOMAIN, MAILGUN_KEY);
    sends(tool);
    assertTrue(tool.find("uat@" + DOMAIN).isEmpty());
    tool.create("uat@" + DOMAIN, "a-passw0rd");
    assertEquals(Optional.of("uat@" + DOMAIN), tool.find("uat@" + DOMAIN));
    tool.delete("uat@" + DOMAIN);
    assertTrue(tool.users().orElseThrow().isEmpty());
    assertTrue(tool.removeDomain(DOMAIN));
  }

  @Test
  void sparkPostIsAskedAsDescribed() {
    assertEquals("active", sparkPost("account").state());
    SparkPost accounts = sparkPost("subaccounts");
    String id = accounts.createSubAccount("acme-uat");
    assertEquals(Optional.of(id), accounts.subAccount("acme-uat"));
    accounts.suspend(id);
    SparkPost domains = sparkPost("sending-domains");
    SendingDomain added = domains.addDomain(DOMAIN);
    publish(added);
    assertTrue(domains.verify(DOMAIN).isVerified());
    assertTrue(domains.removeDomain(DOMAIN));
    keepsTexts(sparkPost("templates").templates().orElseThrow());
  }

  /** What no description at hand has: transmissions, and HTTP 404 of what is not there. */
  @Test
  void sparkPostSendsForASubAccount() {
    SparkPost tool = sparkPost("");
    assertTrue(tool.domain(DOMAIN).isEmpty());
    publish(tool.addDomain(DOMAIN));
    tool.verify(DOMAIN);
    String id = tool.createSubAccount("acme-uat");
    assertEquals(State.UNKNOWN, tool.delivery(tool.send(MAIL, Optional.of(id))).state());
    assertEquals(1, SANDBOX.control().mails().size());
  }

  @Test
  void sparkPostForgetsADomainThatNobodyVerifies() {
    SparkPost tool = sparkPost("");
    tool.addDomain(DOMAIN);
    SANDBOX.control().patchWorld("{\"sparkpost\":{\"clockAhead\":15}}");
    assertTrue(tool.domain(DOMAIN).isEmpty());
    tool.addDomain(DOMAIN);
  }

  @Test
  void aDomainOfAnotherAccountIsTold() {
    SANDBOX
        .control()
        .patchWorld(
            "{\"sparkpost\":{\"elsewhere\":[\"%1$s\"]},\"mailgun\":{\"elsewhere\":[\"%1$s\"]}}"
                .formatted(DOMAIN));
    assertEquals(Kind.WRONG_PLACE, kind(() -> sparkPost("sending-domains").addDomain(DOMAIN)));
    HttpPort described = DescribedApi.of("mailgun.yaml", http);
    Mailgun tool = new Mailgun(described, Mailgun.BASES.get("eu"), DOMAIN, MAILGUN_KEY);
    assertEquals(Kind.WRONG_PLACE, kind(() -> tool.addDomain(DOMAIN)));
  }

  @Test
  void theKeyOfOneDomainAndThatOfAnotherRegionAreToldApart() {
    Mailgun sending = new Mailgun(http, Mailgun.BASES.get("eu"), DOMAIN, "key-0f-0ne-d0ma1n");
    assertEquals(Kind.NOT_PERMITTED, kind(sending::domains));
    Mailgun elsewhere = new Mailgun(http, Mailgun.BASES.get("us"), DOMAIN, MAILGUN_KEY);
    assertEquals(Kind.AUTHENTICATION_FAILED, kind(elsewhere::domains));
  }

  @Test
  void aLimitAndAPageOfHtmlAreTold() {
    Mailgun tool = new Mailgun(http, Mailgun.BASES.get("eu"), DOMAIN, MAILGUN_KEY);
    for (Fault.RetryAfter form : Fault.RetryAfter.values()) {
      SANDBOX
          .control()
          .fault(
              Fault.of("mailgun", "GET /v4/domains", 1, Fault.Kind.STATUS_429)
                  .withRetryAfter(form, Duration.ofMinutes(5)));
      SystemTrouble limited = assertThrows(SystemTrouble.class, tool::domains);
      assertEquals(Kind.RATE_LIMITED, limited.kind());
      assertEquals(form != Fault.RetryAfter.NONE, limited.retryAt().isPresent(), form::name);
    }
    SANDBOX.control().fault(Fault.of("mailgun", "GET /v4/domains", 1, Fault.Kind.HTML));
    assertEquals(Kind.NOT_UNDERSTOOD, kind(tool::domains));
  }

  private static Kind kind(Executable call) {
    return assertThrows(SystemTrouble.class, call).kind();
  }
}
