package dev.slipway.enterprise.transactionalemail;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_CLIENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SUBSCRIPTION;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_TENANT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.MAILGUN_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SPARKPOST_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M48 with SparkPost and Azure DNS, with Mailgun, and with a mail server of the customer's own. */
final class SetUpDeliveryTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HOST = "acme.uat.customer.example";

  private final SandboxControl control = SANDBOX.control();
  private final SetUpAccount task = new SetUpAccount(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("transactional-email.set-up-account")
          .at("environment", "uat")
          .element(
              "mail-admins",
              "{\"people\":[{\"name\":\"Anna\",\"email\":\"anna@customer.example\"}]}")
          .element(
              "tenants",
              "{\"uat\":{\"list\":[{\"name\":\"acme\",\"title\":\"Acme\",\"host\":\""
                  + HOST
                  + "\"}]}}")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element("test-mailbox", "{\"address\":\"platform-test@customer.example\"}")
          .element("features", "{\"alerts\":false}")
          .element("infrastructure", "{\"dns\":{\"managedBy\":\"customer\",\"zones\":[]}}")
          .answer("users", "engineer", "{}")
          .answer("test", "{}");

  @BeforeEach
  void theFrontendIsDeployed() {
    control.act("build-express", Map.of("host", HOST, "version", "4.2.1"));
    bench.secret(
        "mnohub-tenant@uat.acme",
        "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
            .formatted(
                SandboxDefaults.hubTenantId("uat", "acme"),
                SandboxDefaults.hubTenantKey("uat", "acme")));
  }

  private void mailgun() {
    bench
        .element(
            "mail-tool",
            "{\"tool\":\"mailgun\",\"account\":\"existing\",\"region\":\"eu\",\"domain\":\"mg.customer.example\"}")
        .secret("mailgun", "{\"key\":\"" + MAILGUN_KEY + "\"}");
    control.patchWorld(
        """
        {"mailgun":{"users":["Anna@customer.example"]},"dns":{"records":{
          "mg.customer.example":{"TXT":["\\"v=spf1 include:other.example include:mailgun.org -all\\""]},
          "pic._domainkey.mg.customer.example":{"TXT":["\\"k=rsa; p=%s\\""]},
          "email.mg.customer.example":{"CNAME":["mailgun.org."]}}}}"""
            .formatted(key()));
  }

  private static String key() {
    return "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5andb0x0000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000000000000000wIDAQAB";
  }

  private void mailServer() {
    bench
        .element(
            "mail-tool",
            """
            {"tool":"smtp","domain":"hoster.example","host":"%s","port":587,"security":"starttls"}"""
                .formatted(SMTP_HOST))
        .secret("smtp", "{\"user\":\"" + SMTP_USER + "\",\"password\":\"" + SMTP_PASSWORD + "\"}");
  }

  private JsonNode settings() {
    return control
        .world()
        .at("/maestrano/hubs/uat/tenants")
        .valueStream()
        .filter(tenant -> tenant.path("name").asText().equals("acme"))
        .findFirst()
        .orElseThrow()
        .path("frontend_config")
        .path("system");
  }

  private Outcome restarted() {
    waitsFor("configure", bench.attempt(task));
    control.act("restart-express", Map.of("host", HOST));
    return bench.answer("configure", "engineer", "{}").attempt(task);
  }

  @Test
  void mailgunGetsALoginThatNobodySees() {
    mailgun();
    Outcome.Waiting waiting = waitsFor("configure", bench.attempt(task));
    assertEquals(Party.VENDOR, waiting.party());
    String password = settings().at("/smtp/password").asText();
    assertEquals(32, password.length());
    assertFalse((waiting + bench.notes()).contains(password));
    String evidence = done(restarted());
    assertFalse(evidence.contains(password));
    assertTrue(evidence.contains("delivered"), evidence);
    assertEquals("smtp.eu.mailgun.org", settings().at("/smtp/address").asText());
    assertEquals(1, control.world().at("/mailgun/domains/mg.customer.example/logins").size());
    assertTrue(done(bench.putBack(task)).contains("the login for sending is deleted"));
    assertTrue(settings().at("/smtp/password").isMissingNode());
    assertEquals(0, control.world().at("/mailgun/domains/mg.customer.example/logins").size());
  }

  @Test
  void mailgunsUsersAreListedAndWaitedFor() {
    mailgun();
    control.patchWorld("{\"mailgun\":{\"users\":[]}}");
    assertEquals(Party.VENDOR, waitsFor("users", bench.attempt(task)).party());
    control.act("add-mailgun-user", Map.of("email", "anna@customer.example"));
    waitsFor("configure", bench.attempt(task));
  }

  @Test
  void aDomainThatMailgunDisabledIsTold() {
    mailgun();
    waitsFor("configure", bench.attempt(task));
    control.patchWorld(
        "{\"mailgun\":{\"domains\":{\"mg.customer.example\":{\"state\":\"disabled\"}}}}");
    failed("mailgun.account-suspended", "mail-tool", bench.attempt(task));
  }

  @Test
  void aMailServerIsEnteredInTheHubOnceForEachPassword() {
    mailServer();
    done(restarted());
    assertEquals(SMTP_PASSWORD, settings().at("/smtp/password").asText());
    assertEquals("noreply@hoster.example", settings().at("/email/default_sender/email").asText());
    done(bench.attempt(task));
    assertEquals(1, control.count("maestrano", "PATCH tenant"));
    done(bench.verify(task));
    done(bench.putBack(task));
    assertTrue(settings().at("/smtp/address").isMissingNode());
  }

  @Test
  void whereTheHubRefusesTheVendorEntersItAndAMachineLooks() {
    mailServer();
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":{\"refuses\":[\"PATCH tenant\"]}}}}");
    Outcome.Waiting waiting = waitsFor("configure", bench.attempt(task));
    assertTrue(waiting.instructions().contains("system.smtp.address"), waiting.instructions());
    assertFalse(waiting.instructions().contains(SMTP_PASSWORD));
    waiting = waitsFor("configure", bench.answer("configure", "engineer", "{}").attempt(task));
    assertEquals("mnohub.mail-differs", waiting.problem().code());
  }

  @Test
  void aFrontendOfSeriesThreeIsTheVendorsToConfigure() {
    mailServer();
    control.act("build-express", Map.of("host", HOST, "version", "3.3.3"));
    waitsFor("configure", bench.attempt(task));
    done(bench.answer("configure", "engineer", "{}").attempt(task));
    assertTrue(settings().isMissingNode());
  }

  @Test
  void sparkPostsKeyIsEnteredInAzureDnsInPieces() {
    bench
        .element(
            "mail-tool",
            "{\"tool\":\"sparkpost\",\"account\":\"existing\",\"region\":\"eu\",\"domain\":\"customer.example\"}")
        .element(
            "infrastructure",
            "{\"provider\":\"azure\",\"dns\":{\"managedBy\":\"azure-dns\",\"zones\":[{\"name\":\"customer.example\"}]}}")
        .secret("sparkpost", "{\"key\":\"" + SPARKPOST_KEY + "\"}")
        .secret(
            "azure",
            """
            {"tenantId":"%s","subscriptionId":"%s","clientId":"%s","clientSecret":"%s",
             "resourceGroup":"platform","cloud":"public"}"""
                .formatted(AZURE_TENANT, AZURE_SUBSCRIPTION, AZURE_CLIENT, AZURE_SECRET))
        .answer("sending-key", "engineer", "{}")
        .answer("configure", "engineer", "{}");
    control.patchWorld(
        """
        {"dns":{"records":{"customer.example":{"NS":["ns1-01.azure-dns.com.","ns2-01.azure-dns.net."]}},
          "hosted":{"azure":{"customer.example":{"name":"customer.example",
            "servers":["ns1-01.azure-dns.com","ns2-01.azure-dns.net"],"records":{},"ttl":{}}}}}}""");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("scph1126._domainkey.customer.example"), evidence);
    done(bench.putBack(task));
    assertTrue(
        control
            .world()
            .at("/dns/hosted/azure/customer.example/records/scph1126._domainkey.customer.example")
            .isMissingNode());
  }

  @Test
  void aSuspendedAccountAndADomainOfAnotherAreTold() {
    bench
        .element(
            "mail-tool",
            "{\"tool\":\"sparkpost\",\"account\":\"existing\",\"region\":\"eu\",\"domain\":\"customer.example\"}")
        .secret("sparkpost", "{\"key\":\"" + SPARKPOST_KEY + "\"}");
    control.patchWorld("{\"sparkpost\":{\"account\":{\"status\":\"suspended\"}}}");
    failed("sparkpost.account-suspended", "mail-tool", bench.attempt(task));
    control.patchWorld(
        "{\"sparkpost\":{\"account\":{\"status\":\"active\"},\"elsewhere\":[\"customer.example\"]}}");
    failed("sparkpost.domain-in-use", "mail-tool.domain", bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    mailgun();
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("mailgun", "POST /v4/domains");
    SANDBOX.loseAnswerOf("mailgun", "POST /v3/domains/{name}/credentials");
    for (int again = 0; again < 4; again++) {
      bench.after(Duration.ofMinutes(1)).attempt(task);
    }
    done(restarted());
    JsonNode mailgun = control.world().path("mailgun");
    assertEquals(1, mailgun.at("/domains/mg.customer.example/logins").size());
    assertEquals(1, mailgun.path("subaccounts").size());
    assertTrue(control.mails().size() <= 2);
  }
}
