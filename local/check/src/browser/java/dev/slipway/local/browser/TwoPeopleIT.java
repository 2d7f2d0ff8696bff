package dev.slipway.local.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.cli.ServedPages;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.PersonsStep;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileAction;
import dev.slipway.local.run.Role;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do meanwhile: they agree, change, answer, or a session ends. */
@NeedsBrowser
final class TwoPeopleIT {
  private static final String MANAGER = "Onboarding manager";
  private static final String CUSTOMER = "Customer: Hoster Minimal GmbH";

  /** Has every request carry a token that no issuer knows, as one that has ended. */
  private static final String TOKEN_ENDS =
      """
      const real = window.fetch;
      window.fetch = (address, request) => real(address,
        {...request, headers: {...request?.headers, Authorization: 'Bearer has.ended.now'}});
      """;

  private final Profile profile = ServedPages.profile("hosting-provider-minimal");
  private ServedPages slipway;
  private String onboarding;
  private Browser browser;

  @BeforeEach
  void open() {
    slipway = new ServedPages();
    onboarding = slipway.intake(profile);
    browser = new Browser(slipway.address());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    slipway.close();
  }

  private String board() {
    return "/app/m/" + onboarding;
  }

  @Test
  void aWaiverTakesASecondManagerAndTheFirstHasNoButtonForIt() {
    slipway.start(onboarding);
    browser.signIn("Mia Manager", MANAGER);
    browser.load("/app/o/" + onboarding + "/task/technical-configuration.provide-uploader-access");
    browser.press("Do without");
    browser.type("Reason", "Nobody uploads anything there.");
    browser.press("Ask to do without");
    browser.awaitText("It was asked for");
    browser.load(board());
    browser.awaitText("For a second person");
    assertFalse(buttons().stream().anyMatch(text -> text.startsWith("Agree")), browser::text);

    try (Browser second = new Browser(slipway.address())) {
      second.signIn("Mara Second", MANAGER);
      second.load("/app/work");
      second.press("Waivers for a second person");
      second.awaitText("Hoster Minimal GmbH");
      second.load(board());
      second.press("Agree");
      second.confirm();
      second.awaitText("Must be given.");
      second.type("Reason", "Seen with the provider.");
      second.confirm();
      second.await("the end of the waiver", () -> !second.has("For a second person"));
      second.await("the row", () -> second.has("Waived"));
      second.load("/app/o/" + onboarding + "/task/technical-configuration.provide-uploader-access");
      second.find("details.happened summary").click();
      second.awaitText("Mia Manager asked to do without Provide access to the uploader");
      second.awaitText("Reason: Seen with the provider.");
      assertEquals(List.of(), second.findings());
      assertEquals(List.of(), second.console());
    }
    browser.awaitText("Waived");
  }

  private List<String> buttons() {
    return browser.all("main button").stream().map(each -> each.getText().strip()).toList();
  }

  @Test
  void aPlanThatChangedIsShownBeforeItStarts() {
    browser.signIn("Mia Manager", MANAGER);
    browser.load(board() + "/plan");
    slipway
        .as(Role.MANAGER, onboarding)
        .skip(onboarding, "platform-customization.set-up-analytics", "Not wanted after all.");
    browser.press("Start");
    browser.awaitText("Something else would run than you saw");
    assertEquals("INTAKE", state());
    browser.press("Start this instead");
    browser.await("the board", () -> browser.path().equals(board()));
    browser.awaitText("Under way");
  }

  private String state() {
    return slipway
        .as(Role.MANAGER, onboarding)
        .onboarding(onboarding)
        .at("/onboarding/state")
        .asText();
  }

  @Test
  void aTokenThatEndsLosesNothingThatWasTyped() {
    browser.signIn("Carl Customer", CUSTOMER);
    String form = "/app/o/" + onboarding + "/give/mail-server";
    browser.load(form);
    browser.type("Host", "mail.hoster.example");
    browser.await(
        "a draft",
        () ->
            browser.script("return JSON.stringify(sessionStorage)").toString().contains("mail.h"));
    browser.script(TOKEN_ENDS);
    browser.press("Save");
    browser.awaitText("What you had entered before is still here");
    assertEquals(form, browser.path());
    assertEquals("mail.hoster.example", browser.field("Host").getDomProperty("value"));
    // Nobody had to pick again, for the issuer's session lives; and it can be saved now.
    browser.type("Host", "smtp.hoster.example");
    browser.press("Save");
    browser.await("the overview", () -> browser.path().equals("/app/o/" + onboarding));
  }

  @Test
  void anAnswerThatAnotherGivesMeanwhileIsToldAndWhatIsTypedStays() {
    slipway.start(onboarding);
    PersonsStep step = firstAskedOfTheCustomer();
    browser.signIn("Carl Customer", CUSTOMER);
    browser.load("/app/o/" + onboarding + "/task/" + step.task());
    String said = "#said-" + step.step();
    browser.await("the form", () -> !browser.all(said).isEmpty());
    browser.find(said).sendKeys("I am still looking into");

    step.acts()
        .forEach(
            act -> {
              if (act instanceof ProfileAction.PerformAct outside) {
                slipway.act(outside.act(), outside.details());
              }
            });
    slipway
        .as(Role.CUSTOMER, onboarding)
        .complete(onboarding, step.task(), step.step(), step.statement(), null);
    long before = System.nanoTime();
    browser.awaitText("Somebody else was faster");
    long seconds = (System.nanoTime() - before) / 1_000_000_000;
    assertTrue(seconds <= 20, () -> seconds + " s");
    assertEquals("I am still looking into", browser.find("#unsaid").getDomProperty("value"));
    assertEquals(List.of(), browser.findings());
  }

  private PersonsStep firstAskedOfTheCustomer() {
    SlipwayApi oracle = slipway.as(Role.MANAGER, onboarding);
    PersonsStep[] found = new PersonsStep[1];
    browser.await(
        "a step of the customer's",
        () -> {
          for (JsonNode work : oracle.onboarding(onboarding).path("openWork")) {
            for (PersonsStep step : profile.people()) {
              if (step.as() == Role.CUSTOMER
                  && step.values() == null
                  && step.task().equals(work.path("task").asText())
                  && step.step().equals(work.path("step").asText())) {
                found[0] = step;
              }
            }
          }
          return found[0] != null;
        });
    return found[0];
  }
}
