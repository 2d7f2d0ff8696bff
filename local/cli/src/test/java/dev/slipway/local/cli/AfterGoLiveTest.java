package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Role;
import dev.slipway.local.sandbox.mail.ReadableMail;
import dev.slipway.local.sandbox.world.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Onboardings that are looked at again after go-live, by the template's own schedules. */
@ExtendWith(FinishedRun.Resolver.class)
@Order(2) // Takes long, so it begins early.
class AfterGoLiveTest {
  private static final String MINIMAL = "hosting-provider-minimal.json";
  private static final String LEADS = "marta@vendor.example";

  @TempDir private Path folder;

  @Test
  void tellsOnceWhatNoLongerHoldsAndThatItHoldsAgainUntilTheDataIsErased(
      @FinishedRun.Of(value = MINIMAL, signedOff = true) FinishedRun run) throws Exception {
    try (LocalSlipway slipway = run.goOn(folder.resolve("data"))) {
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      String id = run.onboarding();
      SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
      byte[] signed = manager.report(id);
      JsonNode signature = manager.signOff(id);
      Instant erasedAt = Instant.parse(manager.looks(id).path("until").asText());

      manager.scheduleLooks(id, 7);
      JsonNode world = world(slipway);
      int mails = slipway.sandbox().mails().size();
      time.advance(Duration.ofDays(7).plusHours(3));
      JsonNode first = manager.addendum(id, 1);
      assertEquals("HOLDS", found(first).get("V00"), first::toPrettyString);
      assertEquals("NOT_LOOKED_AT", found(first).get("V02"), first::toPrettyString);
      assertEquals(0, news(manager, id), first::toPrettyString);
      assertEquals(world, world(slipway), "a look changes nothing at third parties");
      assertEquals(mails, slipway.sandbox().mails().size(), "nothing is new");

      // A certificate expires, and a system is out of order.
      slipway
          .sandbox()
          .patchWorld(
              "{\"tls\": {\"faults\":"
                  + " {\"slipway-wildcard-check.paas.hoster.example\": \"expired\"}}}");
      slipway.sandbox().fault(outOfOrder("docker"));
      time.advance(Duration.ofDays(7));
      JsonNode second = manager.addendum(id, 2);
      assertEquals("NO_LONGER_HOLDS", found(second).get("V00"), second::toPrettyString);
      assertEquals("NOT_SEEN", found(second).get("V03"), second::toPrettyString);
      assertEquals(1, told(slipway).size());
      String mail = told(slipway).getFirst();
      assertTrue(mail.contains("V00 Check the platform"), mail);
      assertFalse(mail.contains("V03"), mail);
      assertTrue(mail.contains("/app/o/" + id + "/report"), mail);

      // The next look finds the same: nobody is told again. A login ends meanwhile.
      slipway.sandbox().clearFaults();
      slipway
          .sandbox()
          .patchWorld(
              "{\"smtp\": {\"users\": {\"paas@hoster.example\": {\"password\": \"changed-since\"}}}}");
      time.advance(Duration.ofDays(7));
      JsonNode third = manager.addendum(id, 3);
      assertEquals("STILL_DOES_NOT_HOLD", found(third).get("V00"), third::toPrettyString);
      assertEquals("HOLDS", found(third).get("V03"), third::toPrettyString);
      assertEquals("NO_LONGER_HOLDS", found(third).get("V01"), third::toPrettyString);
      assertEquals("credential:smtp", line(third, "V01").at("/problem/field").asText());
      assertEquals(2, told(slipway).size());
      assertFalse(told(slipway).getLast().contains("V00 Check"), told(slipway).getLast());

      slipway
          .sandbox()
          .patchWorld(
              "{\"tls\": {\"faults\":"
                  + " {\"slipway-wildcard-check.paas.hoster.example\": null}}}");
      time.advance(Duration.ofDays(7));
      JsonNode fourth = manager.addendum(id, 4);
      assertEquals("HOLDS_AGAIN", found(fourth).get("V00"), fourth::toPrettyString);
      assertEquals(3, told(slipway).size());
      assertTrue(told(slipway).getLast().contains("This holds again:"), told(slipway).getLast());
      String page = new String(manager.addendum(id, 4, "html"), StandardCharsets.UTF_8);
      assertTrue(page.contains("<h2>Holds again</h2>"), page);

      assertArrayEquals(signed, manager.report(id), "the signed report stays as it was");
      assertEquals(signature, manager.signOff(id));
      assertEquals(signature.path("sha256"), fourth.path("report"));

      assertFalse(manager.looks(id).has("nextAt"), "no look begins in the last day");
      time.advance(Duration.between(time.instant(), erasedAt).plusHours(2));
      assertTrue(manager.onboarding(id).path("onboarding").has("erasedAt"));
      assertEquals(0, manager.looks(id).path("addenda").size());
      assertEquals(404, assertThrows(ApiProblem.class, () -> manager.addendum(id, 4)).status());
      assertEquals(
          409, assertThrows(ApiProblem.class, () -> manager.scheduleLooks(id, 1)).status());
      time.advance(Duration.ofDays(60));
      assertEquals(3, told(slipway).size());
      assertTrue(slipway.context().looks().looked(id).isEmpty());
      assertTrue(slipway.context().looks().schedule(id).isEmpty());
    }
  }

  @Test
  void tellsOnceThatASystemCouldNotBeLookedAtTwiceInARowAndNeverThatItIsGone(
      @FinishedRun.Of(value = MINIMAL, signedOff = true) FinishedRun run) throws Exception {
    try (LocalSlipway slipway = run.goOn(folder.resolve("data"))) {
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      String id = run.onboarding();
      SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
      manager.scheduleLooks(id, 1);
      slipway.sandbox().fault(outOfOrder("docker"));

      time.advance(Duration.ofDays(1).plusHours(3));
      assertEquals("NOT_SEEN", found(manager.addendum(id, 1)).get("V03"));
      assertEquals(0, told(slipway).size());
      time.advance(Duration.ofDays(2));
      assertEquals("NOT_SEEN_EITHER", found(manager.addendum(id, 2)).get("V03"));
      assertEquals("NOT_SEEN", found(manager.addendum(id, 3)).get("V03"));
      assertEquals(1, told(slipway).size());
      String mail = told(slipway).getFirst();
      assertTrue(mail.contains("could not be looked at for the second time in a row"), mail);
      assertTrue(mail.contains("V03"), mail);
    }
  }

  @Test
  void looksAtAnEnterpriseWithoutChangingAnything(
      @FinishedRun.Of(value = "enterprise-migration.json", signedOff = true) FinishedRun run)
      throws Exception {
    try (LocalSlipway slipway = run.goOn(folder.resolve("data"))) {
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      String id = run.onboarding();
      SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
      byte[] signed = manager.report(id);
      manager.scheduleLooks(id, 7);
      JsonNode world = world(slipway);
      time.advance(Duration.ofDays(8));

      JsonNode addendum = manager.addendum(id, 1);
      assertEquals(world, world(slipway), "a look changes nothing at third parties");
      assertEquals(Map.of(), notHolding(addendum), addendum::toPrettyString);
      assertArrayEquals(signed, manager.report(id));
      assertFalse(addendum.has("broken"), addendum::toPrettyString);
    }
  }

  @Test
  void looksNoMoreOnceItIsSwitchedOff(
      @FinishedRun.Of(value = MINIMAL, signedOff = true) FinishedRun run) throws Exception {
    try (LocalSlipway slipway = run.goOn(folder.resolve("data"))) {
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      String id = run.onboarding();
      SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
      manager.scheduleLooks(id, 1);
      time.advance(Duration.ofDays(1).plusHours(3));
      assertEquals(1, manager.looks(id).path("addenda").size());

      manager.scheduleLooks(id, 0);
      time.advance(Duration.ofDays(5));
      assertEquals(1, manager.looks(id).path("addenda").size());
      manager.scheduleLooks(id, 2);
      time.advance(Duration.ofHours(3));
      assertEquals(2, manager.looks(id).path("addenda").size(), "it was due meanwhile");
    }
  }

  /** The state of the third parties, without what signing in and searching leave behind. */
  private static JsonNode world(LocalSlipway slipway) {
    ObjectNode world = slipway.sandbox().world().deepCopy();
    if (world.path("aws") instanceof ObjectNode aws) {
      aws.remove("sessions");
      ((ObjectNode) aws.path("keys"))
          .removeIf(key -> key.path("arn").asText().startsWith("arn:aws:sts:"));
    }
    if (world.path("sumo-logic") instanceof ObjectNode searches) {
      searches.remove("nextId");
    }
    world
        .path("maestrano")
        .path("expresses")
        .forEach(
            environment -> environment.forEach(site -> ((ObjectNode) site).remove("sessions")));
    return world;
  }

  private static Fault outOfOrder(String system) {
    return new Fault(
        system,
        "",
        0,
        Fault.Kind.STATUS_5XX,
        Fault.Phase.BEFORE,
        503,
        Fault.RetryAfter.NONE,
        Duration.ZERO,
        "");
  }

  /** How each row was found; of one with several lines the last. */
  private static Map<String, String> found(JsonNode addendum) {
    Map<String, String> found = new TreeMap<>();
    addendum
        .path("lines")
        .forEach(line -> found.put(line.path("row").asText(), line.path("found").asText()));
    return found;
  }

  private static JsonNode line(JsonNode addendum, String row) {
    return addendum
        .path("lines")
        .valueStream()
        .filter(line -> line.path("row").asText().equals(row))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> notHolding(JsonNode addendum) {
    Map<String, String> wrong = new TreeMap<>();
    addendum
        .path("lines")
        .valueStream()
        .filter(line -> line.has("problem") || line.path("found").asText().equals("NOT_SEEN"))
        .forEach(line -> wrong.put(line.path("key").asText(), line.toString()));
    return wrong;
  }

  private static long news(SlipwayApi manager, String id) {
    return manager
        .looks(id)
        .path("addenda")
        .valueStream()
        .filter(each -> each.path("news").asBoolean())
        .count();
  }

  /** What who leads was told after go-live. */
  private static List<String> told(LocalSlipway slipway) {
    return slipway.sandbox().mails().stream()
        .filter(mail -> mail.recipients().contains(LEADS))
        .map(mail -> ReadableMail.of(mail).text())
        .filter(content -> content.contains("The signed report stays as it was."))
        .toList();
  }
}
