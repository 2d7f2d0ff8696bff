package dev.slipway.hostingprovider.platformcustomization;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReviewEmailsTest {
  private static final String BODY = "mail-texts.changes[1].body";

  private final Stage stage = new Stage();
  private final ReviewEmails task =
      new ReviewEmails(FunctionContext.of(Map.of(), InstantSource.system()), stage);
  private final Bench bench =
      new Bench("platform-customization.review-emails")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("test-mailbox", "{\"address\":\"tests@b.example\"}")
          .element(
              "mail-texts",
              """
              {"languages":["en","de"],"changes":[
               {"template":"welcome","language":"en","subject":"Hi ${USER_NAME}","body":"e1",
                "placeholders":["USER_NAME"]},
               {"template":"welcome","language":"de","subject":"Hallo ${USER_NAME}","body":"d1"}]}
              """)
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .file("e1", Bytes.of("<p>Follow <a href=\"${LINK}\">this</a><br>now</p>"))
          .file("d1", Bytes.of("<p>Hier <a href=\"${LINK}\">klicken</a>"));

  @Test
  void reviewedAndUnchangedIsAResult() {
    bench.element("mail-texts", "{\"languages\":[\"en\"]}");
    waitsFor("review-texts", bench.attempt(task));

    String evidence = done(bench.answer("review-texts").attempt(task));
    assertTrue(evidence.contains("reviewed, nothing is changed"), evidence);
    assertTrue(stage.calls.isEmpty(), stage.calls.toString());
  }

  @Test
  void changedTextsAreEnteredTakenIntoUseSentAndReceived() {
    waitsFor("enter-texts", bench.answer("review-texts").attempt(task));
    assertTrue(stage.calls.isEmpty(), stage.calls.toString());

    Outcome.Waiting waiting =
        waitsFor("confirm-receipt", bench.answer("enter-texts").attempt(task));
    assertTrue(waiting.instructions().contains("welcome en, welcome de"), waiting.instructions());
    assertEquals(1, stage.count("refreshemailtemplates"));
    assertEquals(2, stage.count("sendemail"));
    assertTrue(stage.calls.toString().contains("language=de"), stage.calls.toString());

    bench.answer("confirm-receipt", "{\"received\":[\"welcome en\"]}");
    Outcome.Waiting again = waitsFor("confirm-receipt", bench.attempt(task));
    assertTrue(again.problem().message().contains("welcome de"), again.problem().message());

    bench.answer("confirm-receipt", "{\"received\":[\"welcome de\",\"welcome en\"]}");
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(1, stage.count("refreshemailtemplates"));
    assertEquals(2, stage.count("sendemail"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void sendsAtLeastOnceWhateverACrashInterrupted(int notes) {
    bench.answer("review-texts").answer("enter-texts").answer("confirm-receipt");
    bench.crashAfterNotes(notes);

    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertTrue(stage.count("sendemail") >= 2 && stage.count("sendemail") <= 3);
  }

  @Test
  void leavesToAPersonWhatTheTokenMayNotDo() {
    stage.refused.add("refreshemailtemplates");
    stage.refused.add("sendemail");
    bench.answer("review-texts").answer("enter-texts");
    waitsFor("refresh-templates", bench.attempt(task));
    waitsFor("send-test-mails", bench.answer("refresh-templates").attempt(task));
    waitsFor("confirm-receipt", bench.answer("send-test-mails").attempt(task));
    done(bench.answer("confirm-receipt").attempt(task));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b>${LINK}</i>|html|line 1: </i> closes nothing",
        "<p>a<b>${LINK}|html|<b> is never closed",
        "<a href=\"x|html|a tag is not closed",
        "<p>${LINK</p>|html|placeholder",
        "<p>${LINK}</p><script>x()</script>|html|<script>",
        "<p onclick='x()'>${LINK}</p>|html|scripts",
        "<p>nothing to follow</p>|placeholder-missing|[LINK]",
      })
  void refusesATextThatWouldBreak(String body, String code, String said) {
    bench.answer("review-texts").file("d1", Bytes.of(body));
    Problem problem = failed("mail-texts." + code, BODY, bench.attempt(task));
    assertTrue(problem.message().contains(said), problem.message());
    assertTrue(stage.calls.isEmpty(), stage.calls.toString());
  }

  @Test
  void refusesAnotherEncoding() {
    bench.answer("review-texts").file("d1", Bytes.of(new byte[] {'<', 'p', '>', (byte) 0xfc}));
    failed("mail-texts.encoding", BODY, bench.attempt(task));
  }

  @Test
  void wantsEachLanguageOfAChangedTemplate() {
    bench
        .answer("review-texts")
        .element(
            "mail-texts",
            """
            {"languages":["en","de"],"changes":[
             {"template":"welcome","language":"en","subject":"Hi","body":"e1"}]}""");
    Problem problem =
        failed("mail-texts.language-missing", "mail-texts.changes", bench.attempt(task));
    assertTrue(problem.message().contains(" de"), problem.message());
  }
}
