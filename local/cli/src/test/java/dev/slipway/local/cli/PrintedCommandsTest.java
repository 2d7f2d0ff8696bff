package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileException;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `show` and the mails print to answer with runs as it stands, pasted into a shell. */
class PrintedCommandsTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final String UPLOADER = "technical-configuration.provide-uploader-access";

  @TempDir private Path folder;
  private LocalSlipway slipway;
  private String id;

  @BeforeEach
  void start() throws ProfileException {
    Path data = folder.resolve("with a blank");
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(data, null));
    var run =
        new OnboardingRun(
            new ProfileReader(new Checklists())
                .read(ProjectRoot.find().resolve("events/profiles/hosting-provider-minimal.json")),
            Optional.of(data),
            slipway.callers(),
            slipway.standIns(),
            new PlainView(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
            slipway.pace(),
            Duration.ZERO,
            () -> false);
    run.plan();
    id = run.onboarding();
    assertEquals(0, here("start", id, "--yes").exit());
  }

  @AfterEach
  void stop() {
    slipway.close();
  }

  private Invocation here(String... words) {
    List<Object> all = new ArrayList<>(List.of((Object[]) words));
    all.addAll(List.of("--data", folder.resolve("with a blank")));
    return Invocation.of(all.toArray());
  }

  @Test
  void runAsTheyArePrinted() throws Exception {
    here("waive", id, UPLOADER, "--reason", "nobody uploads");
    Set<String> answered = new TreeSet<>();
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (answered.size() < 3 && Instant.now().isBefore(end)) {
      for (String command : printed(here("show", id).out(), " answer ")) {
        if (answered.add(command)) {
          Invocation ended = pasted(command);
          assertEquals(0, ended.exit(), () -> command + ": " + ended);
        }
      }
      Thread.sleep(200);
    }
    assertTrue(answered.size() >= 3, answered::toString);

    // It takes two: the person who asked is told so, and takes it back with the other line.
    List<String> waiver = printed(here("show", id).out(), " approve ");
    assertEquals(2, waiver.size(), waiver::toString);
    assertTrue(pasted(waiver.getFirst()).err().contains("code:  "), waiver::toString);
    assertEquals(0, pasted(waiver.getLast()).exit(), waiver::toString);
  }

  @Test
  void runAsTheyAreMailed() throws Exception {
    String contacts = "{\"customer\": [{\"name\": \"Carl\", \"email\": \"carl@hoster.example\"}]}";
    Invocation saved =
        here("element", "set", id, "contacts", "--value", contacts, "--as", "manager");
    assertEquals(0, saved.exit(), saved.err());
    awaits("waits for the customer, step");
    var runtime = slipway.runtime();
    String remind = runtime.template().function("Remind").orElseThrow().arn();
    runtime.functions().invoke(remind, Json.MAPPER.createObjectNode()).join();
    Invocation mails = here("mails", "--to", "carl@hoster.example");
    Path token =
        Files.writeString(folder.resolve("TOKEN"), slipway.token(Role.CUSTOMER, id, false));

    List<String> commands = printed(mails.out(), " answer ");
    assertFalse(commands.isEmpty(), mails.out());
    for (String command : commands) {
      Invocation ended = pasted(command.replace("TOKEN", token.toString()));
      assertEquals(0, ended.exit(), () -> command + ": " + ended);
    }
  }

  private void awaits(String text) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!here("show", id).out().contains(text)) {
      assertTrue(Instant.now().isBefore(end), () -> here("show", id).out());
      Thread.sleep(200);
    }
  }

  /** The commands of one kind, each on a line of its own. */
  private static List<String> printed(String text, String kind) {
    return text.lines()
        .filter(line -> line.contains("slipway" + kind))
        .map(line -> line.substring(line.indexOf("slipway" + kind)))
        .toList();
  }

  private static Invocation pasted(String command) {
    return Invocation.of(words(command).skip(1).toArray());
  }

  /** As a shell reads a line. */
  private static Stream<String> words(String line) {
    return WORD.matcher(line).results().map(PrintedCommandsTest::word);
  }

  private static String word(MatchResult found) {
    for (int group = 1; group <= 3; group++) {
      if (found.group(group) != null) {
        return found.group(group);
      }
    }
    return "";
  }
}
