package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Restatement;
import dev.slipway.hostingprovider.Restatement.Change;
import dev.slipway.systems.analytics.GoogleTag;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement holds only for what it was said about: V07 to V10. */
final class CustomizationStatementsTest {
  private static final String SECTION = "platform-customization";
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";
  private static final String LATER = ALWAYS.replace("1440", "1380");
  private static final String OTHER_PLATFORM = "{\"domain\":\"b.example\"}";

  private static final String BRANDING =
      """
      {"logo":"a1","platformName":"Cloud","colours":["#112233"],
       "links":{"termsOfService":"https://www.c.example/terms",
        "documentation":"https://www.c.example/docs","support":"https://www.c.example/support",
        "site":"https://www.c.example/"}}""";
  private static final String PROTECTION =
      """
      {"methods":["mandatory-second-factor","sms-activation","sign-up-checks"],
       "trustedUsers":["slipway@a.example"],"graceDays":14}""";
  private static final String TEXTS =
      """
      {"languages":["en"],"changes":[
        {"template":"welcome","language":"en","subject":"Hi","body":"e1"}]}""";

  static List<Change> changes() {
    String branding = "apply-branding";
    String protect = "protect-accounts";
    String emails = "review-emails";
    return List.of(
        Change.of(
            branding,
            "platform",
            OTHER_PLATFORM,
            "write-settings",
            "apply-settings",
            "upload-logos",
            "approve-branding"),
        Change.of(
            branding,
            "branding",
            BRANDING.replace("/terms", "/agb"),
            "write-settings",
            "apply-settings",
            "upload-logos",
            "approve-branding"),
        Change.of(branding, "branding", BRANDING.replace("112233", "445566"), "approve-branding"),
        Change.of(branding, "maintenance-window", LATER),
        Change.of("set-up-analytics", "platform", OTHER_PLATFORM, "place-snippet"),
        Change.of(
            "set-up-analytics",
            "analytics",
            "{\"measurementId\":\"G-BBBBBB2222\"}",
            "place-snippet"),
        Change.of(
            protect,
            "platform",
            OTHER_PLATFORM,
            "confirm-trusted-users",
            "require-second-factor",
            "activate-by-sms",
            "check-sign-ups"),
        Change.of(
            protect,
            "account-protection",
            PROTECTION.replace("\"slipway@", "\"boss@a.example\",\"slipway@"),
            "confirm-trusted-users",
            "require-second-factor"),
        Change.of(
            protect, "account-protection", PROTECTION.replace("14", "30"), "require-second-factor"),
        Change.of(protect, "account-protection", PROTECTION.replace(",\"sign-up-checks\"", "")),
        Change.of(
            emails,
            "platform",
            OTHER_PLATFORM,
            "review-texts",
            "enter-texts",
            "refresh-templates",
            "send-test-mails",
            "confirm-receipt"),
        Change.of(
            emails,
            "mail-texts",
            TEXTS.replace("Hi", "Hello"),
            "enter-texts",
            "refresh-templates",
            "send-test-mails",
            "confirm-receipt"),
        Change.of(
            emails,
            "mail-texts",
            TEXTS.replace("\"changes\"", "\"modules\":\"JCA\",\"changes\""),
            "refresh-templates"),
        Change.of(emails, "mail-texts", "{\"languages\":[\"en\",\"de\"]}", "review-texts"),
        Change.of(
            emails,
            "test-mailbox",
            "{\"address\":\"other@a.example\"}",
            "send-test-mails",
            "confirm-receipt"));
  }

  /** Whatever the platform can refuse is a person's. */
  private static Restatement task(String task) {
    Stage stage = new Stage();
    stage.refused.addAll(
        List.of(
            "getconfigkeys",
            "changeconfigkey",
            "applyconfig",
            "getuserinfo",
            "getadminusersinfo",
            "enablemandatory2fa",
            "getsmslistdata",
            "refreshemailtemplates",
            "sendemail"));
    Bytes logo = Bytes.of("<svg xmlns='http://www.w3.org/2000/svg' width='160' height='40'></svg>");
    for (String path : List.of("terms", "agb", "docs", "support", "")) {
      stage.pages.put("https://www.c.example/" + path, Bytes.of("<html>page</html>"));
    }
    for (String id : List.of("G-AAAAAA1111", "G-BBBBBB2222")) {
      stage.pages.put(
          "https://www.googletagmanager.com/gtag/js?id=" + id, Bytes.of("tag of " + id));
    }
    FunctionContext context = FunctionContext.of(Map.of(), InstantSource.system());
    Bench bench =
        new Bench(SECTION + "." + task)
            .element("platform", "{\"domain\":\"a.example\"}")
            .element("maintenance-window", ALWAYS)
            .element("test-mailbox", "{\"address\":\"tests@a.example\"}")
            .element("branding", BRANDING)
            .element("analytics", "{\"measurementId\":\"G-AAAAAA1111\"}")
            .element("account-protection", PROTECTION)
            .element("mail-texts", TEXTS)
            .secret("platform", "{\"token\":\"platform-token-0001\"}")
            .file("a1", logo)
            .file("e1", Bytes.of("<p>Hello</p>"));
    return new Restatement(
        bench,
        switch (task) {
          case "apply-branding" -> new ApplyBranding(context, stage);
          case "set-up-analytics" -> new SetUpAnalytics(context, stage);
          case "protect-accounts" -> new ProtectAccounts(context, stage);
          case "review-emails" -> new ReviewEmails(context, stage);
          default -> throw new IllegalArgumentException(task);
        },
        Map.of(),
        step -> {
          // Each platform has a dashboard of its own, on which a person puts what is given now.
          if (step.equals("upload-logos") || step.equals("place-snippet")) {
            String dashboard =
                "https://app." + bench.given("platform").path("domain").asText() + "/";
            StringBuilder page = new StringBuilder("<html><img src=\"/images/logo\">Cloud");
            bench
                .given("branding")
                .path("links")
                .forEach(link -> page.append("<a href='").append(link.asText()).append("'>x</a>"));
            page.append(
                new GoogleTag(bench.given("analytics").path("measurementId").asText()).snippet());
            stage.pages.put(dashboard, Bytes.of(page.append("</html>").toString()));
            stage.pages.put(dashboard + "images/logo", logo);
          }
        });
  }

  @Test
  void leavesNoInputOut() {
    Restatement.assertComplete(SECTION, changes());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatRestsOnAChangeIsAskedAgainAndNothingElse(Change change) {
    task(change.task()).check(change);
  }
}
