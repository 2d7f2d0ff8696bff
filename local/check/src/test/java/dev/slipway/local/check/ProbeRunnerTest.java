package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Event;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.data.DataExecution;
import dev.slipway.local.data.Places;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.probe.Consent;
import dev.slipway.local.probe.InnerNetworks;
import dev.slipway.local.probe.ProbeExecution;
import dev.slipway.local.probe.Runner;
import dev.slipway.local.probe.RunnerApi;
import dev.slipway.local.probe.RunnerApi.Answer;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.probe.RunnerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a runner may, and what nobody may: by the API, as anybody on the internet could try. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProbeRunnerTest {
  private static final TaskKey TASK =
      TaskKey.parse("technical-configuration.provide-uploader-access");
  private static final String STEP = "reach-storage";
  private static final Probe PROBE = new Probe.TcpConnect("uploader.b.example", 22);
  private static final Probe JOB =
      new DataJob(
          DataJob.Operation.SURVEY,
          "mnohub",
          "acme",
          List.of(),
          "0".repeat(64),
          Optional.empty(),
          Optional.empty());

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2026-11-24T10:00:00Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> said = new ArrayList<>();
  private LocalRuntime runtime;
  private FunctionContext context;
  private Onboarding onboarding;
  private int created;
  private SlipwayApi engineer;
  private RunnerApi api;

  @BeforeAll
  void start() {
    runtime =
        LocalRuntime.start(
            RuntimeOptions.of(ProjectRoot.find(), "slipway")
                .withTime(LocalTime.simulated(time))
                .withParameters(Map.of("JwtIssuer", "http://127.0.0.1")));
    Map<String, String> environment =
        new HashMap<>(runtime.template().function("Wake").orElseThrow().environment());
    environment.put("AWS_REGION", runtime.template().stack().region());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", runtime.dynamoDbUri().toString());
    context = FunctionContext.of(environment, time);
    engineer =
        new SlipwayApi(
            http,
            runtime.apiUri(),
            runtime
                .issuer()
                .token("emil", Map.of("slipway_roles", List.of("engineer"), "name", "Emil")));
    api = new RunnerApi(http, runtime.apiUri(), time);
  }

  @BeforeEach
  void begin() {
    onboarding = onboarding();
    said.clear();
  }

  @AfterAll
  void stop() {
    runtime.close();
    http.close();
  }

  private Onboarding onboarding() {
    String name = "number " + ++created;
    return context
        .onboardings()
        .create(name, "print", name, "hosting-provider", "1.0.0", new Actor("mia", "manager"));
  }

  private EnrolmentCode code(Onboarding of) {
    return EnrolmentCode.parse(
            engineer.enrolProbeRunner(of.id(), "infra-host-1").path("code").asText())
        .orElseThrow();
  }

  private RunnerKey enrolled(Onboarding of) {
    EnrolmentCode code = code(of);
    RunnerKey key = RunnerKey.make(code);
    assertInstanceOf(Answer.Done.class, api.redeem(code, key));
    return key;
  }

  /** A task that waits for a probe, as its handler would have left it. */
  private ProbeRecord asked(Onboarding of, Probe probe) {
    ProbeRecord asked = context.probes().ask(of.id(), TASK, STEP, probe.parameters(), 0, 0);
    waiting(of, STEP);
    return context.probes().all(of.id()).stream()
        .filter(each -> each.id().equals(asked.id()))
        .findFirst()
        .orElseThrow();
  }

  /** Wake may have taken the signal of an earlier result meanwhile: then as on the changed task. */
  private void waiting(Onboarding of, String step) {
    for (int tries = 0; ; tries++) {
      try {
        leaveWaiting(of, step);
        return;
      } catch (LostRaceException lost) {
        if (tries == 9) {
          throw lost;
        }
      }
    }
  }

  private void leaveWaiting(Onboarding of, String step) {
    TaskRecord before = context.tasks().of(of.id(), TASK);
    Claim claim =
        new Claim(
            "c" + before.version(), 0, time.instant(), 0, "t" + before.version(), 0, null, null);
    TaskRecord claimed =
        ((TaskRecord.ClaimAnswer.Granted) before.claim(claim, time.instant(), Duration.ZERO))
            .record();
    context.tasks().save(of.id(), before, claimed);
    claimed = context.tasks().of(of.id(), TASK);
    Outcome outcome =
        new Outcome.Waiting(
            Party.CUSTOMER, step, List.of(), "Look.", null, null, null, null, List.of());
    context.tasks().save(of.id(), claimed, claimed.commit(outcome, null, true, time.instant()));
  }

  private ProbeResult result(ProbeRecord probe) {
    return new ProbeResult(
        probe.id(), probe.hash(), time.instant(), Map.of("answer", "connected"), null);
  }

  private static void assertRefused(int status, String code, Answer answer) {
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer, answer::toString);
    assertEquals(status + " " + code, refused.status() + " " + refused.code());
  }

  private void assertAudited(Onboarding of, String what, String detail) {
    List<Event> events = context.auditTrail().events(of.id(), null, 100);
    assertTrue(
        events.stream()
            .anyMatch(event -> event.what().equals(what) && detail.equals(event.detail())),
        events::toString);
  }

  @Test
  void aRunnerIsEnrolledFetchesAndHandsIn() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);

    Answer.Done fetched = assertInstanceOf(Answer.Done.class, api.fetch(key));
    assertEquals(1, fetched.body().path("probes").size());
    JsonNode wanted = fetched.body().path("probes").get(0);
    assertEquals(PROBE, Probe.read(wanted.path("parameters")));
    assertEquals(probe.id(), wanted.path("probe").asText());

    long before = context.tasks().of(onboarding.id(), TASK).requestedGeneration();
    assertInstanceOf(Answer.Done.class, api.post(key, result(probe)));
    TaskRecord after = context.tasks().of(onboarding.id(), TASK);
    assertEquals(before + 1, after.requestedGeneration());
    assertTrue(after.signalDue());
    ProbeRecord answered = context.probes().all(onboarding.id()).getFirst();
    assertEquals(ProbeRecord.State.ANSWERED, answered.state());
    assertEquals(key.runner(), answered.result().runner());
    assertTrue(
        answered
            .result()
            .signed()
            .endsWith(
                RunnerMessage.hash(answered.result().body().getBytes(StandardCharsets.UTF_8))));
    assertEquals(0, ((Answer.Done) api.fetch(key)).body().path("probes").size());
    JsonNode listed = engineer.probeRunners(onboarding.id());
    assertEquals("ENROLLED", listed.at("/runners/0/state").asText());
    assertEquals(key.runner(), listed.at("/probes/0/answeredBy").asText());
    assertFalse(listed.toString().contains(key.publicKey()));
  }

  /** A job of a data runner: the same protocol, and word of how far it has come. */
  @Test
  void howFarAJobHasComeIsWrittenDownOnceAMinute() throws InterruptedException {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord job = asked(onboarding, JOB);
    assertEquals(new Runner.Round(0, 0, Duration.ofSeconds(15)), runner(() -> true).round(key));
    assertEquals(List.of(), said, "a probe runner leaves it to a data runner");

    assertInstanceOf(Answer.Done.class, api.post(key, progress(job, 10)));
    assertInstanceOf(Answer.Done.class, api.post(key, progress(job, 20)));
    JsonNode listed = engineer.probeRunners(onboarding.id()).at("/probes/0");
    assertEquals("PENDING", listed.path("state").asText());
    assertEquals(10, listed.at("/progress/rows").asLong());
    time.advance(Duration.ofMinutes(1));
    api.post(key, progress(job, 30));
    assertEquals(30, engineer.probeRunners(onboarding.id()).at("/probes/0/progress/rows").asLong());

    assertInstanceOf(Answer.Done.class, api.post(key, result(job)));
    assertRefused(409, "probe.answered", api.post(key, progress(job, 40)));
  }

  private static Path mapOfInvoices(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("map.yaml"),
        "connec: {engine: mongo, tables: {'*': {key: _id, group: group_id}}}");
  }

  /** From the job that waits to the manifest's hash in the ledger, over files of mongodump. */
  @Test
  void aDataRunnerDumpsAndHandsTheManifestIn(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path map = mapOfInvoices(folder);
    Path source = Files.createDirectory(folder.resolve("mongodump"));
    Files.write(source.resolve("invoices.bson"), new byte[0]);
    DataJob job = connec(DataMap.read(map).hash(), hub(folder));
    RunnerKey key = enrolled(onboarding);
    asked(onboarding, job);
    DataExecution execution =
        new DataExecution(
            key,
            folder,
            DataMap.read(map),
            places(source),
            (table, read, rows, bytes) -> {},
            word -> {},
            said::add,
            time);
    Runner runner =
        new Runner(api, execution, () -> true, system -> Optional.empty(), pause -> {}, said::add);

    assertEquals(1, runner.round(key).run(), said::toString);

    ProbeRecord answered = context.probes().all(onboarding.id()).getFirst();
    ProbeResult told = ProbeResult.read(Json.MAPPER.readTree(answered.result().body()));
    assertEquals(
        told.fact("manifest"),
        RunnerMessage.hash(Files.readAllBytes(folder.resolve("connec/manifest.json"))));
    assertEquals("invoices 0", told.fact("counts"));
    assertTrue(Files.exists(folder.resolve("connec/manifest.signature.json")));
  }

  /** From the runner at work by the API to the command of whoever waits for it. */
  @Test
  void whoLooksWhileAJobRunsIsShownItsTableRowsAndBytes(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path map = mapOfInvoices(folder);
    Path source = Files.createDirectory(folder.resolve("mongodump"));
    invoices(source.resolve("invoices.bson"), 2);
    RunnerKey key = enrolled(onboarding);
    asked(onboarding, connec(DataMap.read(map).hash(), hub(folder)));
    CountDownLatch told = new CountDownLatch(1);
    List<String> shown = new ArrayList<>();
    DataExecution execution =
        new DataExecution(
            key,
            folder,
            DataMap.read(map),
            places(source),
            (table, read, rows, bytes) -> {
              if (rows == 2) {
                await(told);
                shown.add(show(folder));
              }
            },
            word -> {
              api.post(key, word);
              told.countDown();
            },
            said::add,
            time);
    Runner runner =
        new Runner(api, execution, () -> true, system -> Optional.empty(), pause -> {}, said::add);

    assertEquals(1, runner.round(key).run(), said::toString);

    assertTrue(
        shown
            .getFirst()
            .contains(
                "technical-configuration.provide-uploader-access, step reach-storage: data-dump at"
                    + " invoices: 2 rows, 2.0 MB (by infra-host-1, "),
        shown::getFirst);
    assertFalse(show(folder).contains("2 rows"), "it has ended");
  }

  private static void await(CountDownLatch told) {
    try {
      assertTrue(told.await(2, TimeUnit.MINUTES), "the runner has told nothing");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String show(Path folder) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Path token = folder.resolve("token");
    try {
      Files.writeString(
          token, runtime.issuer().token("emil", Map.of("slipway_roles", List.of("engineer"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Slipway.commandLine(new Terminal(out, out, 0))
        .execute(
            "show",
            onboarding.id(),
            "--api",
            runtime.apiUri().toString(),
            "--token-file",
            token.toString());
    return shown.toString(StandardCharsets.UTF_8);
  }

  /** Each of a megabyte. */
  private static void invoices(Path file, int count) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int number = 0; number < count; number++) {
        ByteBuf bytes =
            new RawBsonDocument(
                    new BsonDocument("_id", new BsonInt64(number))
                        .append("group_id", new BsonString("cld-1"))
                        .append("note", new BsonString("x".repeat(1_000_000))),
                    new BsonDocumentCodec())
                .getByteBuffer();
        out.write(bytes.array(), bytes.position(), bytes.remaining());
      }
    }
  }

  private Places places(Path source) {
    return new Places(Map.of("connec-source", source.toString()), system -> Optional.empty(), http);
  }

  private static DataJob connec(String map, String hub) {
    return new DataJob(
        DataJob.Operation.DUMP,
        "connec",
        "acme",
        List.of(),
        map,
        Optional.empty(),
        Optional.of(hub));
  }

  /** The dump that names the groups. */
  private static String hub(Path folder) throws IOException {
    DumpFolder hub = new DumpFolder(folder, "mnohub");
    return hub.seal(
        new Manifest("mnohub", "acme", "", "", "", List.of(hub.groups(Set.of("cld-1")))));
  }

  private ProbeResult progress(ProbeRecord job, long rows) {
    return new ProbeResult(
        job.id(),
        job.hash(),
        time.instant(),
        Map.of(),
        null,
        new ProbeResult.Progress("users", rows, 1000 * rows));
  }

  @Test
  void aCodeIsRedeemedOnce() {
    EnrolmentCode code = code(onboarding);
    assertInstanceOf(Answer.Done.class, api.redeem(code, RunnerKey.make(code)));

    assertRefused(409, "code.redeemed", api.redeem(code, RunnerKey.make(code)));
    assertAudited(onboarding, "probe.refused", "code.redeemed");
  }

  @Test
  void ofTwoWhoRedeemAtTheSameTimeOneIsEnrolled() throws InterruptedException {
    EnrolmentCode code = code(onboarding);
    List<Answer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofVirtual().start(() -> answers.add(api.redeem(code, RunnerKey.make(code)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, answers.stream().filter(Answer.Done.class::isInstance).count());
    answers.stream()
        .filter(answer -> !(answer instanceof Answer.Done))
        .forEach(answer -> assertRefused(409, "code.redeemed", answer));
  }

  @Test
  @Order(3)
  void aCodeExpires() throws InterruptedException {
    EnrolmentCode code = code(onboarding);
    time.advance(Duration.ofHours(25));

    assertRefused(410, "code.expired", api.redeem(code, RunnerKey.make(code)));
    RunnerKey made = RunnerKey.make(code);
    assertRefused(401, "runner.unknown", api.fetch(made));
  }

  @Test
  void aCodeIsGuessedFiveTimesAtMost() {
    EnrolmentCode code = code(onboarding);
    EnrolmentCode wrong = new EnrolmentCode(code.onboarding(), code.runner(), "0".repeat(26));
    for (int i = 0; i < 5; i++) {
      assertRefused(401, "code.wrong", api.redeem(wrong, RunnerKey.make(wrong)));
    }

    assertRefused(410, "runner.revoked", api.redeem(code, RunnerKey.make(code)));
    assertEquals("REVOKED", engineer.probeRunners(onboarding.id()).at("/runners/0/state").asText());
  }

  @Test
  void theSecretIsKeptNowhere() {
    EnrolmentCode code = code(onboarding);

    assertFalse(
        Json.tree(context.probes().runners(onboarding.id())).toString().contains(code.secret()));
    assertFalse(
        context.auditTrail().events(onboarding.id(), null, 100).toString().contains(code.secret()));
  }

  @Test
  void anotherKeyIsTurnedAway() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    RunnerKey forger = RunnerKey.make(new EnrolmentCode(key.onboarding(), key.runner(), "x"));

    assertRefused(401, "runner.forged", api.fetch(forger));
    assertRefused(401, "runner.forged", api.post(forger, result(probe)));
    assertAudited(onboarding, "probe.refused", "runner.forged");
    assertEquals(
        ProbeRecord.State.PENDING, context.probes().all(onboarding.id()).getFirst().state());
  }

  @Test
  void aRunnerOfAnotherOnboardingIsTurnedAway() {
    Onboarding other = onboarding();
    RunnerKey mine = enrolled(onboarding);
    RunnerKey theirs = enrolled(other);
    ProbeRecord probe = asked(other, PROBE);

    RunnerKey posing = new RunnerKey(other.id(), mine.runner(), mine.key(), mine.publicKey());
    assertRefused(401, "runner.unknown", api.fetch(posing));
    assertRefused(401, "runner.unknown", api.post(posing, result(probe)));
    RunnerKey stolen = new RunnerKey(other.id(), theirs.runner(), mine.key(), mine.publicKey());
    assertRefused(401, "runner.forged", api.post(stolen, result(probe)));
    assertRefused(409, "probe.unknown", api.post(mine, result(probe)));
    assertEquals(0, ((Answer.Done) api.fetch(mine)).body().path("probes").size());
    assertAudited(onboarding, "probe.refused", "probe.unknown");
  }

  @Test
  void aSecondResultIsTooLate() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    api.post(key, result(probe));
    waiting(onboarding, STEP);

    assertRefused(409, "probe.answered", api.post(key, result(probe)));
    assertAudited(onboarding, "probe.refused", "probe.answered");
  }

  @Test
  void aResultOfOtherParametersIsTurnedAway() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    Probe other = new Probe.TcpConnect("elsewhere.example", 22);

    assertRefused(
        409,
        "probe.differs",
        api.post(
            key,
            new ProbeResult(
                probe.id(), other.hash(), time.instant(), Map.of("answer", "connected"), null)));
    assertAudited(onboarding, "probe.refused", "probe.differs");
  }

  @Test
  void aResultFromBeforeTheQuestionIsTurnedAway() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);

    for (Duration off : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
      assertRefused(
          409,
          "result.time",
          api.post(
              key,
              new ProbeResult(
                  probe.id(),
                  probe.hash(),
                  time.instant().plus(off),
                  Map.of("answer", "connected"),
                  null)));
    }
  }

  @Test
  void whatWasAskedOtherwiseSinceIsWithdrawn() {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord first = asked(onboarding, PROBE);
    ProbeRecord second = asked(onboarding, new Probe.TcpConnect("uploader.b.example", 2022));

    assertRefused(410, "probe.withdrawn", api.post(key, result(first)));
    JsonNode probes = ((Answer.Done) api.fetch(key)).body().path("probes");
    assertEquals(1, probes.size());
    assertEquals(second.id(), probes.get(0).path("probe").asText());

    waiting(onboarding, "create-mount-points");
    assertEquals(0, ((Answer.Done) api.fetch(key)).body().path("probes").size());
    assertRefused(410, "probe.withdrawn", api.post(key, result(second)));
  }

  @Test
  void aRetryAsksAnew() {
    ProbeRecord first = asked(onboarding, PROBE);
    RunnerKey key = enrolled(onboarding);
    api.post(key, result(first));

    ProbeRecord same = context.probes().ask(onboarding.id(), TASK, STEP, PROBE.parameters(), 0, 1);
    assertEquals(first.id(), same.id());
    ProbeRecord anew = context.probes().ask(onboarding.id(), TASK, STEP, PROBE.parameters(), 2, 2);
    assertFalse(first.id().equals(anew.id()));
    assertEquals(
        anew.id(),
        context.probes().ask(onboarding.id(), TASK, STEP, PROBE.parameters(), 2, 2).id());
  }

  /** Among the first: what the other tests leave open would be looked at for 31 days as well. */
  @Test
  @Order(1)
  void aProbeThatNobodyAnsweredExpires() throws InterruptedException {
    ProbeRecord probe = asked(onboarding, PROBE);
    time.advance(Duration.ofDays(31));
    RunnerKey key = enrolled(onboarding);

    assertEquals(0, ((Answer.Done) api.fetch(key)).body().path("probes").size());
    assertRefused(410, "probe.expired", api.post(key, result(probe)));
  }

  @Test
  void aRunnerIsRevoked() {
    RunnerKey key = enrolled(onboarding);
    engineer.revokeProbeRunner(onboarding.id(), key.runner(), "the host was replaced");

    assertRefused(410, "runner.revoked", api.fetch(key));
    assertAudited(onboarding, "probe.refused", "runner.revoked");
    ApiProblem unknown =
        assertThrows(
            ApiProblem.class,
            () -> engineer.revokeProbeRunner(onboarding.id(), "0000000000", "no such"));
    assertEquals(404, unknown.status());
  }

  @Test
  void aRunnerExpiresWithItsOnboarding() {
    RunnerKey key = enrolled(onboarding);
    Onboarding before = context.onboardings().find(onboarding.id()).orElseThrow();
    context
        .onboardings()
        .save(
            before,
            before.to(Onboarding.State.CANCELLED, time.instant()),
            new Actor("mia", "manager"),
            "onboarding.cancelled",
            "test");

    assertRefused(410, "runner.expired", api.fetch(key));
  }

  @Test
  @Order(2)
  void aRunnerExpiresAfterThirtyDays() throws InterruptedException {
    RunnerKey key = enrolled(onboarding);
    time.advance(Duration.ofDays(31));

    assertRefused(410, "runner.expired", api.fetch(key));
  }

  @Test
  void aClockThatIsWrongIsSaid() {
    RunnerKey key = enrolled(onboarding);
    InstantSource late = () -> time.instant().minus(Duration.ofMinutes(6));

    assertRefused(401, "runner.clock", new RunnerApi(http, runtime.apiUri(), late).fetch(key));
  }

  @Test
  void aRequestIsTakenOnce() throws IOException, InterruptedException {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    byte[] body = Json.tree(result(probe)).toString().getBytes(StandardCharsets.UTF_8);

    HttpRequest first = signed(key, probe.id(), body, body, "0123456789abcdef");
    assertEquals(200, http.send(first, BodyHandlers.ofString()).statusCode());
    HttpResponse<String> again = http.send(first, BodyHandlers.ofString());
    assertEquals(409, again.statusCode());
    assertTrue(again.body().contains("runner.replayed"), again.body());
    assertAudited(onboarding, "probe.refused", "runner.replayed");
  }

  @Test
  void aBodyChangedOnItsWayIsTurnedAway() throws IOException, InterruptedException {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    byte[] body = Json.tree(result(probe)).toString().getBytes(StandardCharsets.UTF_8);
    byte[] changed =
        new String(body, StandardCharsets.UTF_8)
            .replace("connected", "refused!!")
            .getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> answer =
        http.send(
            signed(key, probe.id(), body, changed, "0123456789abcdef"), BodyHandlers.ofString());
    assertEquals(401, answer.statusCode());
    assertTrue(answer.body().contains("runner.forged"), answer.body());
  }

  @Test
  void aBodyIsNotTooLarge() throws IOException, InterruptedException {
    RunnerKey key = enrolled(onboarding);
    ProbeRecord probe = asked(onboarding, PROBE);
    byte[] body = ("{\"x\":\"" + "y".repeat(20_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> answer =
        http.send(signed(key, probe.id(), body, body, "0123456789abcdef"), BodyHandlers.ofString());
    assertEquals(413, answer.statusCode(), answer.body());
    byte[] strange = "{\"facts\":{}}".getBytes(StandardCharsets.UTF_8);
    answer =
        http.send(
            signed(key, probe.id(), strange, strange, "0123456789abcdeg"), BodyHandlers.ofString());
    assertEquals(422, answer.statusCode(), answer.body());
  }

  @Test
  void withoutASignatureThereIsNothing() throws IOException, InterruptedException {
    RunnerKey key = enrolled(onboarding);
    HttpRequest plain =
        HttpRequest.newBuilder(
                URI.create(
                    runtime.apiUri()
                        + "/onboardings/"
                        + onboarding.id()
                        + "/probe-runners/"
                        + key.runner()
                        + "/probes"))
            .build();

    HttpResponse<String> answer = http.send(plain, BodyHandlers.ofString());
    assertEquals(401, answer.statusCode());
    assertTrue(answer.body().contains("runner.unsigned"), answer.body());
  }

  private HttpRequest signed(
      RunnerKey key, String probe, byte[] signedBody, byte[] sentBody, String nonce) {
    RunnerMessage message =
        new RunnerMessage(
            "result",
            key.onboarding(),
            key.runner(),
            probe,
            time.instant().toString(),
            nonce,
            RunnerMessage.hash(signedBody));
    return HttpRequest.newBuilder(
            URI.create(
                runtime.apiUri()
                    + "/onboardings/"
                    + key.onboarding()
                    + "/probe-runners/"
                    + key.runner()
                    + "/probes/"
                    + probe
                    + "/result"))
        .header("Content-Type", "application/json")
        .header(RunnerMessage.TIME, message.time())
        .header(RunnerMessage.NONCE, message.nonce())
        .header(RunnerMessage.SIGNATURE, message.sign(key.key()))
        .POST(BodyPublishers.ofByteArray(sentBody))
        .build();
  }

  @Test
  void whatWasToldIsNotFlooded() {
    RunnerKey key = enrolled(onboarding);
    RunnerKey forger = RunnerKey.make(new EnrolmentCode(key.onboarding(), key.runner(), "x"));
    for (int i = 0; i < 10; i++) {
      api.fetch(forger);
    }

    assertEquals(
        1,
        context.auditTrail().events(onboarding.id(), null, 100).stream()
            .filter(event -> event.what().equals("probe.refused"))
            .count());
  }

  @Test
  void aRunnerRunsNothingWithoutConsentAndNothingItDoesNotKnow() throws InterruptedException {
    RunnerKey key = enrolled(onboarding);
    asked(onboarding, PROBE);
    Runner declining = runner(() -> false);

    Runner.Round round = declining.round(key);
    assertEquals(0, round.run());
    assertEquals(1, round.left());
    assertTrue(said.contains("  tcp-connect at uploader.b.example:22"), said::toString);
    assertTrue(said.contains("  Not run."), said::toString);

    ObjectNode strange =
        JsonNodeFactory.instance.objectNode().put("kind", "shell").put("command", "id");
    context.probes().ask(onboarding.id(), TASK, STEP, strange, 0, 0);
    Runner willing = runner(() -> true);
    assertEquals(0, willing.round(key).run());
    assertTrue(said.getLast().startsWith("Refused to run probe"), said::toString);
  }

  private Runner runner(Consent consent) {
    return new Runner(
        api,
        new ProbeExecution(
            new InnerNetworks(Optional.empty(), Optional.empty()).egress(List.of(), time)),
        consent,
        system -> Optional.empty(),
        pause -> {},
        said::add);
  }
}
