package dev.slipway.local.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.slipway.local.cli.ServedPages;
import dev.slipway.local.run.ElementStatus;
import dev.slipway.local.run.OnboardingStatus;
import dev.slipway.local.run.TaskStatus;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with rows, elements and credentials: the pages tell it in words. */
@NeedsBrowser
final class TroublesIT {
  private final Set<String> told = new HashSet<>();
  private final Set<String> codes = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(strings = {"hosting-provider-troubles", "enterprise-troubles"})
  void areToldInWords(String profile) {
    try (ServedPages slipway = ServedPages.inSimulatedTime();
        Browser browser = new Browser(slipway.address())) {
      browser.signIn("Mia Manager", "Onboarding manager");
      slipway.run(ServedPages.profile(profile), now -> look(browser, now));
    }
    assertFalse(told.isEmpty(), "something goes wrong");
    assertEquals(Set.of(), codes);
  }

  /** Looks at each trouble once, on the pages of its task and of the whole. */
  private void look(Browser browser, OnboardingStatus now) {
    boolean hasNews = false;
    for (TaskStatus task : now.tasks()) {
      if (task.problem() != null && told.add(task.key() + " " + task.problem())) {
        read(browser, "/app/o/" + now.id() + "/task/" + Browser.encoded(task.key()));
        hasNews = true;
      }
    }
    for (ElementStatus element : now.elements()) {
      hasNews |=
          element.line().path("outcome").asText().equals("INVALID")
              && told.add(element.line().toString());
    }
    if (hasNews) {
      for (String page :
          new String[] {"m/" + now.id(), "o/" + now.id(), "o/" + now.id() + "/history"}) {
        read(browser, "/app/" + page);
      }
    }
  }

  private void read(Browser browser, String page) {
    browser.load(page);
    browser.codes().forEach(code -> codes.add(page + ": " + code));
  }
}
