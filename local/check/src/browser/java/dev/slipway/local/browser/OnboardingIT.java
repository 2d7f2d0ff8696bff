package dev.slipway.local.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.cli.ServedPages;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.ByApi;
import dev.slipway.local.run.PersonsStep;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileAction;
import dev.slipway.local.run.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hosting provider, and an enterprise with two environments, from a new onboarding to its end,
 * through the pages: a manager, the customer's contact and an engineer, each in a browser of their
 * own. What they do outside of Slipway the stand-ins' control does for them.
 */
@NeedsBrowser
final class OnboardingIT {
  private Profile profile;
  private List<PersonsStep> left;
  private ServedPages slipway;
  private Browser manager;
  private Browser customer;
  private Browser engineer;
  private String onboarding;

  /** Told all at once, at the end: a whole run finds more than its first. */
  private final List<String> codes = new ArrayList<>();

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
  void aHostingProviderFromANewOnboardingToTheSignOff() {
    begin("hosting-provider-minimal", "Hosting provider");

    // Before its rows are final it cannot be signed off; the page says which are open.
    manager.load("/app/m/" + onboarding + "/sign-off");
    manager.press("Sign off");
    manager.awaitText("mandatory rows are not final");
    assertTrue(manager.has("Configure the mail server"), manager::text);
    assertTrue(isConflict(manager.console()), "the API refuses it");

    toTheEnd();
    assertEquals(List.of(), left);
    manager.load("/app/m/" + onboarding + "/sign-off");
    manager.type("Reason", "Everything in the contract was delivered.");
    manager.press("Sign off");
    manager.awaitText("Signed off by Mia Manager");
    customer.load("/app/o/" + onboarding + "/report");
    customer.awaitText("Nothing changes the report any more.");
    customer.awaitText("It is not looked at again.");
    assertFalse(customer.has("Look at it again …"), "the vendor chooses");
    for (String page : List.of("give/test-mailbox", "credential/smtp", "people", "runners")) {
      customer.load("/app/o/" + onboarding + "/" + page);
      customer.awaitText("It is over: nothing changes it any more.");
      assertEquals(List.of(), customer.all("main form, main button"), page);
    }
    engineer.load("/app/m/" + onboarding + "/row");
    engineer.awaitText("It is over");
    manager.load("/app/m/" + onboarding + "/sign-off");
    manager.press("Look at it again …");
    manager.choose("How often", "14");
    manager.confirm();
    manager.awaitText("It is looked at every 14 days, next");
    nothingIsComplainedOf();
  }

  /** 36 elements, 21 credentials and 166 answers: on two busy cores a quarter of an hour. */
  @Test
  @Timeout(value = 45, unit = TimeUnit.MINUTES)
  void anEnterpriseFromANewOnboardingToItsLastRow() {
    begin("enterprise-small", "Enterprise environment");
    toTheEnd();
    nothingIsComplainedOf();
  }

  /** Creates, gives all that a profile gives at the beginning, and starts it. */
  private void begin(String name, String checklist) {
    profile = ServedPages.profile(name);
    left = new ArrayList<>(profile.people());
    slipway.prepare(profile);
    manager.signIn("Mia Manager", "Onboarding manager");
    manager.press("New onboarding");
    manager.type("Customer", profile.name());
    manager.field(checklist).click();
    manager.press("Create it");
    manager.await("the board", () -> manager.heading().equals(profile.name()));
    onboarding = manager.path().substring("/app/m/".length());

    customer.signIn("Carl Customer", "Customer: " + profile.name());
    engineer.signIn("Emil Engineer", "Engineer");
    profile.elements().forEach(this::give);
    profile.credentials().forEach((system, fields) -> store(customer, system, fields));

    manager.load("/app/m/" + onboarding + "/plan");
    manager.press("Start");
    manager.await("the board", () -> manager.heading().equals(profile.name()));
    manager.awaitText("Under way");
  }

  /**
   * Answers what is asked, as the profile's people do, until every row is final. What an earlier
   * act settled for both environments is not asked a second time.
   */
  private void toTheEnd() {
    SlipwayApi oracle = slipway.as(Role.MANAGER, onboarding);
    manager.await(
        "every row to be final",
        () -> {
          JsonNode standing = oracle.onboarding(onboarding);
          asked(standing).ifPresent(this::answer);
          return standing.at("/onboarding/state").asText().equals("COMPLETED");
        },
        Duration.ofMinutes(40));
  }

  private void nothingIsComplainedOf() {
    assertEquals(List.of(), codes);
    for (Browser each : new Browser[] {manager, customer, engineer}) {
      assertEquals(List.of(), each.console());
    }
  }

  private static boolean isConflict(List<String> console) {
    return console.size() == 1 && console.getFirst().contains("409");
  }

  private void give(String name, JsonNode value) {
    JsonNode element = asked("elements", "element", name);
    // Of the contacts only the vendor's people name their own side.
    boolean isVendors = name.equals("contacts") || element.path("party").asText().equals("VENDOR");
    Browser giver = isVendors ? manager : customer;
    giver.load("/app/o/" + onboarding + "/give/" + Browser.encoded(name));
    new FormFiller(giver, profile.file().toAbsolutePath().getParent())
        .fill(element.path("schema"), value);
    giver.press("Save");
    giver.await(
        name + " to be saved",
        () -> giver.path().equals("/app/o/" + onboarding) || giver.has("Saved."));
  }

  private void store(Browser who, String system, JsonNode fields) {
    JsonNode credential = asked("credentials", "system", system);
    Browser giver = who == customer && !credential.path("yours").asBoolean() ? manager : who;
    giver.load("/app/o/" + onboarding + "/credential/" + Browser.encoded(system));
    new FormFiller(giver, profile.file()).fill(credential.path("schema"), fields);
    giver.press("Store and test");
    giver.await(
        "the grade of " + system, () -> giver.has("It works") || giver.has("neither yes nor no"));
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
        if (isOf(work, step.task())
            && work.path("step").asText().equals(step.step())
            && work.path("outcome").asText().equals("WAITING")
            && !work.path("underWay").asBoolean()) {
          return Optional.of(step);
        }
      }
    }
    return Optional.empty();
  }

  /** Several instances that are asked the same are one piece of work. */
  private static boolean isOf(JsonNode work, String task) {
    String asked = work.path("task").asText();
    int at = task.indexOf('@');
    boolean among = false;
    for (JsonNode instance : work.path("instances")) {
      among |= at > 0 && instance.asText().equals(task.substring(at + 1));
    }
    return asked.equals(task) || (among && asked.equals(task.substring(0, at)));
  }

  private void answer(PersonsStep step) {
    left.remove(step);
    Browser browser =
        switch (step.as()) {
          case MANAGER -> manager;
          case CUSTOMER -> customer;
          case ENGINEER -> engineer;
        };
    for (ProfileAction action : step.acts()) {
      switch (action) {
        case ProfileAction.PerformAct act -> slipway.act(act.act(), act.details());
        case ProfileAction.GiveCredential give -> store(browser, give.system(), give.fields());
        // By the API: a form that holds a value is filled in from an empty one here.
        case ProfileAction.GiveElement give ->
            new ByApi(profile, onboarding).give(slipway.as(step.as(), onboarding), give);
        default -> throw new IllegalArgumentException("no page does this: " + action);
      }
    }
    if (step.statement() == null) {
      return;
    }
    browser.load("/app/o/" + onboarding + "/task/" + Browser.encoded(step.task()));
    // It may be looked at just now, and be asked again in a moment, or seen to be done by the acts.
    String said = "[id='said-" + step.step() + "']";
    browser.await(
        "the form of " + step.step(), () -> !browser.all(said).isEmpty() || asking(step).isEmpty());
    if (browser.all(said).isEmpty()) {
      return;
    }
    browser.codes().forEach(code -> codes.add(step.task() + ", " + step.step() + ": " + code));
    JsonNode schema = schema(step);
    if (step.values() != null && schema.isMissingNode()) {
      // By the API: the checklist has no schema of these values, and so there is no form.
      new ByApi(profile, onboarding).answer(slipway.as(step.as(), onboarding), step);
      return;
    }
    if (step.values() != null) {
      new FormFiller(browser, profile.file().toAbsolutePath().getParent(), step.step())
          .fill(schema, step.values());
    }
    browser.find(said).sendKeys(step.statement());
    browser.press("It is done");
    browser.awaitText("Thank you: it was kept");
  }

  /** What the step's values look like; missing: nothing says so. */
  private JsonNode schema(PersonsStep step) {
    return asking(step).map(work -> work.path("values")).orElse(MissingNode.getInstance());
  }

  /** The open work of a step; empty: it is not asked any more. */
  private Optional<JsonNode> asking(PersonsStep step) {
    JsonNode standing = slipway.as(step.as(), onboarding).onboarding(onboarding);
    for (JsonNode work : standing.path("openWork")) {
      if (isOf(work, step.task()) && work.path("step").asText().equals(step.step())) {
        return Optional.of(work);
      }
    }
    return Optional.empty();
  }
}
