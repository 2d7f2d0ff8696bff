package dev.slipway.hostingprovider.platformcustomization;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplyBrandingTest {
  private static final Bytes LOGO =
      Bytes.of("<svg xmlns='http://www.w3.org/2000/svg' width='160' height='40'></svg>");
  private static final String SHOWN =
      """
      <img src="/images/logo"><a href="https://www.b.example/terms">t</a>
      <a href='https://www.b.example/docs'>d</a><a href="https://www.b.example/support">s</a>
      <a href="https://www.b.example/">h</a>""";
  private static final String LINKS =
      """
      "links":{"termsOfService":"https://www.b.example/terms",
       "documentation":"https://www.b.example/docs","support":"https://www.b.example/support",
       "site":"https://www.b.example"}""";
  private static final String NAMES =
      """
      ,"settings":{"termsOfService":"l.terms","documentation":"l.docs","support":"l.support",
       "site":"l.site"}""";

  private final Stage stage = new Stage();
  private final ApplyBranding task =
      new ApplyBranding(FunctionContext.of(Map.of(), InstantSource.system()), stage);
  private final Bench bench =
      new Bench("platform-customization.apply-branding")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element(
              "maintenance-window",
              "{\"from\":\"2026-11-24T12:00:00Z\",\"to\":\"2026-11-24T14:00:00Z\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .file("a1", LOGO);

  @BeforeEach
  void everythingIsThere() {
    branding(NAMES);
    for (String path : List.of("/terms", "/docs", "/support", "")) {
      stage.pages.put("https://www.b.example" + path, Bytes.of("<html>page</html>"));
    }
    for (String key : List.of("l.terms", "l.docs", "l.support", "l.site")) {
      stage.settings.put(key, "https://old.example/" + key);
    }
    stage.dashboard("nothing yet");
  }

  private void branding(String more) {
    bench.element("branding", "{\"logo\":\"a1\"," + LINKS + more + "}");
  }

  @Test
  void writesAppliesInTheWindowLooksAtThePageAndAsksForApproval() {
    Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
    assertEquals(Party.MACHINE, waiting.party());
    assertEquals("https://www.b.example/terms", stage.settings.get("l.terms"));
    assertEquals(0, stage.count("applyconfig"));
    assertEquals(
        "https://old.example/l.terms",
        bench.noted(Note.Kind.PREVIOUS, "change:1").orElseThrow().path("l.terms").asText());

    waitsFor("upload-logos", bench.after(Duration.ofHours(3)).attempt(task));
    assertEquals(1, stage.count("applyconfig"));

    Outcome.Waiting again = waitsFor("upload-logos", bench.answer("upload-logos").attempt(task));
    assertEquals("branding.not-shown", again.problem().code());
    assertEquals("branding.logo", again.problem().field());

    stage.dashboard(SHOWN);
    stage.pages.put(Stage.DASHBOARD + "images/logo", LOGO);
    waitsFor("approve-branding", bench.answer("upload-logos").attempt(task));
    String evidence = done(bench.answer("approve-branding").attempt(task));
    assertTrue(evidence.contains("byte for byte"), evidence);
    assertTrue(evidence.contains("logo SVG 160 x 40"), evidence);
    assertEquals(4, stage.count("changeconfigkey"));
    assertEquals(1, stage.count("applyconfig"));

    done(bench.verify(task));
    assertEquals(4, stage.count("changeconfigkey"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void endsWhatACrashInterrupted(int notes) {
    stage.dashboard(SHOWN);
    stage.pages.put(Stage.DASHBOARD + "images/logo", LOGO);
    bench.after(Duration.ofHours(3)).answer("approve-branding").crashAfterNotes(notes);

    Outcome first = bench.attempt(task);
    String evidence = done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertTrue(evidence.contains("applied by machine at"), evidence);
    assertTrue(stage.count("applyconfig") <= 2);
    assertEquals("https://www.b.example", stage.settings.get("l.site"));
  }

  @Test
  void leavesToAPersonWhatTheTokenMayNotDo() {
    stage.refused.addAll(List.of("changeconfigkey", "applyconfig"));
    bench.after(Duration.ofHours(3));
    waitsFor("write-settings", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor("write-settings", bench.answer("write-settings").attempt(task));
    assertEquals("branding.settings-differ", again.problem().code());

    stage.settings.putAll(
        Map.of(
            "l.terms", "https://www.b.example/terms",
            "l.docs", "https://www.b.example/docs",
            "l.support", "https://www.b.example/support",
            "l.site", "https://www.b.example"));
    waitsFor("apply-settings", bench.answer("write-settings").attempt(task));
    waitsFor("upload-logos", bench.answer("apply-settings").attempt(task));
  }

  @Test
  void leavesToAPersonWhatHasNoKnownNameAndLooksAtThePage() {
    branding("");
    bench.after(Duration.ofHours(3));
    waitsFor("write-settings", bench.attempt(task));
    waitsFor("apply-settings", bench.answer("write-settings").attempt(task));
    stage.dashboard("<img src='/images/logo'>");
    stage.pages.put(Stage.DASHBOARD + "images/logo", LOGO);
    bench.answer("apply-settings").answer("upload-logos");
    Outcome.Waiting waiting = waitsFor("upload-logos", bench.attempt(task));
    assertEquals("branding.links.termsOfService", waiting.problem().field());

    stage.dashboard(SHOWN);
    waitsFor("approve-branding", bench.answer("upload-logos").attempt(task));
  }

  @Test
  void takesALogoThatAScriptLoadsAndThePlatformStoredAnew() {
    bench.after(Duration.ofHours(3)).answer("approve-branding");
    stage.pages.put(
        Stage.DASHBOARD + "theme/logo.svg",
        Bytes.of("<svg width=\"160\" height=\"40\"><!-- minified --></svg>"));
    bench.answer("upload-logos", "{\"logoPath\":\"/theme/logo.svg\"}");

    assertTrue(done(bench.attempt(task)).contains("stored anew"));
  }

  @Test
  void doesNotLookElsewhereForTheLogo() {
    bench.after(Duration.ofHours(3)).answer("upload-logos", "{\"logoPath\":\"//evil.example/x\"}");
    stage.pages.put("https://evil.example/x", LOGO);

    waitsFor("upload-logos", bench.attempt(task));
  }

  @ParameterizedTest
  @CsvSource({"301", "404", "500"})
  void refusesALinkThatDoesNotAnswer200(int status) {
    stage.statuses.put("https://www.b.example/docs", status);

    failed("branding.link-answers-" + status, "branding.links.documentation", bench.attempt(task));
    assertEquals(0, stage.count("changeconfigkey"));
  }

  @Test
  void refusesFilesThatAreNotWhatTheyMustBe() {
    bench.file("a1", Bytes.of(new byte[] {'G', 'I', 'F', '8', '9', 'a'}));
    failed("branding.file-type", "branding.logo", bench.attempt(task));
    bench.file("a1", Bytes.of("just a text named logo.png"));
    failed("branding.file-type", "branding.logo", bench.attempt(task));
    bench.file("a1", Bytes.of("<svg width='4' height='4'></svg>"));
    failed("branding.file-dimensions", "branding.logo", bench.attempt(task));
    bench.file("a1", Bytes.of("<svg width='40' height='40'>" + " ".repeat(600_000) + "</svg>"));
    failed("branding.file-size", "branding.logo", bench.attempt(task));
    bench.file("a1", Bytes.of("<svg width='40' height='40' onload='x()'></svg>"));
    failed("branding.file-active", "branding.logo", bench.attempt(task));
    bench.element("branding", "{\"logo\":\"b2\"," + LINKS + "}");
    failed("branding.file-missing", "branding.logo", bench.attempt(task));
    bench
        .file("a1", LOGO)
        .file("f1", LOGO)
        .element("branding", "{\"logo\":\"a1\",\"favicon\":\"f1\"," + LINKS + "}");
    failed("branding.file-dimensions", "branding.favicon", bench.attempt(task));
  }
}
