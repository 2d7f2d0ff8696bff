package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialRoutesTest {
  private static final String MARKER = "marker-7f3a9c";
  private static final String ACCOUNT = "{\"user\": \"mailer\", \"password\": \"" + MARKER + "\"}";

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void nothingLeaks() {
    assertFalse(world.tableText().contains(MARKER), "a secret is in the table");
    assertFalse(world.log().contains(MARKER), "a secret is in the log");
    world.close();
  }

  private CredentialRecord record(String id) {
    return world.context().elements().credential(id, "smtp").orElseThrow();
  }

  private String secret(String id) {
    return "slipway/" + id + "/smtp";
  }

  @Test
  void aValidValueCounts() {
    String id = world.running();
    world.grading("smtp", Grade.VALID);
    world.outcome(
        id,
        ApiWorld.GATE,
        new Outcome.Waiting(
            Party.CUSTOMER, null, List.of(), "Give it.", "", null, null, null, List.of()));

    Answer graded = world.store(id, "smtp", ACCOUNT);

    assertEquals(200, graded.status(), graded.text());
    assertEquals("VALID", graded.body().get("grade").asText());
    assertTrue(graded.body().get("usable").asBoolean());
    assertEquals(record(id).validVersionId(), graded.body().get("versionId").asText());
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
    assertEquals(ApiWorld.array("[\"" + ApiWorld.GATE + "\"]"), graded.body().get("rechecked"));
    assertFalse(graded.text().contains(MARKER));
  }

  @Test
  void anythingElseLeavesTheLastValidValueInUse() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", ACCOUNT);
    String valid = record(id).validVersionId();

    for (Grade grade : Grade.values()) {
      if (grade != Grade.VALID) {
        world.grading("smtp", grade);
        Answer graded = world.store(id, "smtp", ACCOUNT);
        assertEquals(grade.name(), graded.body().get("grade").asText());
        assertFalse(graded.body().has("versionId"));
        assertTrue(graded.body().get("usable").asBoolean());
        assertEquals(valid, record(id).validVersionId());
        assertEquals(valid, world.secrets().current(secret(id)));
        assertEquals(grade, record(id).grade());
      }
    }

    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", ACCOUNT);
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
    assertEquals(record(id).latestVersionId(), record(id).validVersionId());
  }

  @Test
  void aSecretThatIsScheduledForDeletionIsRestored() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", ACCOUNT);
    world.secrets().schedule(secret(id), Instant.parse("2026-12-06T10:00:00Z"));

    world.grading("smtp", Grade.INVALID_CREDENTIALS);
    Answer graded = world.store(id, "smtp", ACCOUNT);

    assertEquals(200, graded.status(), graded.text());
    assertTrue(graded.body().get("usable").asBoolean(), "the value in use is back");
    world.grading("smtp", Grade.VALID);
    assertEquals(200, world.store(id, "smtp", ACCOUNT).status());
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
  }

  @Test
  void aSecretThatMayNotBeRestoredIsNamedWithItsDeletionDate() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.secrets().refuseToRestore();
    world.store(id, "smtp", ACCOUNT);
    world.secrets().schedule(secret(id), Instant.parse("2026-12-06T10:00:00Z"));

    Answer refused = world.store(id, "smtp", ACCOUNT);

    assertEquals(409, refused.status(), refused.text());
    assertEquals("credential.in-deletion", refused.body().get("code").asText());
    String detail = refused.body().get("detail").asText();
    assertTrue(detail.contains(secret(id)) && detail.contains("2026-12-06"), detail);
    assertEquals("system", refused.body().get("field").asText());
  }

  @Test
  void aValueIsStoredAgainAfterItsSecretWasErased() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", ACCOUNT);
    world.secrets().remove(secret(id));

    world.grading("smtp", Grade.INVALID_CREDENTIALS);
    Answer wrong = world.store(id, "smtp", ACCOUNT);
    assertEquals(200, wrong.status(), wrong.text());
    assertFalse(wrong.body().get("usable").asBoolean(), "the valid one is gone");

    world.secrets().remove(secret(id));
    world.grading("smtp", Grade.VALID);
    assertEquals(200, world.store(id, "smtp", ACCOUNT).status());
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
  }

  @Test
  void aDeletionThatIsNotOverYetIsWaitedFor() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", ACCOUNT);
    world.secrets().removing(secret(id));

    Answer refused = world.store(id, "smtp", ACCOUNT);
    assertEquals(409, refused.status(), refused.text());
    assertTrue(refused.text().contains("is being deleted"), refused.text());

    world.secrets().removed(secret(id));
    assertEquals(200, world.store(id, "smtp", ACCOUNT).status());
  }

  @Test
  void aSecretThatIsDeletedWhileItsValueIsTestedDoesNotCount() {
    String id = world.create();
    world.grading("smtp", valid(() -> world.secrets().remove(secret(id))));

    Answer refused = world.store(id, "smtp", ACCOUNT);
    assertEquals(409, refused.status(), refused.text());
    assertTrue(refused.text().contains("deleted while its value was being tested"), refused.text());

    Instant deletion = Instant.parse("2026-12-06T10:00:00Z");
    world.grading("smtp", valid(() -> world.secrets().schedule(secret(id), deletion)));
    assertEquals(200, world.store(id, "smtp", ACCOUNT).status());
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
  }

  private static ApiWorld.Testing valid(Runnable meanwhile) {
    return (secret, elements) -> {
      meanwhile.run();
      return new CredentialTestResult(Grade.VALID, "good", null, "probe", "host", "answer");
    };
  }

  @Test
  void aByteOrderMarkBeforeAValueIsReadOver() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    assertEquals(200, world.store(id, "smtp", "\uFEFF" + ACCOUNT).status());
  }

  @Test
  void aPutOffTestSaysWhenToComeBack() {
    String id = world.create();
    Instant later = Instant.parse("2026-03-02T09:00:00Z");
    world.grading(
        "smtp",
        (secret, elements) ->
            new CredentialTestResult(
                Grade.RATE_LIMITED, "come back later", later, "probe", "host", "421"));
    Answer graded = world.store(id, "smtp", ACCOUNT);
    assertEquals(later.toString(), graded.body().get("retryAt").asText());
    assertFalse(graded.body().get("usable").asBoolean());
    Answer list = world.request("ListElements").on(id).send();
    assertTrue(list.text().contains("\"grade\":\"RATE_LIMITED\""), list.text());
    assertFalse(list.text().contains(MARKER));
  }

  @Test
  void aTestThatDoesNotEndIsInconclusive() {
    String id = world.create();
    CountDownLatch never = new CountDownLatch(1);
    world.grading(
        "smtp",
        (secret, elements) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return null;
        });
    Answer graded =
        world
            .request("StoreCredential")
            .by(Token.customer(id))
            .on(id)
            .path("system", "smtp")
            .remaining(3_500)
            .body(ACCOUNT)
            .send();
    assertEquals("INCONCLUSIVE", graded.body().get("grade").asText(), graded.text());
  }

  @Test
  void aTestThatBreaksTellsNothing() {
    String id = world.create();
    world.grading(
        "smtp",
        (secret, elements) -> {
          throw new IllegalStateException("with " + secret);
        });
    Answer graded = world.store(id, "smtp", ACCOUNT);
    assertEquals("INCONCLUSIVE", graded.body().get("grade").asText());
    assertFalse(graded.text().contains(MARKER));
    assertTrue(world.log().contains("IllegalStateException"));
  }

  @Test
  void anUntestableSystemNeverCounts() {
    String id = world.create();
    Answer graded = world.store(id, "smtp", ACCOUNT);
    assertEquals("INCONCLUSIVE", graded.body().get("grade").asText());
    assertFalse(graded.body().get("usable").asBoolean());
  }

  @Test
  void refusesWithoutQuoting() {
    String id = world.create();
    for (String body :
        List.of(
            "{\"user\": \"mailer\", \"password\": \"" + MARKER,
            "{\"password\": \"" + MARKER + "\"}",
            "{\"user\": \"mailer\", \"password\": 12, \"" + MARKER + "\": \"" + MARKER + "\"}",
            "{\"user\": \"mailer\", \"password\": \"" + MARKER.repeat(50) + "\"}",
            "\"" + MARKER + "\"",
            "[\"" + MARKER + "\"]",
            "{\"user\": \"" + MARKER + "\", \"user\": \"" + MARKER + "\"}",
            "{\"password\": {\"" + MARKER + "\": {\"" + MARKER + "\": 1e999}}}",
            "{\"user\": \"" + "x".repeat(70_000) + MARKER + "\"}")) {
      Answer refused = world.store(id, "smtp", body);
      assertTrue(refused.status() >= 400 && refused.status() < 500, refused.text());
      assertFalse(refused.text().contains(MARKER), refused.text());
    }
    assertTrue(world.secrets().versions(secret(id)).isEmpty());
    assertTrue(world.context().elements().credentials(id).isEmpty());
    assertEquals(404, world.store(id, "mail-server", ACCOUNT).status());
    assertEquals(404, world.store(id, "no-such-system", ACCOUNT).status());
  }

  @Test
  void aCustomersKeyIsHandedInByTheCustomer() {
    String id = world.create();
    Answer refused =
        world
            .request("StoreCredential")
            .by(Token.manager())
            .on(id)
            .path("system", "smtp")
            .body(ACCOUNT)
            .send();
    assertEquals(403, refused.status());
    assertEquals("CUSTOMER", refused.body().get("party").asText());
  }

  @Test
  void ofTwoValuesTestedAtOnceOneCounts() {
    String id = world.create();
    world.grading("smtp", Grade.VALID);
    world.grading(
        "smtp",
        (secret, elements) -> {
          // Somebody else's value comes in while this one is being tested.
          world.grading("smtp", Grade.VALID);
          world
              .request("StoreCredential")
              .by(Token.otherCustomer(id))
              .on(id)
              .path("system", "smtp")
              .body(ACCOUNT)
              .send();
          return new CredentialTestResult(Grade.VALID, "valid", null, "probe", "host", "answer");
        });
    Answer late = world.store(id, "smtp", ACCOUNT);
    assertEquals(409, late.status(), late.text());
    assertTrue(late.body().get("detail").asText().startsWith("Carl Customer"), late.text());
    assertEquals(record(id).validVersionId(), world.secrets().current(secret(id)));
  }
}
