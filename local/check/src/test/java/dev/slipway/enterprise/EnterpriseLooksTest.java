package dev.slipway.enterprise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.enterprise.applications.ConfirmApplications;
import dev.slipway.enterprise.infrastructure.BaseSetUpStands;
import dev.slipway.enterprise.infrastructure.HostsLookedUp;
import dev.slipway.enterprise.infrastructure.MailDomains;
import dev.slipway.enterprise.infrastructure.UsersInTool;
import dev.slipway.enterprise.products.LegalPages;
import dev.slipway.enterprise.support.ConfirmOffer;
import dev.slipway.enterprise.transactionalemail.ToolOrWaiver;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the looks at the elements of enterprise-environment see, and what they ask of people. */
final class EnterpriseLooksTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String USERS = "infrastructure-users";
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  private Optional<Answer> statement = Optional.empty();
  private JsonNode infrastructure = Json.MAPPER.createObjectNode();

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The look of an element at a value. */
  private LookResult look(ElementLook look, String element, String value) {
    ObjectNode elements = Json.MAPPER.createObjectNode();
    elements.set("infrastructure", infrastructure);
    CheckSubject subject =
        new CheckSubject(
            new Checklists().newest("enterprise-environment").element(element).orElseThrow(),
            Map.of(),
            json(value),
            elements,
            Map.of(),
            name -> Optional.empty(),
            NOW);
    return look.look(
        subject,
        new LookContext() {
          @Override
          public String onboarding() {
            return "acme-1";
          }

          @Override
          public JsonNode secret(String name) {
            throw new AssertionError("no look here reads a secret");
          }

          @Override
          public Optional<ProbeResult> probe(Probe probe) {
            return Optional.empty();
          }

          @Override
          public Optional<Answer> said() {
            return statement;
          }
        });
  }

  private LookResult.Seen seen(ElementLook look, String element, String value) {
    return assertInstanceOf(LookResult.Seen.class, look(look, element, value));
  }

  private static List<String> told(LookResult.Seen seen) {
    return seen.findings().stream().map(each -> each.code() + " " + each.field()).toList();
  }

  private void says(String statement) {
    this.statement =
        Optional.of(
            new Answer(
                new TaskKey("applications.gate", ""),
                "look",
                1,
                "a1",
                "eva",
                "engineer",
                NOW,
                statement,
                null,
                Answer.Verdict.GIVEN,
                null));
  }

  @Test
  void aDomainWithoutAMailServerIsAWarningAtEachAddress() {
    SANDBOX
        .control()
        .patchWorld("{\"dns\":{\"records\":{\"refuses.hoster.example\":{\"MX\":[\"0 .\"]}}}}");
    LookResult.Seen seen =
        seen(
            new MailDomains(SANDBOX.context()),
            "infrastructure-users",
            """
            [{"email":"anna@hoster.example"},{"email":"otto@hoster.example"},
             {"email":"lea@no-mail.hoster.example"},{"email":"tina@refuses.hoster.example"}]""");
    assertEquals(List.of("mail.no-mx /2/email", "mail.no-mx /3/email"), told(seen));
    assertTrue(seen.findings().stream().noneMatch(ElementFinding::isError));
    assertEquals("1 take mail", seen.answer());
  }

  @Test
  void aZoneThatIsNotThereIsAWarningAndHostsThatLeadSomewhereAreNoted() {
    infrastructure =
        json(
            """
            {"dns":{"zones":[{"name":"hoster.example"},{"name":"nowhere.hoster.example"}]}}""");
    SANDBOX
        .control()
        .patchWorld("{\"dns\":{\"records\":{\"hub.hoster.example\":{\"A\":[\"203.0.113.10\"]}}}}");
    LookResult.Seen seen =
        seen(
            new HostsLookedUp(SANDBOX.context()),
            "component-hosts",
            """
            {"uat":{"mnohub":"hub.hoster.example","nex":"nex.hoster.example",
              "nexApps":"*.apps.hoster.example"}}""");
    assertEquals(List.of("zone.not-found "), told(seen));
    assertTrue(
        seen.findings().getFirst().message().contains("nowhere.hoster.example"), seen::toString);
    assertEquals("lead somewhere already: hub.hoster.example", seen.answer());
  }

  @Test
  void onPremiseTheCustomerMakesTheUsersAndTheVendorTheBaseSetUp() {
    String hosts =
        "{\"uat\":{\"targets\":{\"mnohub\":\"lb-hub.hoster.example\"}},\"production\":{}}";
    BaseSetUpStands stands = new BaseSetUpStands(SANDBOX.context());
    infrastructure = json("{\"provider\":\"aws\"}");
    assertEquals("M06 makes the users", seen(new UsersInTool(), USERS, "[]").answer());
    assertEquals("M06 has the base set-up run", seen(stands, "component-hosts", hosts).answer());

    infrastructure =
        json("{\"provider\":\"on-premise\",\"managementTool\":\"vCenter\",\"reach\":\"public\"}");
    LookResult.Awaited users =
        assertInstanceOf(LookResult.Awaited.class, look(new UsersInTool(), USERS, "[]"));
    assertEquals(Party.CUSTOMER, users.party());
    assertTrue(users.instructions().contains("in vCenter"), users.instructions());
    assertEquals(
        Party.VENDOR,
        assertInstanceOf(LookResult.Awaited.class, look(stands, "component-hosts", hosts)).party());

    says("It stands.");
    assertEquals("vCenter", seen(new UsersInTool(), USERS, "[]").against());
    assertEquals(
        List.of("infrastructure.target-unknown /uat/targets/mnohub"),
        told(seen(stands, "component-hosts", hosts)));
    SANDBOX
        .control()
        .patchWorld(
            "{\"dns\":{\"records\":{\"lb-hub.hoster.example\":{\"A\":[\"203.0.113.10\"]}}}}");
    assertEquals(List.of(), told(seen(stands, "component-hosts", hosts)));
  }

  @Test
  void aLegalPageHasToAnswer200() {
    String legal =
        """
        {"legal":{"terms":"https://www.customer.example/terms",
          "privacy":"https://www.customer.example/privacy"}}""";
    LegalPages look = new LegalPages(SANDBOX.context());
    assertEquals(List.of(), told(seen(look, "tenant-look", legal)));
    SANDBOX
        .control()
        .patchWorld("{\"website\":{\"pages\":{\"www.customer.example/privacy\":404}}}");
    LookResult.Seen gone = seen(look, "tenant-look", legal);
    assertEquals(List.of("legal.no-page /legal/privacy"), told(gone));
    assertEquals("terms: HTTP 200, privacy: HTTP 404", gone.answer());
  }

  @Test
  void theVendorConfirmsTheApplicationsUnlessThereAreNone() {
    ConfirmApplications look = new ConfirmApplications();
    String items = "{\"items\":[{\"nid\":\"xero\"}]}";
    assertEquals("no application", seen(look, "applications", "{\"items\":[]}").answer());
    assertEquals(
        Party.VENDOR,
        assertInstanceOf(LookResult.Awaited.class, look(look, "applications", items)).party());
    says("All are there.");
    assertEquals("confirmed by eva", seen(look, "applications", items).answer());
  }

  @Test
  void theVendorConfirmsTheSupportOffer() {
    ConfirmOffer look = new ConfirmOffer();
    String gold = "{\"offer\":\"gold\"}";
    assertEquals(
        Party.VENDOR,
        assertInstanceOf(LookResult.Awaited.class, look(look, "support-offer", gold)).party());
    says("The contract has Gold.");
    assertEquals("confirmed by eva", seen(look, "support-offer", gold).answer());
  }

  @Test
  void toDoWithoutAMailToolIsAnErrorThatTwoPeopleMayWaive() {
    ToolOrWaiver look = new ToolOrWaiver();
    assertEquals(List.of(), told(seen(look, "mail-tool", "{\"tool\":\"mandrill\"}")));
    LookResult.Seen none = seen(look, "mail-tool", "{\"tool\":\"none\"}");
    assertEquals(List.of("mail-tool.none /tool"), told(none));
    assertTrue(none.findings().getFirst().isError());
  }
}
