package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.iam.Grant;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Takes a profile to its end with the roles of the template. A grant that was never needed says so
 * in a comment above its statement. Functions that the profile does not call are not judged.
 */
class LeastPrivilegeTest {
  private static final String MARK = "Unused in a plain run:";

  @Test
  void grantsWhatARunNeedsAndExplainsTheRest() throws Exception {
    var root = ProjectRoot.find();
    try (var slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null).simulated(true))) {
      var profile =
          new ProfileReader(new Checklists())
              .read(root.resolve("events/profiles/hosting-provider.json"));
      var seen = new ByteArrayOutputStream();
      var run =
          new OnboardingRun(
              profile,
              Optional.empty(),
              slipway.callers(),
              slipway.standIns(),
              new PlainView(new PrintStream(seen, true, StandardCharsets.UTF_8)),
              slipway.pace(),
              Duration.ofMinutes(10),
              () -> false);
      assertInstanceOf(
          Ending.AllFinal.class, run.run(), () -> seen.toString(StandardCharsets.UTF_8));
      var permissions = slipway.runtime().permissions();
      assertEquals(List.of(), permissions.refusals());
      assertEquals(
          List.of(),
          unexplained(permissions.grants(), Files.readAllLines(root.resolve("template.yaml"))));
    }
  }

  private static List<String> unexplained(List<Grant> grants, List<String> template)
      throws IOException {
    Set<String> called =
        grants.stream().filter(Grant::used).map(Grant::owner).collect(Collectors.toSet());
    assertTrue(called.contains("Wake") && called.contains("HostingProviderOnboarding"));
    return grants.stream()
        .filter(grant -> !grant.used() && called.contains(grant.owner()))
        .filter(grant -> !explains(comment(template, grant.line()), grant.action()))
        .map(grant -> grant.owner() + ": " + grant.action() + " on " + grant.resource())
        .sorted()
        .toList();
  }

  private static boolean explains(String comment, String action) {
    int mark = comment.indexOf(MARK);
    var service = action.substring(0, action.indexOf(':') + 1);
    return mark >= 0
        && (comment.indexOf(action, mark) >= 0 || comment.indexOf(service + "*", mark) >= 0);
  }

  /** The comment directly above a line. */
  private static String comment(List<String> lines, int line) {
    int at = line - 2;
    var text = new StringBuilder();
    while (at >= 0 && lines.get(at).strip().startsWith("#")) {
      text.insert(0, lines.get(at).strip().substring(1) + " ");
      at--;
    }
    return text.toString();
  }
}
