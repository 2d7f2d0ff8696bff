package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.Grade;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.element.ElementChecks;
import dev.slipway.element.ElementLook;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.SectionGate;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an element that is a row of the guide: on saving, in its gate, and after. */
class ElementRowsTest {
  private static final Actor ANN = new Actor("ann", "engineer");
  private static final TaskKey GATE = TaskKey.parse("one.gate");
  private static final TaskKey MANY = TaskKey.parse("many.gate");
  private static final int MANY_ROWS = 25;

  private static final String CHECKLIST =
      """
      name: rows
      version: "1"
      title: Rows
      dimensions:
        tenant: {keys: '[tenants]', none: no tenant is named}
      sections:
        - id: one
          title: One
          elements:
            - {id: tenants, row: R01, title: Tenants, checks: [NotAlone],
               schema: {type: array, items: {type: string}}}
            - {id: site, row: R02, title: Site, inputs: [tenants], credentials: [login], checks: [HasSeats],
               looks: [Reach], schema: {type: object}}
            - {id: login, title: Login, kind: credential, requirement: optional}
            - {id: colour, row: R03, per: tenant, title: Colour, credentials: [key], looks: [Colour], schema: {type: string}}
            - {id: key, title: Key, kind: credential, requirement: optional, per: tenant}
            - {id: owner, title: Owner, requirement: optional, per: tenant, schema: {type: object}}
            - {id: offer, row: R04, title: Offer, requirement: optional, looks: [Confirmed], schema: {type: string}}
            - {id: host, row: R05, title: Host, requirement: optional, looks: [Inside], schema: {type: string}}
            - {id: hub, title: Hub, kind: credential, party: VENDOR, asked: when-reached}
          tasks:
            - {id: deploy, row: R10, title: Deploy, requirement: mandatory, per: tenant, mode: automatic,
               waivedWith: owner, inputs: [colour], credentials: [hub], steps: [{id: act, title: Act, mode: automatic}]}
        - id: many
          title: Many
          elements:
      %s    tasks: []
      """
          .formatted(
              IntStream.range(0, MANY_ROWS)
                  .mapToObj(
                      n ->
                          ("      - {id: e%d, row: E%02d, title: E%d, requirement: optional, looks:"
                                  + " [Reach],"
                                  + " schema: {type: object}}%n")
                              .formatted(n, n, n))
                  .collect(Collectors.joining()));

  private final Checklist checklist = ChecklistSource.parse(CHECKLIST);
  private final ApiWorld world = new ApiWorld(new Checklists(List.of(checklist)));
  private final List<JsonNode> reached = new ArrayList<>();
  private Function<CheckSubject, LookResult> reaching =
      subject -> new LookResult.Seen("site", "it is there");
  private Looking colouring = (subject, place) -> new LookResult.Seen("colour", "it is one");
  private final ElementChecks checks =
      new ElementChecks(
          List.of(new NotAlone(), new HasSeats()),
          List.of(
              look("Reach", (subject, place) -> reach(subject)),
              look("Colour", (subject, place) -> colouring.look(subject, place)),
              look("Confirmed", (subject, place) -> confirmed(place)),
              look("Inside", ElementRowsTest::inside)));
  private final String id;
  private int attempts;
  private boolean revoked;

  ElementRowsTest() {
    world.checking(checks);
    id = running();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static final class NotAlone implements ElementCheck {
    @Override
    public List<ElementFinding> check(CheckSubject subject) {
      return subject.value().size() == 1
          ? List.of(ElementFinding.warning("tenants.one", "", "There is only one.", "Is that all?"))
          : List.of();
    }
  }

  private static final class HasSeats implements ElementCheck {
    @Override
    public List<ElementFinding> check(CheckSubject subject) {
      return subject.value().path("seats").asInt() < subject.elements().path("tenants").size()
          ? List.of(
              ElementFinding.error(
                  "site.seats", "/seats", "There are more tenants than seats.", "Order seats."))
          : List.of();
    }
  }

  private interface Looking {
    LookResult look(CheckSubject subject, LookContext place);
  }

  private static ElementLook look(String name, Looking looking) {
    return new ElementLook() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public LookResult look(CheckSubject subject, LookContext place) {
        return looking.look(subject, place);
      }
    };
  }

  private LookResult reach(CheckSubject subject) {
    reached.add(subject.value());
    return reaching.apply(subject);
  }

  private static LookResult confirmed(LookContext place) {
    return place
        .said()
        .<LookResult>map(answer -> new LookResult.Seen("contract", answer.statement()))
        .orElseGet(
            () -> new LookResult.Awaited(Party.VENDOR, "Confirm the offer.", "It is recorded."));
  }

  private static LookResult inside(CheckSubject subject, LookContext place) {
    return place
        .probe(new Probe.TcpConnect(subject.value().asText(), 443))
        .<LookResult>map(
            result ->
                new LookResult.Seen(
                    subject.value().asText() + ":443",
                    result.trouble() == null ? "connected" : result.trouble().message(),
                    result.trouble() == null
                        ? List.of()
                        : List.of(
                            ElementFinding.inconclusive(
                                "host.unreachable", result.trouble().message(), "Look there."))))
        .orElseGet(
            () ->
                new LookResult.Awaited(
                    Party.CUSTOMER, "Run the probe runner in your network.", "It connects."));
  }

  // --- the place

  private String running() {
    Onboarding created =
        world.context().onboardings().create("key", "print", "Customer", "rows", "1", ANN);
    Onboarding running =
        created.starting("plan", world.clock().instant()).running("arn:aws:states:::execution:x");
    world.context().onboardings().save(created, running, ANN, "run.started", null);
    return created.id();
  }

  private void save(String element, String value) {
    long seen = world.context().elements().find(id, element).map(each -> each.version()).orElse(0L);
    Answer saved = world.save(id, element, seen, value);
    assertEquals(200, saved.status(), saved.text());
    world.clock().pass(Duration.ofSeconds(1));
  }

  private TaskRecord gate(TaskKey gate) {
    return gate(gate, world.context());
  }

  private TaskRecord gate(TaskKey gate, FunctionContext by) {
    invoke(gate, (in, out) -> new SectionGate(by, checks).handleRequest(in, out, lambda()));
    return world.context().tasks().of(id, gate);
  }

  private interface Invocation {
    void run(ByteArrayInputStream in, ByteArrayOutputStream out) throws IOException;
  }

  private static TestLambdaContext lambda() {
    return new TestLambdaContext(10_000);
  }

  private void invoke(TaskKey key, Invocation invocation) {
    world.clock().pass(Duration.ofSeconds(1));
    String payload =
        """
        {"onboardingId": "%s", "run": 1, "task": "%s",%s "entered": "%s", "retry": 0,
         "taskToken": "token-%d"}\
        """
            .formatted(
                id,
                key.task(),
                key.instance().isEmpty() ? "" : " \"instance\": \"" + key.instance() + "\",",
                world.clock().instant(),
                ++attempts);
    try {
      invocation.run(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
          new ByteArrayOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome deploy(String tenant) {
    TaskKey key = new TaskKey("one.deploy", tenant);
    TaskFunction deploy =
        new TaskFunction(world.context()) {
          @Override
          protected void perform(Work work) {
            work.element("colour");
            work.secret("hub");
          }

          @Override
          protected void verify(Work work) {
            if (revoked) {
              throw new UnmetRequirement(
                  "hub.authentication-failed",
                  "hub",
                  "credential:hub",
                  "The hub refuses the key.",
                  "Store a new key.");
            }
          }
        };
    invoke(key, (in, out) -> deploy.handleRequest(in, out, lambda()));
    return world.context().tasks().of(id, key).outcome();
  }

  private ElementRow row(String key) {
    return new ElementRows(checklist, world.context().elements().intake(id))
        .of(TaskKey.parse(key))
        .orElseThrow();
  }

  private static Outcome.Waiting waiting(TaskRecord task) {
    return assertInstanceOf(Outcome.Waiting.class, task.outcome());
  }

  private void giveAll() {
    save("tenants", "[\"acme\", \"beta\"]");
    save("site", "{\"seats\": 5}");
  }

  /** The example of {@code docs/checklists.md}, as it is written there. */
  @Test
  void theDocumentationShowsThisCheck() throws IOException {
    Path root = ProjectRoot.find();
    String source =
        Files.readString(
            root.resolve("local/check/src/test/java/dev/slipway/api/ElementRowsTest.java"));
    String page = Files.readString(root.resolve("docs/checklists.md"));
    int from = page.indexOf("final class HasSeats");
    String shown = page.substring(from, page.indexOf("```", from));
    assertTrue(words(source).contains(words(shown)), shown);
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  // --- on saving, and in the plan

  @Test
  void whatAPureCheckFindsIsRefusedWithItsFieldAndNextStep() {
    save("tenants", "[\"acme\", \"beta\"]");
    Answer refused = world.save(id, "site", 0, "{\"seats\": 1}");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("element.check", refused.code());
    assertEquals(List.of("/seats"), refused.errorFields());
    assertTrue(
        refused.text().contains("There are more tenants than seats. Order seats."), refused.text());
    assertTrue(world.context().elements().find(id, "site").isEmpty());
    assertEquals(422, world.preview(id, "site", "{\"seats\": 1}").status());
  }

  @Test
  void aWarningIsAnsweredAlong() {
    Answer saved = world.save(id, "tenants", 0, "[\"acme\"]");
    assertEquals(200, saved.status(), saved.text());
    assertEquals("tenants.one", saved.body().at("/findings/0/code").asText());
    gate(GATE);
    assertEquals(ElementRow.State.DONE, row("one.tenants").state());
    assertEquals(1, row("one.tenants").told().size());
  }

  @Test
  void thePlanTellsARowsStateAndWhatItsChecksWillFind() {
    save("site", "{\"seats\": 1}");
    save("tenants", "[\"acme\", \"beta\"]");
    JsonNode rows = world.request("GetPlan").on(id).send().body().path("elements");
    assertEquals("R01", rows.path(0).path("row").asText());
    assertEquals("GIVEN", rows.path(0).path("outcome").asText());
    assertEquals("will be verified", rows.path(0).path("reason").asText());
    assertEquals("INVALID", rows.path(1).path("outcome").asText());
    assertEquals("site.seats", rows.at("/1/findings/0/code").asText());
    assertTrue(reached.isEmpty(), "a plan asks nobody");
  }

  // --- in the gate

  @Test
  void theGateWaitsWithALineForEachRowThatIsNotDone() {
    save("site", "{\"seats\": 1}");
    Outcome.Waiting first = waiting(gate(GATE));
    assertEquals("R01 Tenants: Give it.", first.instructions());
    save("tenants", "[\"acme\", \"beta\"]");
    Outcome.Waiting second = waiting(gate(GATE));
    assertEquals(
        "R02 Site: There are more tenants than seats. Order seats.", second.instructions());
    assertEquals("site.seats", second.problem().code());
    assertEquals("site.seats", second.problem().field());

    save("site", "{\"seats\": 2}");
    TaskRecord done = gate(GATE);
    assertEquals("DONE", done.state());
    ElementRow site = row("one.site");
    assertEquals(ElementRow.State.DONE, site.state());
    assertEquals(
        List.of("element.given", "element.checked", "Reach"),
        site.evidence().stream().map(Evidence::probe).toList());
    assertEquals("Carla Customer (sub-carla)", site.by());
  }

  @Test
  void anotherValueIsVerifiedAnewAlsoAfterTheGateHasPassed() {
    giveAll();
    gate(GATE);
    long looks = reached.size();
    gate(GATE);
    assertEquals(looks, reached.size(), "nothing changed");

    save("site", "{\"seats\": 3}");
    TaskRecord asked = world.context().tasks().of(id, GATE);
    assertFalse(asked.isSettledFinally(), "asked again");
    assertEquals(ElementRow.State.GIVEN, row("one.site").state());
    gate(GATE);
    assertEquals(looks + 1, reached.size());
    assertEquals(ElementRow.State.DONE, row("one.site").state());
  }

  @Test
  void whatACheckReadsBesideTheValueCountsAsTheValue() {
    giveAll();
    gate(GATE);
    save("tenants", "[\"acme\", \"beta\", \"c\", \"d\", \"e\", \"f\"]");
    assertEquals(ElementRow.State.GIVEN, row("one.site").state());
    assertEquals("site.seats", waiting(gate(GATE)).problem().code());
  }

  @Test
  void aCheckOfANewerVersionLooksAgain() {
    giveAll();
    gate(GATE);
    ElementChecks newer =
        new ElementChecks(
            List.of(
                new NotAlone(),
                new ElementCheck() {
                  @Override
                  public String name() {
                    return "HasSeats";
                  }

                  @Override
                  public int version() {
                    return 2;
                  }

                  @Override
                  public List<ElementFinding> check(CheckSubject subject) {
                    return List.of(
                        ElementFinding.error("site.closed", "", "It is closed.", "Open it."));
                  }
                }),
            List.of(
                look("Reach", (subject, place) -> reach(subject)),
                look("Colour", (subject, place) -> colouring.look(subject, place)),
                look("Confirmed", (subject, place) -> confirmed(place)),
                look("Inside", ElementRowsTest::inside)));
    invoke(
        GATE,
        (in, out) -> new SectionGate(world.context(), newer).handleRequest(in, out, lambda()));
    assertEquals(ElementRow.State.INVALID, row("one.site").state());
  }

  @Test
  void aLookThatCannotReachItsSystemHoldsNothingUpAndIsTold() {
    giveAll();
    reaching =
        subject -> {
          throw new SystemTrouble(
              "site", SystemTrouble.Kind.TIMED_OUT, "It did not answer.", "get", "site:443", "");
        };
    assertEquals("DONE", gate(GATE).state());
    ElementRow site = row("one.site");
    assertEquals(ElementRow.State.DONE, site.state());
    assertEquals(
        List.of("site.timed-out INCONCLUSIVE It did not answer."),
        site.told().stream()
            .map(each -> each.code() + " " + each.weight() + " " + each.message())
            .toList());
  }

  @Test
  void aLookThatMeetsTheUnexpectedQuotesNothingOfIt() {
    giveAll();
    reaching =
        subject -> {
          throw new IllegalStateException("secret-4711");
        };
    assertEquals("DONE", gate(GATE).state());
    assertEquals("slipway.unexpected", row("one.site").told().getFirst().code());
    assertFalse(world.tableText().contains("secret-4711"));
  }

  @Test
  void aLookThatIsTurnedAwayMakesTheRowInvalid() {
    giveAll();
    reaching =
        subject -> {
          throw new SystemTrouble(
              "site", SystemTrouble.Kind.NOT_PERMITTED, "It said no.", "get", "site:443", "403");
        };
    assertEquals("site.not-permitted", waiting(gate(GATE)).problem().code());
  }

  /** Thrown where a function dies. */
  private static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void whoeverDiesBetweenLookAndWriteLosesTheLookOnly() {
    giveAll();
    FunctionContext dying =
        world.contextWith(
            method -> {
              if (!reached.isEmpty() && Set.of("transactWriteItems", "putItem").contains(method)) {
                throw new Died();
              }
            });
    assertThrows(Died.class, () -> gate(GATE, dying));
    assertEquals(1, reached.size());
    assertEquals(ElementRow.State.GIVEN, row("one.site").state());

    world.clock().pass(Duration.ofMinutes(5));
    assertEquals("DONE", gate(GATE).state());
    assertEquals(2, reached.size(), "a look changes nothing: it is taken again");
  }

  @Test
  void ofTwoPeopleWhoSaveAtOnceTheGateVerifiesTheFirst() {
    save("tenants", "[\"acme\", \"beta\"]");
    assertEquals(200, world.save(id, "site", 0, "{\"seats\": 5}").status());
    Answer second = world.save(id, "site", 0, "{\"seats\": 6}");
    assertEquals(412, second.status(), second.text());
    gate(GATE);
    assertEquals(5, reached.getFirst().path("seats").asInt());
    // The gate's verification is no version of the value: the editor's is still current.
    assertEquals(200, world.save(id, "site", 1, "{\"seats\": 7}").status());
  }

  @Test
  void aValueThatChangesWhileTheGateLooksIsNotVerifiedByThatLook() {
    giveAll();
    reaching =
        subject -> {
          if (reached.size() == 1) {
            save("site", "{\"seats\": 9}");
          }
          return new LookResult.Seen("site", "it is there");
        };
    TaskRecord looked = gate(GATE);
    assertEquals(ElementRow.State.GIVEN, row("one.site").state(), "what was seen is another value");
    assertTrue(looked.requestedGeneration() > looked.handledGeneration(), "asked again");
    assertEquals("DONE", gate(GATE).state());
    assertEquals(9, reached.getLast().path("seats").asInt());
  }

  @Test
  void twentyAreLookedAtAtOnceAndTheGateIsCalledAgainForTheOthers() {
    for (int n = 0; n < MANY_ROWS; n++) {
      save("e" + n, "{}");
    }
    Outcome.Waiting goesOn = waiting(gate(MANY));
    assertEquals(20, reached.size());
    assertEquals(Party.MACHINE, goesOn.party());
    assertEquals(world.clock().instant(), goesOn.until(), "Wake calls it again at once");
    assertEquals("DONE", gate(MANY).state());
    assertEquals(MANY_ROWS, reached.size());
  }

  @Test
  void aSecondLookTakesEachLookAgain() {
    for (int n = 0; n < MANY_ROWS; n++) {
      save("e" + n, "{}");
    }
    gate(MANY);
    assertEquals("DONE", gate(MANY).state());
    world.context().requests().requestVerification(id, List.of(MANY), ANN, "before go-live");

    assertEquals("WAITING", gate(MANY).state());
    TaskRecord done = gate(MANY);
    assertEquals("DONE", done.state());
    assertFalse(done.verifyAgain());
    assertEquals(2 * MANY_ROWS, reached.size());
    gate(MANY);
    assertEquals(2 * MANY_ROWS, reached.size());
  }

  private Answer signOff() {
    return world.request("SignOff").by(Token.manager()).on(id).body("{}").send();
  }

  private Answer lookAgain(Token by) {
    return world.request("LookAgain").by(by).on(id).body("{\"reason\": \"the end\"}").send();
  }

  private static List<String> told(Answer refused) {
    List<String> told = new ArrayList<>();
    refused
        .body()
        .path("rows")
        .forEach(
            row ->
                told.add(
                    "%s %s %s: %s %s"
                        .formatted(
                            row.path("row").asText(),
                            row.path("task").asText(),
                            row.path("field").asText("-"),
                            row.path("why").asText(),
                            row.path("nextStep").asText("-"))));
    return told;
  }

  /** A certificate that expired since it was looked at, and a key that was revoked. */
  @Test
  void aSignOffAsksForAnotherLookWhereTheLastIsOld() {
    world.grading("hub", Grade.VALID);
    world.secrets().permitReading();
    Answer stored =
        world
            .request("StoreCredential")
            .by(Token.engineer())
            .on(id)
            .path("system", "hub")
            .body("{\"key\": \"k1\"}")
            .send();
    assertEquals(200, stored.status(), stored.text());
    giveAll();
    save("colour@acme", "\"red\"");
    save("colour@beta", "\"red\"");
    assertEquals("DONE", gate(GATE).state());
    assertEquals("DONE", deploy("acme").state());
    assertEquals("DONE", deploy("beta").state());
    assertEquals(403, lookAgain(Token.customer(id)).status());

    world.clock().pass(Duration.ofDays(8));
    Answer old = signOff();
    assertEquals("sign-off.old-looks", old.code(), old.text());
    assertEquals(6, told(old).size(), old.text());
    assertTrue(told(old).getLast().startsWith("R10 one.deploy@beta -: looked at last on 20"));

    Answer asked = lookAgain(Token.manager());
    assertEquals(202, asked.status(), asked.text());
    assertEquals(
        "[\"one.deploy@acme\",\"one.deploy@beta\",\"one.gate\",\"many.gate\"]",
        asked.body().path("asked").toString());
    assertTrue(world.context().onboardings().find(id).orElseThrow().stale(), "a new run comes");
    assertEquals("sign-off.open-rows", signOff().code());

    reaching =
        subject ->
            new LookResult.Seen(
                "site",
                "it has expired",
                List.of(
                    ElementFinding.error(
                        "site.expired", "/seats", "It has expired.", "Give a new one.")));
    gate(GATE);
    revoked = true;
    deploy("acme");
    revoked = false;
    deploy("beta");
    assertEquals(
        List.of(
            "R02 one.site site/seats: It has expired. Give a new one.",
            "R10 one.deploy@acme credential:hub: "
                + "R10 was done, and does not hold any more: The hub refuses the key."
                + " Store a new key."),
        told(signOff()));

    reaching = subject -> new LookResult.Seen("site", "it is there");
    save("site", "{\"seats\": 7}");
    assertEquals("DONE", gate(GATE).state());
    deploy("acme");
    Answer signed = signOff();
    assertEquals(201, signed.status(), signed.text());
    assertEquals(409, lookAgain(Token.manager()).status());
  }

  // --- with a secret, and from inside the customer's network

  @Test
  void aLookReadsItsInstancesSecretWhichIsMaskedInAllThatItSays() {
    world.grading("key", Grade.VALID);
    world.secrets().permitReading();
    giveAll();
    for (String tenant : List.of("acme", "beta")) {
      Answer stored =
          world.store(id, "key@" + tenant, "{\"token\": \"marker-4711-" + tenant + "\"}");
      assertEquals(200, stored.status(), stored.text());
      save("colour@" + tenant, "\"blue\"");
    }
    colouring =
        (subject, place) -> {
          String tenant = subject.at().get("tenant");
          String token = place.secret("key@" + tenant).path("token").asText();
          assertTrue(token.endsWith(tenant), "of its own instance");
          return tenant.equals("beta")
              ? new LookResult.Awaited(Party.VENDOR, "Ask for " + token, "See " + token)
              : new LookResult.Seen(
                  "https://colours.example/" + token,
                  "it knows " + token,
                  List.of(
                      ElementFinding.warning(
                          "colour.pale", "", token + " is pale.", "Change " + token + ".")));
        };
    gate(GATE);
    ElementRow acme = row("one.colour@acme");
    assertEquals(ElementRow.State.DONE, acme.state());
    assertEquals("colour.pale", acme.told().getFirst().code());
    assertEquals(Party.VENDOR, row("one.colour@beta").party());
    JsonNode report = world.request("GetReport").on(id).send().body();
    assertTrue(report.toString().contains("is pale."), report.toString());
    for (String told : List.of(world.tableText(), world.log(), report.toString())) {
      assertFalse(told.contains("marker-4711"), told);
    }
  }

  @Test
  void aLookThatFindsItsSecretGoneIsInconclusive() {
    world.grading("key", Grade.VALID);
    world.secrets().permitReading();
    giveAll();
    assertEquals(200, world.store(id, "key@acme", "{\"token\": \"marker-4711\"}").status());
    save("colour@acme", "\"blue\"");
    colouring =
        (subject, place) -> {
          world.secrets().remove("slipway/" + id + "/key@acme");
          return new LookResult.Seen("colours", place.secret("key@acme").asText());
        };
    gate(GATE);
    ElementRow acme = row("one.colour@acme");
    assertEquals(ElementRow.State.DONE, acme.state());
    assertEquals(
        List.of("credential.gone INCONCLUSIVE"),
        acme.told().stream().map(each -> each.code() + " " + each.weight()).toList());
  }

  /** The gate names no step once it has passed: the row's verification says what is asked. */
  @Test
  void aRunnerIsAskedForAnOptionalRowAlsoAfterTheGateHasPassed() {
    giveAll();
    save("host", "\"10.0.0.7\"");
    assertEquals("DONE", gate(GATE).state());
    ElementRow asked = row("one.host");
    assertEquals(ElementRow.State.GIVEN, asked.state());
    assertEquals("Run the probe runner in your network.", asked.reason());
    JsonNode line =
        world.request("GetOnboarding").on(id).send().body().at("/sections/0/elements/6");
    assertEquals("host.Inside", line.path("step").asText(), line.toString());

    ProbeRecord probe = world.context().probes().pending(id).getFirst();
    answer(probe, Map.of("connected", "yes"), null);
    assertEquals(List.of(), world.context().probes().pending(id));
    gate(GATE);
    ElementRow host = row("one.host");
    assertEquals(ElementRow.State.DONE, host.state());
    assertEquals("probe runner r1 (Runner)", host.evidence().getLast().by());

    save("host", "\"10.0.0.8\"");
    gate(GATE);
    answer(
        world.context().probes().pending(id).getFirst(),
        Map.of(),
        new ProbeResult.Trouble("not-connected", "Nobody listens.", ""));
    gate(GATE);
    assertEquals("Nobody listens.", row("one.host").told().getFirst().message());
  }

  private void answer(ProbeRecord probe, Map<String, String> facts, ProbeResult.Trouble trouble) {
    ProbeResult seen =
        new ProbeResult(probe.id(), probe.hash(), world.clock().instant(), facts, trouble);
    String body = Json.tree(seen).toString();
    world
        .context()
        .probes()
        .answer(
            id,
            probe,
            new ProbeRecord.Result("r1", "Runner", world.clock().instant(), body, "", ""),
            Actor.system("runner"));
  }

  /** Once the customer has given everything, the vendor would have learned of it otherwise. */
  @Test
  void eachPartyOfAGatesWaitIsAskedAtOnceAndForItsOwnRowsOnly() {
    Instant asked = world.clock().instant().plus(Duration.ofDays(5));
    save("offer", "\"gold\"");
    TaskRecord waits = gate(GATE);
    assertEquals(Party.CUSTOMER, waits.outcome().party());
    assertEquals(
        List.of(
            "CUSTOMER null: R01 Tenants: Give it.\nR02 Site: Give it.",
            "VENDOR offer.Confirmed: R04 Offer: Confirm the offer."),
        openWork());
    Instant due = waits.outcome().openWork().getFirst().due();
    assertTrue(due.isAfter(asked), due::toString);

    world.clock().pass(Duration.ofDays(1));
    save("tenants", "[\"acme\"]");
    assertEquals(due, gate(GATE).outcome().openWork().getFirst().due(), "part of it is given");
    assertEquals(2, openWork().size());
    world.complete(Token.engineer(), id, "one.gate", "offer.Confirmed", "As signed.");
    gate(GATE);
    assertEquals(1, openWork().size(), "the vendor has answered");
  }

  /** What is open of the section's gate, as progress tells it: party, step, instructions. */
  private List<String> openWork() {
    List<String> open = new ArrayList<>();
    for (JsonNode each : world.request("GetOnboarding").on(id).send().body().path("openWork")) {
      assertEquals("one.gate", each.path("task").asText());
      open.add(
          "%s %s: %s"
              .formatted(
                  each.path("party").asText(),
                  each.path("step").asText(null),
                  each.path("instructions").asText()));
    }
    return open.stream().sorted().toList();
  }

  @Test
  void aLookAtAnOptionalRowIsOpenWorkAlsoAfterTheGateHasPassed() {
    giveAll();
    save("offer", "\"gold\"");
    assertEquals("DONE", gate(GATE).state());
    assertEquals(List.of("VENDOR offer.Confirmed: R04 Offer: Confirm the offer."), openWork());
    assertEquals(List.of(GATE), listedFor(Party.VENDOR));
    assertEquals(List.of(), listedFor(Party.CUSTOMER));

    assertEquals(202, world.act("SkipTask", Token.manager(), id, "one.offer").status());
    assertEquals("DONE", gate(GATE).state());
    assertEquals(List.of(), openWork());
    assertEquals(List.of(), listedFor(Party.VENDOR));
  }

  private List<TaskKey> listedFor(Party party) {
    return world.context().openWork().of(party, null, 100).stream()
        .map(OpenWork.Place::task)
        .toList();
  }

  // --- what holds up instances only

  @Test
  void anInvalidInstanceHoldsUpTheTasksThatReadItAndNoGate() {
    giveAll();
    save("colour@acme", "\"blue\"");
    save("colour@beta", "\"none\"");
    colouring =
        (subject, place) ->
            subject.value().asText().equals("none")
                ? new LookResult.Seen(
                    "colour",
                    "unknown",
                    List.of(ElementFinding.error("colour.unknown", "", "It is none.", "Name one.")))
                : new LookResult.Seen("colour", "it is one");
    Outcome.Waiting early = assertInstanceOf(Outcome.Waiting.class, deploy("acme"));
    assertEquals(Party.MACHINE, early.party(), "it is being verified");

    assertEquals("DONE", gate(GATE).state());
    TaskRecord acme = world.context().tasks().of(id, TaskKey.parse("one.deploy@acme"));
    assertTrue(acme.requestedGeneration() > acme.handledGeneration(), "asked again by the gate");

    Outcome.Waiting beta = assertInstanceOf(Outcome.Waiting.class, deploy("beta"));
    assertEquals("colour.unknown", beta.problem().code());
    assertEquals("colour@beta", beta.problem().field());
    Outcome.Waiting hub = assertInstanceOf(Outcome.Waiting.class, deploy("acme"));
    assertEquals("Store a valid credential for `hub`.", hub.instructions());
    assertEquals(Party.VENDOR, hub.party(), "the vendor's key is not asked of the customer");
  }

  @Test
  void aRowWithInstancesHasALineForEachAndOneForTheWhole() {
    giveAll();
    save("colour@acme", "\"blue\"");
    gate(GATE);
    List<String> lines =
        new ElementRows(checklist, world.context().elements().intake(id))
            .lines()
            .filter(row -> row.element().row().equals("R03"))
            .map(row -> row.field() + " " + row.state())
            .toList();
    assertEquals(List.of("colour MISSING", "colour@acme DONE", "colour@beta MISSING"), lines);
  }

  // --- people

  @Test
  void aMandatoryRowIsDoneWithoutByTwoPeople() {
    save("tenants", "[\"acme\", \"beta\"]");
    assertEquals("WAITING", gate(GATE).state());
    assertEquals(202, world.act("WaiveTask", Token.manager(), id, "one.site").status());
    assertEquals(
        403, world.act("ApproveTask", Token.manager(), id, "one.site").status(), "one person");
    assertEquals(ElementRow.State.MISSING, row("one.site").state());
    assertEquals(202, world.act("ApproveTask", Token.otherManager(), id, "one.site").status());
    TaskRecord asked = world.context().tasks().of(id, GATE);
    assertTrue(asked.requestedGeneration() > asked.handledGeneration(), "the gate looks again");
    assertEquals("DONE", gate(GATE).state());
    assertEquals(ElementRow.State.WAIVED, row("one.site").state());
    Answer again = world.act("WaiveTask", Token.manager(), id, "one.site");
    assertEquals("task.final", again.code(), again.text());
    assertEquals(
        "task.requirement", world.act("SkipTask", Token.manager(), id, "one.tenants").code());
  }

  @Test
  void aWaiverOfAnInstanceIsForThePersonWhomItsOwnElementNames() {
    save("tenants", "[\"acme\", \"beta\"]");
    save("owner@acme", "{\"name\": \"Max\", \"channel\": \"max@vendor.example\"}");
    save("owner@beta", "{\"name\": \"Eva\", \"channel\": \"eva@vendor.example\"}");
    Token max = Token.otherManager().withMail("max@vendor.example");
    for (String task : List.of("one.deploy@acme", "one.deploy@beta")) {
      assertEquals(202, world.act("WaiveTask", Token.manager(), id, task).status());
    }
    Answer refused = world.act("ApproveTask", max, id, "one.deploy@beta");
    assertEquals("waiver.named-person", refused.code(), refused.text());
    assertEquals(202, world.act("ApproveTask", max, id, "one.deploy@acme").status());
  }

  @Test
  void anOptionalRowIsSkipped() {
    assertEquals(202, world.act("SkipTask", Token.manager(), id, "one.offer").status());
    assertEquals(ElementRow.State.SKIPPED, row("one.offer").state());
    assertEquals(404, world.act("SkipTask", Token.manager(), id, "one.offer@acme").status());
  }

  @Test
  void aPersonAnswersALookAndOnlyForTheValueThatIsThere() {
    giveAll();
    save("offer", "\"gold\"");
    gate(GATE);
    assertEquals(ElementRow.State.GIVEN, row("one.offer").state());
    String step = "offer.Confirmed";
    assertEquals(
        403, world.complete(Token.customer(id), id, "one.gate", step, "We agree.").status());
    Answer said = world.complete(Token.engineer(), id, "one.gate", step, "As signed.");
    assertEquals(200, said.status(), said.text());
    gate(GATE);
    ElementRow offer = row("one.offer");
    assertEquals(ElementRow.State.DONE, offer.state());
    assertEquals(Evidence.Place.PERSON, offer.evidence().getLast().where());
    assertEquals("As signed.", offer.evidence().getLast().answer());

    save("offer", "\"platinum\"");
    gate(GATE);
    assertEquals(ElementRow.State.GIVEN, row("one.offer").state(), "it was said of gold");
    assertEquals(
        200, world.complete(Token.engineer(), id, "one.gate", step, "As changed.").status());
    gate(GATE);
    assertEquals(ElementRow.State.DONE, row("one.offer").state());
    assertEquals(
        422, world.complete(Token.engineer(), id, "one.gate", step, "Once more.").status());
  }

  @Test
  void aReportIsSignedOnceEachMandatoryRowIsFinalAndTellsWhatNobodyCouldLookAt() {
    giveAll();
    reaching =
        subject -> {
          throw new SystemTrouble(
              "site", SystemTrouble.Kind.TIMED_OUT, "It did not answer.", "get", "site:443", "");
        };
    gate(GATE);
    save("colour@acme", "\"blue\"");
    world.outcome(id, "one.deploy@acme", new Outcome.Done(List.of()));
    world.outcome(id, "one.deploy@beta", new Outcome.Done(List.of()));
    Answer refused = world.request("SignOff").on(id).send();
    assertEquals(409, refused.status(), refused.text());
    assertEquals(
        List.of("one.colour@acme GIVEN", "one.colour@beta MISSING"),
        rows(refused.body().path("rows")));

    save("colour@beta", "\"red\"");
    gate(GATE);
    world.outcome(id, "one.deploy@beta", new Outcome.Done(List.of()));
    Answer signed = world.request("SignOff").on(id).send();
    assertEquals(201, signed.status(), signed.text());
    assertEquals(List.of("one.site DONE"), rows(signed.body().path("told")));
    JsonNode report = world.request("GetReport").on(id).send().body();
    assertEquals("R01", report.at("/elements/0/row").asText());
    assertEquals("DONE", report.at("/elements/0/outcome").asText());
    for (String format : List.of("html", "markdown")) {
      String page = world.request("GetReport").on(id).query("format", format).send().text();
      assertTrue(page.contains("inconclusive: It did not answer."), page);
    }
  }

  private static List<String> rows(JsonNode rows) {
    List<String> named = new ArrayList<>();
    rows.forEach(row -> named.add(row.path("task").asText() + " " + row.path("outcome").asText()));
    return named.stream().distinct().toList();
  }

  @Test
  void theProgressHasTheRowsOfEachSection() {
    save("tenants", "[\"acme\"]");
    JsonNode sections = world.request("GetOnboarding").on(id).send().body().path("sections");
    assertEquals("R01", sections.at("/0/elements/0/row").asText());
    assertEquals("GIVEN", sections.at("/0/elements/0/outcome").asText());
    assertEquals("MISSING", sections.at("/0/elements/1/outcome").asText());
  }

  @Test
  void theCommandsTellWhereARowStandsAndTakeItsNumber(@TempDir Path folder) throws IOException {
    save("tenants", "[\"acme\"]");
    save("site", "{\"seats\": 5}");
    save("offer", "\"gold\"");
    gate(GATE);
    try (ServedWorld served = new ServedWorld(world, folder)) {
      List<String> status = served.command("status", id).lines().toList();
      assertEquals(
          List.of(
              "One",
              "  R01  DONE           Tenants",
              "         warning: There is only one. Next: Is that all?",
              "  R02  DONE           Site",
              "  R03  MISSING        Colour: for the customer: 0 of 1 are final",
              "  R03  MISSING        Colour (acme): for the customer",
              "  R04  GIVEN          Offer: for the vendor, step offer.Confirmed: Confirm the offer.",
              "  R05  MISSING        Host"),
          status.subList(1, 9));
      assertEquals(
          "       WAITING        One: for the vendor, step offer.Confirmed", status.get(9));
      assertTrue(status.getFirst().endsWith("2 of 5 rows final"), status.getFirst());

      String plan = served.command("plan", id);
      assertTrue(plan.contains("\nElements:\n  R01  DONE           Tenants\n"), plan);
      String site = served.command("element", "show", id, "site");
      assertTrue(site.contains("R02  DONE           Site\n"), site);
      assertTrue(site.contains("against site: it is there\n"), site);
      String list = served.command("element", "list", id);
      assertTrue(list.contains("R04 GIVEN, Offer (optional, from customer)"), list);
      String report = served.command("report", id, "--format", "markdown");
      assertTrue(report.contains("waits for the vendor; Confirm the offer"), report);

      assertEquals(
          "one.gate, step offer.Confirmed: GIVEN",
          served
              .command("answer", id, "R04", "offer.Confirmed", "--statement", "As signed.")
              .strip());
      served.command("skip", id, "R05", "--reason", "no host");
    }
    assertEquals(ElementRow.State.SKIPPED, row("one.host").state());
    gate(GATE);
    assertEquals(ElementRow.State.DONE, row("one.offer").state());
  }

  /** The site's check reads the tenants, which the file names behind it. */
  @Test
  void oneFileChangesElementsThatAreCheckedAgainstEachOther(@TempDir Path folder)
      throws IOException {
    giveAll();
    Path file = folder.resolve("customer.yaml");
    Files.writeString(file, "elements:\n  site: {seats: 1}\n  tenants: [acme]\n");
    try (ServedWorld served = new ServedWorld(world, folder)) {
      String said = served.command("apply", file.toString(), id, "--yes");
      assertTrue(said.contains("site is saved, version 2."), said);
      assertTrue(said.indexOf("tenants is saved") < said.indexOf("site is saved"), said);

      Files.writeString(file, "elements:\n  site: {seats: 0}\n  offer: gold\n");
      String refused = served.command("apply", file.toString(), id, "--yes");
      assertTrue(refused.contains("There are more tenants than seats. Order seats."), refused);
      assertTrue(refused.contains("1 of 2 elements were saved"), refused);
    }
  }

  @Test
  void rowsCountAsTasksDo() {
    giveAll();
    gate(GATE);
    save("tenants", "[\"acme\"]");
    // R01 is given anew, R02 with it; of R03 and R10 nothing was reached; R04 and R05 are optional.
    JsonNode counts =
        world.request("GetOnboarding").on(id).send().body().at("/sections/0/progress");
    assertEquals(
        "4 rows, 0 settled, 2 open, 2 pending",
        "%s rows, %s settled, %s open, %s pending"
            .formatted(
                counts.get("total"),
                counts.get("settled"),
                counts.get("open"),
                counts.get("pending")));
    JsonNode outcomes = world.request("GetReport").on(id).send().body().path("outcomes");
    assertEquals("{\"PENDING\":1,\"GIVEN\":2,\"MISSING\":1}", outcomes.toString());
  }

  @Test
  void aCheckThatNobodyHasIsNamed() {
    assertEquals(List.of(), checks.unknown(checklist));
    assertEquals(
        List.of("site: Reach", "colour: Colour", "offer: Confirmed", "host: Inside"),
        new ElementChecks(List.of(new NotAlone(), new HasSeats()), List.of())
            .unknown(checklist).stream().filter(each -> !each.startsWith("e")).toList());
  }
}
