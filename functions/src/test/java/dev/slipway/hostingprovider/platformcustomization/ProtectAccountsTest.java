package dev.slipway.hostingprovider.platformcustomization;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProtectAccountsTest {
  private static final String SECOND_FACTOR = "\"mandatory-second-factor\"";

  private final Stage stage = new Stage();
  private final ProtectAccounts task =
      new ProtectAccounts(FunctionContext.of(Map.of(), InstantSource.system()), stage);
  private final Bench bench =
      new Bench("platform-customization.protect-accounts")
          .element("platform", "{\"domain\":\"a.example\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}");

  private void chosen(String methods, String trusted) {
    bench.element(
        "account-protection",
        "{\"methods\":["
            + methods
            + "],\"trustedUsers\":[\""
            + trusted
            + "\",\"root@a.example\"],\"graceDays\":7}");
  }

  @Test
  void makesASecondFactorMandatoryOnceSlipwayIsTrusted() {
    chosen(SECOND_FACTOR, "Slipway@a.example");
    String evidence = done(bench.attempt(task));

    assertEquals(1, stage.count("enablemandatory2fa"));
    assertTrue(stage.calls.toString().contains("period=7"), stage.calls.toString());
    assertTrue(evidence.contains("is among the trusted users"), evidence);
    assertTrue(evidence.contains("sms-activation, answer=not chosen"), evidence);
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(1, stage.count("enablemandatory2fa"));
  }

  @Test
  void refusesToLockItselfOut() {
    chosen(SECOND_FACTOR, "somebody@a.example");
    Problem problem =
        failed("accounts.lock-out", "account-protection.trustedUsers", bench.attempt(task));

    assertTrue(problem.message().contains("slipway@a.example"), problem.message());
    assertEquals(0, stage.count("enablemandatory2fa"));
  }

  @Test
  void asksAPersonWhoseTheTokenIsBeforeAnythingElse() {
    stage.refused.add("getuserinfo");
    chosen(SECOND_FACTOR, "slipway@a.example");
    waitsFor("confirm-trusted-users", bench.attempt(task));
    assertEquals(0, stage.count("enablemandatory2fa"));

    String evidence = done(bench.answer("confirm-trusted-users").attempt(task));
    assertEquals(1, stage.count("enablemandatory2fa"));
    assertTrue(evidence.contains("statement.confirm-trusted-users"), evidence);
  }

  @Test
  void leavesItToAPersonWhereTheTokenMayNotAndLooks() {
    stage.refused.add("enablemandatory2fa");
    chosen(SECOND_FACTOR, "slipway@a.example");
    Outcome.Waiting waiting = waitsFor("require-second-factor", bench.attempt(task));
    assertTrue(waiting.instructions().contains("root@a.example"), waiting.instructions());

    Outcome.Waiting again =
        waitsFor("require-second-factor", bench.answer("require-second-factor").attempt(task));
    assertEquals("accounts.second-factor-not-mandatory", again.problem().code());

    stage.mandatory = Optional.of(true);
    stage.trusted = List.of("root@a.example");
    Outcome.Waiting lockedOut =
        waitsFor("require-second-factor", bench.answer("require-second-factor").attempt(task));
    assertEquals("accounts.lock-out", lockedOut.problem().code());

    stage.trusted = List.of("slipway@a.example", "root@a.example");
    done(bench.answer("require-second-factor").attempt(task));
  }

  @Test
  void requiresItOnceWhereThePlatformDoesNotSay() {
    stage.mandatory = Optional.empty();
    chosen(SECOND_FACTOR, "slipway@a.example");
    assertTrue(done(bench.attempt(task)).contains("unknown"));
    done(bench.attempt(task));
    assertEquals(1, stage.count("enablemandatory2fa"));

    stage.refused.add("getadminusersinfo");
    done(bench.attempt(task));
    assertEquals(1, stage.count("enablemandatory2fa"));
  }

  @Test
  void eachMethodHasAResultOfItsOwn() {
    chosen("\"sms-activation\",\"sign-up-checks\"", "slipway@a.example");
    waitsFor("activate-by-sms", bench.attempt(task));
    waitsFor("check-sign-ups", bench.answer("activate-by-sms").attempt(task));
    String evidence = done(bench.answer("check-sign-ups").attempt(task));

    assertTrue(evidence.contains("statement.activate-by-sms"), evidence);
    assertTrue(evidence.contains("GetSmsListData"), evidence);
    assertTrue(evidence.contains("mandatory-second-factor, answer=not chosen"), evidence);
    assertEquals(0, stage.count("enablemandatory2fa"));
  }

  @Test
  void takesTheStatementWhereTheSmsListMayNotBeRead() {
    stage.refused.add("getsmslistdata");
    chosen("\"sms-activation\"", "slipway@a.example");
    assertTrue(done(bench.answer("activate-by-sms").attempt(task)).contains("rests on"));
  }
}
