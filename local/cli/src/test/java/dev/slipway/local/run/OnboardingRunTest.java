package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnboardingRunTest {
  private static final String CORRECTION =
      """
      {"when": {"task": "technical-configuration.configure-smtp", "outcome": "FAILED",
                "code": "smtp.authentication-failed"},
       "as": "customer",
       "do": [{"credential": "smtp", "fields": {"user": "u", "password": "right"}}]}
      """;
  private static final String ANSWER =
      """
      {"task": "technical-configuration.configure-smtp", "step": "confirm-receipt",
       "as": "customer", "statement": "They arrived."}
      """;

  @TempDir private Path folder;
  private FakeApi api;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void correctsAnswersAndEnds() throws Exception {
    Ending ending = run(profile(CORRECTION, ANSWER), Optional.empty()).run();

    assertInstanceOf(Ending.AllFinal.class, ending);
    assertEquals(
        List.of(
            "POST /onboardings by manager",
            "PUT /onboardings/o1/elements/platform by customer",
            "PUT /onboardings/o1/credentials/smtp by customer",
            "POST /onboardings/o1/start by manager",
            "PUT /onboardings/o1/credentials/smtp by customer",
            "POST /onboardings/o1/tasks/technical-configuration.configure-smtp/complete by"
                + " customer"),
        api.changes());
    assertEquals(
        """
        Onboarding o1: Hoster (hosting-provider)
        Credential smtp: INVALID_CREDENTIALS
        Started.
        V01  FAILED         Configure the mail server: smtp.authentication-failed: The mail server refused the login. [credential:smtp] Next: Store another password.
        The customer stores another credential for smtp: VALID
        V01  WAITING        Configure the mail server: for the customer, step confirm-receipt: Look into the test mailbox.
        The customer says of technical-configuration.configure-smtp, confirm-receipt: They arrived.
        V01  DONE           Configure the mail server
        """,
        shown.toString(StandardCharsets.UTF_8).replace("\r", ""));
  }

  @Test
  void endsWhenNobodyMendsAFailure() throws Exception {
    Ending.Stuck ending =
        assertInstanceOf(Ending.Stuck.class, run(profile("", ANSWER), Optional.empty()).run());

    assertTrue(
        ending.reasons().getFirst().startsWith("V01 Configure the mail server failed: smtp."),
        ending.reasons()::toString);
  }

  @Test
  void endsWhenAPersonIsAskedWhomTheProfileDoesNotScript() throws Exception {
    Ending.Stuck ending =
        assertInstanceOf(Ending.Stuck.class, run(profile(CORRECTION, ""), Optional.empty()).run());

    assertTrue(
        ending
            .reasons()
            .getFirst()
            .startsWith(
                "V01 Configure the mail server waits for the customer, step confirm-receipt"),
        ending.reasons()::toString);
  }

  @Test
  void doesNotRepeatWhatAnEarlierRunDid() throws Exception {
    run(profile(CORRECTION, ""), Optional.of(folder)).run();
    int before = api.changes().size();

    Ending ending = run(profile(CORRECTION, ""), Optional.of(folder)).run();

    assertInstanceOf(Ending.Stuck.class, ending);
    assertEquals(before, api.changes().size());
  }

  @Test
  void givesAChangedProfileAgain() throws Exception {
    run(profile(CORRECTION, ""), Optional.of(folder)).run();
    int before = api.changes().size();

    Ending ending = run(profile(CORRECTION, ANSWER), Optional.of(folder)).run();

    assertInstanceOf(Ending.AllFinal.class, ending);
    List<String> since = api.changes().subList(before, api.changes().size());
    assertTrue(since.stream().noneMatch(line -> line.startsWith("POST /onboardings by")));
    assertTrue(since.getLast().contains("/complete"));
  }

  @Test
  void stopsWhenAskedTo() throws Exception {
    OnboardingRun run = run(profile("", ""), Optional.empty(), true);
    assertInstanceOf(Ending.Interrupted.class, run.run());
  }

  private OnboardingRun run(Profile profile, Optional<Path> data) {
    return run(profile, data, false);
  }

  private OnboardingRun run(Profile profile, Optional<Path> data, boolean interrupted) {
    return new OnboardingRun(
        profile,
        data,
        api.callers(),
        new NoStandIns(),
        new PlainView(new PrintStream(shown, true, StandardCharsets.UTF_8)),
        new Hurry(),
        Duration.ofMinutes(2),
        () -> interrupted);
  }

  private Profile profile(String correction, String answer) throws Exception {
    Path file = folder.resolve("profile.json");
    Files.writeString(
        file,
        """
        {"checklist": "hosting-provider", "name": "Hoster",
         "elements": {"platform": {"domain": "paas.hoster.example"}},
         "credentials": {"smtp": {"user": "u", "password": "wrong"}},
         "corrections": [%s],
         "people": [%s]}
        """
            .formatted(correction, answer));
    return new ProfileReader(new Checklists()).read(file);
  }

  /** Looks at once. The API has done everything when it answers. */
  private static final class Hurry implements Pace {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void settle() {}

    @Override
    public boolean pause(Instant limit) throws InterruptedException {
      Thread.sleep(5);
      return limit == null;
    }

    @Override
    public void linger() {}
  }

  /** Nobody acts outside Slipway. */
  private static final class NoStandIns implements StandIns {
    @Override
    public void lookFromInside(
        String runner, Supplier<String> code, JsonNode logins, Consumer<String> say) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void perform(String act, JsonNode details) {
      throw new AssertionError(act);
    }

    @Override
    public void patch(JsonNode patch) {
      throw new AssertionError(patch);
    }

    @Override
    public void add(JsonNode fault) {
      throw new AssertionError(fault);
    }

    @Override
    public void clearFaults() {
      throw new AssertionError();
    }
  }
}
