package dev.slipway.local.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.cli.ServedPages;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.AnswerByApi;
import dev.slipway.local.run.PersonsStep;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileAction;
import dev.slipway.local.run.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A hosting provider from a new onboarding to the sign-off, through the pages: a manager, the
 * customer's contact and an engineer, each in a browser of their own. What they do outside of
 * Slipway the stand-ins' control does for them.
 */
@NeedsBrowser
final class OnboardingIT {
  private static final String NAME = "Hoster Minimal GmbH";

  /** Given by the vendor's side. */
  private static final Set<String> VENDORS = Set.of("contacts", "onboarding-manager");

  private final Profile profile = ServedPages.profile("hosting-provider-minimal");
  private final List<PersonsStep> left = new ArrayList<>(profile.people());

  private ServedPages slipway;
  private Browser manager;
  private Browser customer;
  private Browser engineer;
  private String onboarding;

  @BeforeEach
  void open() {
    slipway = new ServedPages();
    manager = new Browser(slipway.address());
    customer = new Browser(slipway.address());
    engineer = new Browser(slipway.address());
  }

  @AfterEach
  void close() {
    for (AutoCloseable each : new AutoCloseable[] {manager, customer, engineer, slipway}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void fromANewOnboardingToTheSignOff() {
    manager.signIn("Mia Manager", "Onboarding manager");
    manager.press("New onboarding");
    manager.type("Customer", NAME);
    manager.field("Hosting provider").click();
    manager.press("Create it");
    manager.await("the board", () -> manager.heading().equals(NAME));
    onboarding = manager.path().substring("/app/m/".length());

    customer.signIn("Carl Customer", "Customer: " + NAME);
    engineer.signIn("Emil Engineer", "Engineer");
    profile.elements().forEach((name, value) -> give(name, value));
    profile.credentials().forEach((system, fields) -> store(system, fields));

    manager.load("/app/m/" + onboarding + "/plan");
    manager.press("Start");
    manager.await("the board", () -> manager.heading().equals(NAME));
    manager.awaitText("Under way");

    SlipwayApi oracle = slipway.as(Role.MANAGER, onboarding);
    manager.await(
        "every row to be final",
        () -> {
          JsonNode standing = oracle.onboarding(onboarding);
          asked(standing).ifPresent(this::answer);
          return standing.at("/onboarding/state").asText().equals("COMPLETED");
        });
    assertEquals(List.of(), left);

    manager.load("/app/m/" + onboarding + "/sign-off");
    manager.type("Reason", "Everything in the contract was delivered.");
    manager.press("Sign off");
    manager.awaitText("Signed off by Mia Manager");
    customer.load("/app/o/" + onboarding + "/report");
    customer.awaitText("Nothing changes the report any more.");
    for (Browser each : new Browser[] {manager, customer, engineer}) {
      assertEquals(List.of(), each.console());
    }
  }

  private void give(String name, JsonNode value) {
    Browser giver = VENDORS.contains(name) ? manager : customer;
    giver.load("/app/o/" + onboarding + "/give/" + name);
    new FormFiller(giver, profile.file().toAbsolutePath().getParent())
        .fill(asked("elements", "element", name).path("schema"), value);
    giver.press("Save");
    giver.await(
        name + " to be saved",
        () -> giver.path().equals("/app/o/" + onboarding) || giver.has("Saved."));
  }

  private void store(String system, JsonNode fields) {
    customer.load("/app/o/" + onboarding + "/credential/" + system);
    new FormFiller(customer, profile.file())
        .fill(asked("credentials", "system", system).path("schema"), fields);
    customer.press("Store and test");
    customer.awaitText("It works");
  }

  private JsonNode asked(String kind, String id, String name) {
    for (JsonNode each : slipway.as(Role.CUSTOMER, onboarding).elements(onboarding).path(kind)) {
      if (each.path(id).asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("nobody asks for " + name);
  }

  /** The first step of the profile's people that waits for its person now. */
  private Optional<PersonsStep> asked(JsonNode standing) {
    for (JsonNode work : standing.path("openWork")) {
      for (PersonsStep step : left) {
        if (work.path("task").asText().equals(step.task())
            && work.path("step").asText().equals(step.step())
            && !work.path("underWay").asBoolean()) {
          return Optional.of(step);
        }
      }
    }
    return Optional.empty();
  }

  private void answer(PersonsStep step) {
    Map<Role, Browser> browsers =
        Map.of(Role.MANAGER, manager, Role.CUSTOMER, customer, Role.ENGINEER, engineer);
    for (ProfileAction action : step.acts()) {
      if (action instanceof ProfileAction.PerformAct act) {
        slipway.act(act.act(), act.details());
      }
    }
    left.remove(step);
    Browser browser = browsers.get(step.as());
    browser.load("/app/o/" + onboarding + "/task/" + step.task());
    assertTrue(browser.has("What to do"), browser::text);
    if (step.values() != null) {
      // A form for what a step asks for besides words comes with the checklist's own schema of it.
      new AnswerByApi(profile, onboarding).answer(slipway.as(step.as(), onboarding), step);
      return;
    }
    browser.find("#said-" + step.step()).sendKeys(step.statement());
    browser.press("It is done");
    browser.awaitText("Thank you: it was kept");
  }
}
