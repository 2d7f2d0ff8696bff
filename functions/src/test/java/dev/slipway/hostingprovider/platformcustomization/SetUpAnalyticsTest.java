package dev.slipway.hostingprovider.platformcustomization;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.systems.analytics.GoogleTag;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetUpAnalyticsTest {
  private static final String ID = "G-ABC1234567";
  private static final String FIELD = "analytics.measurementId";
  private static final String SNIPPET = new GoogleTag(ID).snippet();

  private final Stage stage = new Stage();
  private final SetUpAnalytics task =
      new SetUpAnalytics(FunctionContext.of(Map.of(), InstantSource.system()), stage);
  private final Bench bench =
      new Bench("platform-customization.set-up-analytics")
          .element("platform", "{\"domain\":\"a.example\"}");

  @BeforeEach
  void googleKnowsTheId() {
    id(ID);
    stage.pages.put("https://www.googletagmanager.com/gtag/js?id=" + ID, Bytes.of("tag of " + ID));
    stage.dashboard("no tag");
  }

  private void id(String id) {
    bench.element("analytics", "{\"measurementId\":\"" + id + "\"}");
  }

  @Test
  void handsTheSnippetToAPersonAndLooksForIt() {
    Outcome.Waiting waiting = waitsFor("place-snippet", bench.attempt(task));
    assertTrue(waiting.instructions().contains(SNIPPET), waiting.instructions());

    Outcome.Waiting again = waitsFor("place-snippet", bench.answer("place-snippet").attempt(task));
    assertEquals("analytics.not-in-page", again.problem().code());

    stage.dashboard(SNIPPET);
    String evidence = done(bench.answer("place-snippet").attempt(task));
    assertTrue(evidence.contains(ID + " and _onTrackUserEvent"), evidence);
    done(bench.verify(task));
  }

  @Test
  void asksNobodyWhenItIsThereAlready() {
    stage.dashboard(SNIPPET);
    done(bench.attempt(task));
  }

  @Test
  void wantsBothTheIdAndTheHook() {
    bench.answer("place-snippet");
    stage.dashboard("<script src='https://www.googletagmanager.com/gtag/js?id=" + ID + "'>");
    Outcome.Waiting noHook = waitsFor("place-snippet", bench.attempt(task));
    assertTrue(noHook.problem().message().contains("_onTrackUserEvent"));

    stage.dashboard("<script>window._onTrackUserEvent = function(e){}</script>");
    Outcome.Waiting noId = waitsFor("place-snippet", bench.answer("place-snippet").attempt(task));
    assertTrue(noId.problem().message().contains(ID));

    stage.dashboard(new GoogleTag(ID + "X").snippet());
    waitsFor("place-snippet", bench.answer("place-snippet").attempt(task));
    stage.dashboard("<!-- " + SNIPPET + " -->");
    waitsFor("place-snippet", bench.answer("place-snippet").attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UA-12345-1", "GTM-ABC123", "G-abc", "G-12345"})
  void refusesWhatIsNoMeasurementId(String other) {
    id(other);
    failed("analytics.not-a-measurement-id", FIELD, bench.attempt(task));
  }

  @Test
  void refusesAnIdThatGoogleDoesNotKnow() {
    id("G-UNKNOWN1");
    failed("analytics.id-not-known", FIELD, bench.attempt(task));
  }

  @Test
  void reportsATroubleOfGoogleAsSuch() {
    stage.statuses.put("https://www.googletagmanager.com/gtag/js?id=" + ID, 503);
    failed("google-analytics.out-of-order", FIELD, bench.attempt(task));
  }
}
