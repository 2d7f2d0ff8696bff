package dev.slipway.enterprise.transactionalemail;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static dev.slipway.local.sandbox.world.SandboxDefaults.MANDRILL_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M48 with Mandrill, and a customer's zone in Route 53 or kept by the customer. */
final class SetUpAccountTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String DOMAIN = "customer.example";
  private static final String MAILBOX = "platform-test@customer.example";

  private final SandboxControl control = SANDBOX.control();
  private final SetUpAccount task = new SetUpAccount(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("transactional-email.set-up-account")
          .at("environment", "uat")
          .element("mail-tool", tool(""))
          .element(
              "mail-admins",
              "{\"people\":[{\"name\":\"Anna\",\"email\":\"anna@customer.example\"}]}")
          .element("tenants", "{\"uat\":{\"list\":[]}}")
          .element("test-mailbox", "{\"address\":\"" + MAILBOX + "\"}")
          .element("features", "{\"alerts\":true}")
          .element("infrastructure", dns("route53"))
          .secret("mandrill", "{\"key\":\"" + MANDRILL_KEY + "\"}")
          .secret("aws", "{\"roleArn\":\"" + AWS_ROLE + "\"}");

  private static String tool(String more) {
    return "{\"tool\":\"mandrill\",\"account\":\"existing\",\"domain\":\""
        + DOMAIN
        + "\""
        + more
        + "}";
  }

  private static String dns(String managedBy) {
    return """
        {"provider":"aws","account":"existing","reach":"public","uat":{"region":"eu-central-1"},
         "dns":{"managedBy":"%s","zones":[{"name":"customer.example"}]}}"""
        .formatted(managedBy);
  }

  /** The zone is at Route 53, and the zone above leads there. */
  private void hosted() {
    control.patchWorld(
        """
        {"dns":{"records":{"customer.example":{"NS":["ns-101.awsdns-12.com.","ns-1102.awsdns-09.org."]}},
          "hosted":{"route53":{"Z1":{"service":"route53","name":"customer.example",
            "servers":["ns-101.awsdns-12.com","ns-1102.awsdns-09.org"],"reference":"r",
            "records":{"customer.example":{"TXT":["\\"other=1\\""]}},
            "ttl":{"customer.example TXT":600}}}}}}""");
  }

  private Bench answered() {
    return bench
        .answer("users", "engineer", "{}")
        .answer("sending-key", "engineer", "{}")
        .answer("configure", "engineer", "{}")
        .answer("impac-key", "engineer", "{}")
        .answer("test", "{\"authenticationResults\":\"mx; dkim=pass header.d=customer.example\"}");
  }

  private JsonNode mandrill() {
    return control.world().path("mandrill");
  }

  private JsonNode zone() {
    return control.world().at("/dns/hosted/route53/Z1/records");
  }

  private Outcome settled() {
    Outcome outcome = bench.attempt(task);
    for (int look = 0; look < 6 && !(outcome instanceof Outcome.Done); look++) {
      outcome = bench.after(Duration.ofMinutes(2)).attempt(task);
    }
    return outcome;
  }

  @Test
  void whereSlipwayRunsTheZoneOnlyPeoplesPartIsAsked() {
    hosted();
    assertEquals(Party.VENDOR, waitsFor("users", settled()).party());
    assertEquals(2, zone().path(DOMAIN).path("TXT").size());
    assertTrue(mandrill().at("/domains/customer.example/valid_signing").asBoolean());
    answered();
    String evidence = done(settled());
    assertTrue(evidence.contains("seen by two resolvers"), evidence);
    assertTrue(evidence.contains("dkim=pass"), evidence);
    assertTrue(evidence.contains("DMARC"), evidence);
    assertEquals(1, mandrill().path("subaccounts").size());
    List<String> mails = control.mails().stream().map(mail -> mail.content()).toList();
    assertEquals(1, mails.size());
    assertTrue(mails.getFirst().contains("dkim=pass"), mails.getFirst());
    done(settled());
    assertEquals(1, control.mails().size());
    done(bench.verify(task));
  }

  @Test
  void whatWasMadeIsPutBackAndOtherTextsStay() {
    hosted();
    answered();
    done(settled());
    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("suspended"), evidence);
    assertTrue(evidence.contains("left over"), evidence);
    assertEquals("[\"\\\"other=1\\\"\"]", zone().path(DOMAIN).path("TXT").toString());
    assertTrue(zone().path("mte1._domainkey.customer.example").isMissingNode());
    assertEquals(
        "paused",
        mandrill()
            .path("subaccounts")
            .valueStream()
            .findFirst()
            .orElseThrow()
            .path("status")
            .asText());
  }

  @Test
  void theCustomerEntersTheRecordsOfItsOwnZone() {
    bench.element("infrastructure", dns("customer"));
    Outcome.Waiting waiting = waitsFor("dns", settled());
    assertEquals(Party.CUSTOMER, waiting.party());
    assertTrue(waiting.instructions().contains("dkim1.mandrillapp.com"), waiting.instructions());
    waiting = waitsFor("dns", bench.answer("dns").attempt(task));
    assertEquals("mail.dkim-missing", waiting.problem().code());
    publish("mte1._domainkey.customer.example", "CNAME", "dkim1.mandrillapp.com.");
    publish("mte2._domainkey.customer.example", "CNAME", "dkim2.mandrillapp.com.");
    publish(
        DOMAIN,
        "TXT",
        "\"mandrill_verify."
            + mandrill().at("/domains/customer.example/verify_txt_key").asText()
            + "\"");
    waitsFor("users", settled());
  }

  private void publish(String name, String type, String value) {
    ObjectNode details = Json.object().put("name", name).put("type", type);
    details.putArray("values").add(value);
    control.act("publish-dns", details);
  }

  @Test
  void slowVerificationIsLookedAtAgain() {
    hosted();
    control.patchWorld("{\"mandrill\":{\"slow\":2}}");
    Outcome.Failed slow = assertInstanceOf(Outcome.Failed.class, until());
    assertEquals("mandrill.domain-not-verified", slow.problem().code());
    waitsFor("users", settled());
  }

  private Outcome until() {
    Outcome outcome = bench.attempt(task);
    while (outcome instanceof Outcome.Waiting) {
      outcome = bench.after(Duration.ofMinutes(2)).attempt(task);
    }
    return outcome;
  }

  @Test
  void aMailThatComesBackIsToldAndSentAnew() {
    hosted();
    control.patchWorld("{\"mandrill\":{\"returns\":[\"" + MAILBOX + "\"]}}");
    answered();
    failed("mail.not-delivered", "test-mailbox", until());
    control.patchWorld("{\"mandrill\":{\"returns\":[]}}");
    done(settled());
    assertEquals(2, mandrill().path("messages").size());
  }

  @Test
  void aSuspendedAccountIsTold() {
    hosted();
    control.patchWorld("{\"mandrill\":{\"suspended\":\"account-suspended\"}}");
    answered();
    failed("mandrill.not-permitted", "credential:mandrill", until());
  }

  @Test
  void aHeaderWithoutASignatureIsAskedForAgain() {
    hosted();
    answered().answer("test", "{\"authenticationResults\":\"mx; dkim=permerror\"}");
    assertEquals("mail.dkim-failed", waitsFor("test", settled()).problem().code());
  }

  @Test
  void aNewAccountIsMadeByWhomTheElementNamesAndPaidByTheCustomer() {
    hosted();
    bench.element("mail-tool", tool(",\"createdBy\":\"customer\"").replace("existing", "new"));
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
    assertEquals(Party.CUSTOMER, waitsFor("owner", bench.answer("account").attempt(task)).party());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    hosted();
    answered();
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("mandrill", "POST /api/1.4/subaccounts/add");
    try {
      bench.attempt(task);
    } catch (IllegalStateException died) {
      // As a process does.
    }
    done(settled());
    assertEquals(1, mandrill().path("subaccounts").size());
    assertEquals(1, mandrill().path("domains").size());
    assertEquals(2, zone().path(DOMAIN).path("TXT").size());
    assertTrue(control.mails().size() <= 2);
  }
}
