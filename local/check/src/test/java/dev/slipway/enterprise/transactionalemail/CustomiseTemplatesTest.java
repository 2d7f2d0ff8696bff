package dev.slipway.enterprise.transactionalemail;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.MANDRILL_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SPARKPOST_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M49 with each family of tools. */
final class CustomiseTemplatesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HOST = "acme.uat.customer.example";
  private static final String MAIL = "password-change";
  private static final String SHA = "a".repeat(64);

  private final SandboxControl control = SANDBOX.control();
  private final CustomiseTemplates task =
      new CustomiseTemplates(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("transactional-email.customise-templates")
          .at("environment", "uat")
          .element("mail-tool", "{\"tool\":\"mandrill\",\"domain\":\"customer.example\"}")
          .element("mail-branding", branding("vendor"))
          .element(
              "tenants", "{\"uat\":{\"list\":[{\"name\":\"acme\",\"host\":\"" + HOST + "\"}]}}")
          .file(SHA, Bytes.of("<p>Dear *|FIRST_NAME|*</p>"))
          .secret("mandrill", "{\"key\":\"" + MANDRILL_KEY + "\"}");

  private static String branding(String by) {
    return """
        {"wanted":true,"by":"%s","templates":{"%s":{"subject":"Your password","html":"%s"}}}"""
        .formatted(by, MAIL, SHA);
  }

  @BeforeEach
  void theFrontendIsDeployed() {
    control.act("build-express", Map.of("host", HOST, "version", "4.2.1"));
  }

  private List<String> others() {
    return MergeVariables.mails(4).stream().filter(mail -> !mail.equals(MAIL)).toList();
  }

  private void publish(String tool, List<String> mails) {
    ObjectNode details = Json.object();
    details.set("names", Json.texts(mails));
    control.act("publish-" + tool + "-templates", details);
  }

  private JsonNode template(String tool) {
    return control.world().path(tool).path("templates").path(MAIL);
  }

  @Test
  void givenTextsArePublishedAndRenderedAndTheOthersAreAskedFor() {
    Outcome.Waiting waiting = waitsFor("templates", bench.attempt(task));
    assertEquals(Party.VENDOR, waiting.party());
    assertTrue(waiting.instructions().contains("unlock-instructions"), waiting.instructions());
    assertEquals("<p>Dear *|FIRST_NAME|*</p>", template("mandrill").path("publish_code").asText());
    publish("mandrill", others());
    waitsFor("accept", bench.answer("templates").attempt(task));
    String evidence = done(bench.answer("accept", "{\"accepted\":true}").attempt(task));
    assertTrue(evidence.contains("15 e-mail(s), no variable left"), evidence);
    done(bench.verify(task));
  }

  @Test
  void whatIsRefusedIsGivenAnew() {
    publish("mandrill", others());
    bench.answer("accept", "{\"accepted\":false,\"reason\":\"The colour\"}");
    Outcome.Waiting waiting = waitsFor("accept", bench.attempt(task));
    assertTrue(waiting.problem().message().contains("The colour"), waiting.problem()::message);
  }

  @Test
  void aVariableThatIsLeftIsTold() {
    publish("mandrill", others());
    bench.file(SHA, Bytes.of("<p>Dear *|NICKNAME|*</p>"));
    failed("mail.variable-left", "mail-branding.templates." + MAIL, bench.attempt(task));
  }

  @Test
  void aTextThatTheToolCannotReadIsTold() {
    bench.file(SHA, Bytes.of("<p>*|IF:FIRST_NAME|* Dear</p>"));
    failed("mandrill.invalid-template", "mail-branding.templates." + MAIL, bench.attempt(task));
  }

  @Test
  void anOldTextIsNotedAndPutBackAndANewOneDeleted() {
    publish("mandrill", MergeVariables.mails(4));
    done(bench.answer("accept", "{\"accepted\":true}").attempt(task));
    assertTrue(template("mandrill").path("publish_code").asText().contains("FIRST_NAME"));
    assertTrue(done(bench.putBack(task)).contains("old text"));
    assertEquals("<p>" + MAIL + "</p>", template("mandrill").path("publish_code").asText());
  }

  @Test
  void whatTheCustomerEntersIsLookedAt() {
    bench.element("mail-branding", "{\"wanted\":true,\"by\":\"customer\"}");
    waitsFor("access", bench.attempt(task));
    Outcome.Waiting waiting = waitsFor("templates", bench.answer("access").attempt(task));
    assertEquals(Party.CUSTOMER, waiting.party());
    waiting = waitsFor("templates", bench.answer("templates").attempt(task));
    assertEquals("mandrill.template-missing", waiting.problem().code());
    publish("mandrill", MergeVariables.mails(4));
    waitsFor("accept", bench.answer("templates").attempt(task));
  }

  @Test
  void sparkPostKeepsThemLikewise() {
    bench
        .element(
            "mail-tool",
            "{\"tool\":\"sparkpost\",\"region\":\"eu\",\"domain\":\"customer.example\"}")
        .file(SHA, Bytes.of("<p>Dear {{first_name}}</p>"))
        .secret("sparkpost", "{\"key\":\"" + SPARKPOST_KEY + "\"}");
    publish("sparkpost", others());
    done(bench.answer("accept", "{\"accepted\":true}").attempt(task));
    assertTrue(done(bench.putBack(task)).contains(MAIL + " is deleted"));
    assertTrue(template("sparkpost").isMissingNode());
  }

  @Test
  void withAMailServerTheFrontendsFilesAreThePeoples() {
    bench
        .element(
            "mail-tool",
            """
            {"tool":"smtp","domain":"hoster.example","host":"%s","port":587,"security":"starttls"}"""
                .formatted(SMTP_HOST))
        .secret("smtp", "{\"user\":\"" + SMTP_USER + "\",\"password\":\"" + SMTP_PASSWORD + "\"}");
    Outcome.Waiting waiting = waitsFor("templates", bench.attempt(task));
    assertTrue(waiting.instructions().contains("delete-request-instructions"));
    waitsFor("render", bench.answer("templates").attempt(task));
    waitsFor("accept", bench.answer("render").attempt(task));
    done(bench.answer("accept", "{\"accepted\":true}").attempt(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whereverTheProcessDiesNothingIsAddedTwice(int notes) {
    publish("mandrill", others());
    bench.answer("accept", "{\"accepted\":true}").crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("mandrill", "POST /api/1.4/templates/add");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    done(bench.attempt(task));
    assertEquals(15, control.world().at("/mandrill/templates").size());
  }
}
