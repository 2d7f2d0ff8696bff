package dev.slipway.enterprise.support;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M54 against the stand-in of Jira Service Management. */
final class SetUpServiceDeskTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetUpServiceDesk task =
      new SetUpServiceDesk(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("support.set-up-service-desk")
          .element("service-desk", desk("new", "NEWC", "New Customer"))
          .element("support-offer", "{\"offer\":\"gold\"}")
          .element(
              "platform-support",
              """
              {"organisation":"Customer Example AG","people":[
                {"name":"Otto Operator","email":"otto@customer.example"}]}""")
          .element(
              "platform-admins",
              """
              [{"name":"Anna Example","email":"anna@customer.example"},
               {"name":"Otto Operator","email":"otto@customer.example"}]""")
          .secret(
              "jira", "{\"email\":\"%s\",\"apiToken\":\"%s\"}".formatted(JIRA_USER, JIRA_TOKEN));

  private static String desk(String project, String key, String name) {
    return """
        {"project":"%s","site":"%s","key":"%s","name":"%s","lead":"%s"}"""
        .formatted(project, JIRA_HOST, key, name, JIRA_USER);
  }

  private JsonNode jira() {
    return control.world().path("jira");
  }

  private Bench answered(String project) {
    control.act("add-jira-agent", Map.of("project", project, "name", "Viktor Vendor"));
    return bench
        .answer("agents", "engineer", "{}")
        .answer("offer", "engineer", "{\"link\":\"https://vendor.atlassian.example/NEWC\"}")
        .answer("ticket", "{\"key\":\"NEWC-1\"}");
  }

  @Test
  void aNewProjectGetsItsOrganisationAndRequesters() {
    assertEquals(Party.VENDOR, waitsFor("agents", bench.attempt(task)).party());
    JsonNode project = jira().path("projects").path("NEWC");
    assertEquals("5andb0x:lead", project.path("lead").asText());
    assertEquals(2, project.path("customers").size());
    assertEquals(2, jira().path("organizations").path("102").path("members").size());
    Outcome.Waiting again =
        waitsFor("agents", bench.answer("agents", "engineer", "{}").attempt(task));
    assertEquals("jira.no-agents", again.problem().code());
    String evidence = done(answered("NEWC").attempt(task));
    assertTrue(evidence.contains("made by this task"), evidence);
    assertTrue(evidence.contains("2 requester(s) listed"), evidence);
    done(bench.verify(task));
  }

  @Test
  void anExistingProjectIsBroughtInLineAndPutBack() {
    bench.element("service-desk", desk("existing", "CUST", "Customer Example AG"));
    done(answered("CUST").attempt(task));
    assertEquals(1, control.count("jira", "PUT /rest/api/3/project/{key}"));
    assertEquals("Customer Example AG", jira().at("/projects/CUST/name").asText());
    done(bench.attempt(task));
    assertEquals(1, control.count("jira", "PUT /rest/api/3/project/{key}"));
    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("old name and lead"), evidence);
    assertEquals("Customer Example", jira().at("/projects/CUST/name").asText());
    assertEquals(0, jira().at("/projects/CUST/customers").size());
    assertEquals(0, jira().path("organizations").size());
  }

  @Test
  void whoHasAnAccountIsAdoptedAndKeptWhenPutBack() {
    control.patchWorld(
        """
        {"jira":{"users":{"anna@customer.example":{"accountId":"qm:anna"}},
          "projects":{"CUST":{"customers":["qm:anna"]}}}}""");
    bench.element("service-desk", desk("existing", "CUST", "Customer Example"));
    done(answered("CUST").attempt(task));
    done(bench.putBack(task));
    assertEquals("qm:anna", jira().at("/projects/CUST/customers/0").asText());
    assertEquals(1, jira().at("/projects/CUST/customers").size());
  }

  @Test
  void theCustomersOwnJiraIsTheCustomersToSetUp() {
    bench
        .element(
            "service-desk",
            desk("existing", "CUST", "Customer Example")
                .replace("\"project\"", "\"owner\":\"customer\",\"project\""))
        .secret(
            "customer-jira",
            "{\"email\":\"%s\",\"apiToken\":\"%s\"}".formatted(JIRA_USER, JIRA_TOKEN));
    assertEquals(Party.CUSTOMER, waitsFor("agents", bench.attempt(task)).party());
  }

  @Test
  void aKeyThatIsTakenAndALeadThatIsUnknownAreTold() {
    control.patchWorld("{\"jira\":{\"hidden\":[\"NEWC\"]}}");
    failed("jira.key-taken", "service-desk.key", bench.attempt(task));
    bench.element("service-desk", desk("new", "OTHER", "Other").replace(JIRA_USER, "x@y.example"));
    failed("jira.lead-unknown", "service-desk.lead", bench.attempt(task));
    bench.element("service-desk", desk("existing", "NONE", "None"));
    failed("jira.project-missing", "service-desk", bench.attempt(task));
  }

  @Test
  void aTokenThatMayNotMakeProjectsLeavesItToAPerson() {
    control.patchWorld("{\"jira\":{\"denied\":[\"POST /rest/api/3/project\"]}}");
    assertEquals(Party.VENDOR, waitsFor("project", bench.attempt(task)).party());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("jira", "POST /rest/servicedeskapi/organization");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    waitsFor("agents", bench.attempt(task));
    assertEquals(1, jira().path("organizations").size());
    assertEquals(2, jira().at("/projects/NEWC/customers").size());
    assertEquals(3, jira().path("users").size());
    done(bench.putBack(task));
    assertEquals(0, jira().path("organizations").size());
    assertEquals(0, jira().at("/projects/NEWC/customers").size());
  }
}
