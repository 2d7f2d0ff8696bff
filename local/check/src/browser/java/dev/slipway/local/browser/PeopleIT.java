package dev.slipway.local.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.cli.ServedPages;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who ask, are blocked, are invited, and come without an account. */
@NeedsBrowser
final class PeopleIT {
  private static final String CUSTOMER = "Customer: Hoster Example GmbH";
  private static final String ROW =
      """
      {"section": "technical-configuration", "title": "Cable", "instructions": "Plug it in.",
       "party": "customer", "dueDays": 5, "requirement": "mandatory", "reason": "forgotten"}""";

  private static ServedPages slipway;
  private static String onboarding;

  private Browser browser;

  /** A row of its own, which asks the customer. */
  private String task;

  @BeforeAll
  static void serve() {
    slipway = new ServedPages();
    onboarding = slipway.intake(ServedPages.profile("hosting-provider"));
    SlipwayApi manager = slipway.as(Role.MANAGER, onboarding);
    manager.start(onboarding, manager.plan(onboarding).path("hash").asText());
  }

  @AfterAll
  static void stop() {
    if (slipway != null) {
      slipway.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    JsonNode row =
        slipway.as(Role.MANAGER, onboarding).addRow(onboarding, Json.MAPPER.readTree(ROW));
    task = row.path("task").asText();
    browser = new Browser(slipway.address());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private String page() {
    return "/app/o/" + onboarding + "/task/" + task;
  }

  private static String mailed(String address, String pattern) {
    String mail = slipway.mailTo(address, pattern);
    Matcher found = Pattern.compile(pattern).matcher(mail);
    assertTrue(found.find(), mail);
    return found.group(1);
  }

  private static String wrongField(Browser looking) {
    return looking.find(".field.wrong").getText();
  }

  /** At every width, and in the dark. */
  private static void assertClean(Browser looking) {
    List<String> found = new ArrayList<>();
    for (int width : new int[] {1280, 390, 360, 320}) {
      looking.window(width, width == 360);
      looking.findings().forEach(each -> found.add(width + ": " + each));
    }
    looking.window(1280, false);
    found.addAll(looking.codes());
    assertEquals(List.of(), found);
  }

  @Test
  void aQuestionIsAnsweredAndWhoIsBlockedIsHelped() {
    browser.signIn("Carl Customer", CUSTOMER);
    browser.load(page());
    browser.type("Ask or tell something", "Which cable?");
    browser.press("Send");
    browser.awaitText("It was sent.");
    browser.await("the question", () -> browser.has("Which cable?"));
    browser.press("I am blocked");
    browser.type("What do you need to go on?", "The key to the room.");
    browser.press("Tell them");
    browser.awaitText("Carl Customer is blocked");
    assertFalse(browser.has("I am blocked …"), browser::text);
    assertClean(browser);
    assertEquals(List.of(), browser.console());
    assertTrue(
        slipway.mailTo("marta@vendor.example", "cannot go on").contains("The key to the room."));

    browser.signOut();
    browser.signIn("Mia Manager", "Onboarding manager");
    browser.load(page());
    browser.type("Ask or tell something", "The yellow one.");
    browser.press("Send");
    browser.await("the answer", () -> browser.has("The yellow one."));
    browser.press("It is settled");
    browser.type("How was it settled?", "The guard has it.");
    browser.press("Settle it");
    browser.await("it to be settled", () -> browser.has("Settled by Mia Manager"));
    assertFalse(browser.has("is blocked, said"), browser::text);
  }

  @Test
  void whoIsInvitedComesInAndIsSentAway() {
    String people = "/app/o/" + onboarding + "/people";
    browser.signIn("Carl Customer", CUSTOMER);
    browser.load(people);
    assertClean(browser);
    browser.press("Invite a person");
    browser.type("Name", "Kurt Kollege");
    browser.type("E-mail address", "kurt of the hoster");
    browser.press("Send the invitation");
    browser.await(
        "the mistake at its field",
        () -> wrongField(browser).contains("Not right: Must be a mail address."));
    browser.type("E-mail address", "kurt@hoster.example");
    browser.press("Send the invitation");
    browser.awaitText("A mail went to kurt@hoster.example.");
    String link = mailed("kurt@hoster.example", "(/app/i/\\S+)");
    try (Browser kurt = new Browser(slipway.address())) {
      kurt.follow(link);
      kurt.pick("Kurt Kollege", "Invited: Hoster Example GmbH");
      kurt.awaitText("Carl Customer invites you.");
      assertClean(kurt);
      kurt.press("Come in");
      kurt.await("the overview", () -> kurt.path().equals("/app/o/" + onboarding));
      kurt.load(page());
      kurt.awaitText("Plug it in.");
      assertTrue(kurt.has("It is done"), kurt::text);
      browser.load(people);
      browser.awaitText("Kurt Kollege");
      assertClean(browser);

      browser.signOut();
      browser.signIn("Mia Manager", "Onboarding manager");
      browser.load(people);
      browser.press("End …");
      browser.type("Reason", "He has left the company.");
      browser.press("End it");
      browser.awaitText("ended by Mia Manager");
      kurt.load("/app/o/" + onboarding);
      kurt.awaitText("Your account has no onboarding here");
    }
  }

  @Test
  void aGuestDoesOneThingWithoutAnAccount() {
    browser.signIn("Carl Customer", CUSTOMER);
    browser.load(page());
    browser.press("Hand it to a colleague");
    browser.type("Name of the colleague", "Ilse Install");
    browser.type("E-mail address", "ilse@installer.example");
    browser.choose("How they answer", "yes");
    browser.type("Reason", "She is at the site.");
    browser.press("Hand it on");
    browser.await("it to be handed on", () -> browser.has("handed to Ilse Install"));
    String link = mailed("ilse@installer.example", "(/app/g/\\S+)");
    try (Browser ilse = new Browser(slipway.address())) {
      ilse.load(link);
      ilse.awaitText("You need no account");
      assertClean(ilse);
      assertTrue(ilse.all("header, nav").isEmpty());
      ilse.press("Send me a code");
      ilse.awaitText("A code went to i…@installer.example");
      assertClean(ilse);
      ilse.type("Code", "0");
      ilse.press("Come in");
      ilse.await("the mistake at its field", () -> wrongField(ilse).contains("Tries left: 4"));
      assertClean(ilse);
      ilse.type("Code", mailed("ilse@installer.example", "code is\\s+(\\d{6})"));
      ilse.press("Come in");
      ilse.awaitText("Plug it in.");
      assertEquals("", ilse.script("return document.cookie"), "no script reads the cookie");
      assertClean(ilse);
      ilse.script("location.reload()");
      ilse.await("the page anew", () -> ilse.has("Plug it in."));
      ilse.press("It is done");
      ilse.await("the mistake at its field", () -> wrongField(ilse).contains("Say in a few words"));
      assertClean(ilse);
      ilse.type("What did you do or see?", "It is plugged in.");
      ilse.press("It is done");
      ilse.awaitText("Thank you");
      assertFalse(ilse.has("You are asked for your help"), ilse::text);
      ilse.load("/app/o/" + onboarding);
      assertFalse(ilse.has("Plug it in."), ilse::text);
    }
    assertTrue(
        slipway
            .as(Role.MANAGER, onboarding)
            .oneTask(onboarding, task)
            .toString()
            .contains("Ilse Install (guest of Carl Customer)"));
  }
}
