package dev.slipway.local.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.ProbeResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.ByteBuf;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Business data moves by groups, with MongoDB's own driver: from a server, and from files of {@code
 * mongodump}. Two groups are the tenant's, and one is another's.
 */
class MongoMoveTest {
  private static final String MAP =
      """
      mnohub: {engine: mysql, tables: {}}
      connec:
        engine: mongo
        tables:
          invoices: {key: _id, group: group_id, also: contact_id -> contacts._id}
          "system_*": {class: never}
          "*": {key: _id, group: group_id}
      """;

  /** For each group. Those of two groups are more than are written at once. */
  private static final Map<String, Integer> EACH = Map.of("contacts", 510, "invoices", 40);

  @TempDir private Path folder;
  private MongoServer server;
  private MongoClient client;
  private MongoDatabase source;
  private MongoDatabase target;
  private String hub;
  private Jobs jobs;

  @BeforeEach
  void start() throws IOException {
    server = new MongoServer(new MemoryBackend());
    String address = server.bindAndGetConnectionString();
    client = MongoClients.create(address);
    source = client.getDatabase("connec");
    target = client.getDatabase("own");
    Files.writeString(folder.resolve("map.yaml"), MAP);
    jobs =
        new Jobs(
            folder,
            folder.resolve("map.yaml"),
            Map.of("connec-source", address + "/connec", "connec-target", address + "/own"));
    for (String collection : List.of("contacts", "invoices")) {
      List<Document> documents = new ArrayList<>();
      for (int i = 0; i < 3 * EACH.get(collection); i++) {
        documents.add(document(collection, i));
      }
      source.getCollection(collection).insertMany(documents);
    }
    source.getCollection("system_users").insertOne(new Document("name", "root"));
    target.getCollection("contacts").insertOne(document("contacts", 2));
    hub = hubDump("cld-0", "cld-1");
  }

  @AfterEach
  void stop() {
    client.close();
    server.shutdownNow();
  }

  private static Document document(String collection, int number) {
    Document document =
        new Document("_id", new ObjectId(collection.equals("contacts") ? 1 : 2, number))
            .append("group_id", "cld-" + number % 3)
            .append("name", "Füße " + number)
            .append("amount", 0.1 * number)
            .append("at", Date.from(Instant.ofEpochSecond(number)));
    return collection.equals("invoices")
        ? document.append("contact_id", new ObjectId(1, number))
        : document;
  }

  /** The hub's dump names the groups. */
  private String hubDump(String... groups) throws IOException {
    DumpFolder files = new DumpFolder(folder, "mnohub");
    Manifest.Entry entry = files.groups(Set.of(groups));
    return files.seal(Manifest.of(job(Operation.DUMP, null), List.of(entry)));
  }

  private DataJob job(Operation operation, String manifest) {
    return jobs.job(operation, "connec", manifest);
  }

  private String dumped() {
    return jobs.facts(job(Operation.DUMP, hub)).get("manifest");
  }

  @Test
  void theGroupsMoveWholeAndAlone() {
    assertEquals("1100", jobs.facts(job(Operation.SURVEY, hub)).get("rows"));
    String manifest = dumped();
    assertEquals("80", jobs.facts(job(Operation.CHECK, manifest)).get("references"));
    jobs.facts(job(Operation.LOAD, manifest));
    jobs.facts(job(Operation.COMPARE, manifest));

    assertEquals(
        new TreeSet<>(Set.of("cld-0", "cld-1", "cld-2")),
        new TreeSet<>(
            target
                .getCollection("contacts")
                .distinct("group_id", String.class)
                .into(new ArrayList<>())));
    assertEquals(1021, target.getCollection("contacts").countDocuments());
    assertEquals("1100", jobs.facts(job(Operation.UNDO, manifest)).get("deleted"));
    assertEquals(1, target.getCollection("contacts").countDocuments(), "another's stays");
  }

  /** The driver's bytes and those of mongodump's files are the same, and so is the dump. */
  @Test
  void filesOfMongodumpGiveTheSameDump() throws IOException {
    String manifest = dumped();
    Path files = Files.createDirectory(folder.resolve("mongodump"));
    for (String collection : List.of("contacts", "invoices", "system_users")) {
      try (OutputStream out = Files.newOutputStream(files.resolve(collection + ".bson"))) {
        for (RawBsonDocument document :
            source.getCollection(collection, RawBsonDocument.class).find()) {
          ByteBuf bytes = document.getByteBuffer();
          out.write(bytes.array(), bytes.position(), bytes.remaining());
        }
      }
    }
    jobs = jobsOver(files);

    jobs.facts(job(Operation.DISCARD, manifest));
    assertEquals(manifest, dumped());
    jobs.facts(job(Operation.CHECK, manifest));
  }

  private Jobs jobsOver(Path files) {
    return new Jobs(folder, folder.resolve("map.yaml"), Map.of("connec-source", files.toString()));
  }

  @Test
  void aCollectionWithoutGroupsStopsTheJob() {
    source.getCollection("settings").insertOne(new Document("colour", "blue"));

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.DUMP, hub));
    assertEquals("table-unknown", trouble.kind());
    assertTrue(trouble.message().contains("settings"), trouble.message());
  }

  @Test
  void aReferenceIntoAnotherGroupIsFound() {
    source
        .getCollection("invoices")
        .updateOne(
            new Document("_id", new ObjectId(2, 0)),
            new Document("$set", new Document("contact_id", new ObjectId(1, 2))));

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.CHECK, dumped()));
    assertEquals("reference-leaves", trouble.kind());
    assertTrue(
        trouble.message().contains("invoices.contact_id -> contacts._id: 1 documents"),
        trouble.message());
  }

  @Test
  void documentsThatBelongToOthersByNowAreFound() {
    String manifest = dumped();
    source
        .getCollection("contacts")
        .updateOne(
            new Document("_id", new ObjectId(1, 0)),
            new Document("$set", new Document("group_id", "cld-2")));

    assertEquals("rows-of-others", jobs.trouble(job(Operation.CHECK, manifest)).kind());
  }

  @Test
  void killedAtAnyPointTheRerunGivesTheSameAndWritesNothingTwice() throws IOException {
    String whole = dumped();
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      jobs.facts(job(Operation.DISCARD, whole));
      killed = isKilled(job(Operation.DUMP, hub), kills);
      assertEquals(whole, dumped());
    }
    int report = 0;
    for (boolean killed = true; killed; kills++) {
      killed = isKilled(job(Operation.LOAD, whole), report++);
      jobs.facts(job(Operation.LOAD, whole));
      jobs.facts(job(Operation.COMPARE, whole));
      jobs.facts(job(Operation.UNDO, whole));
    }
    assertTrue(kills > 10, "killed " + kills + " times");
  }

  /** Neither look writes anything, so there is nothing that a killed one could leave behind. */
  @ParameterizedTest
  @EnumSource(names = {"CHECK", "COMPARE"})
  void killedWhileItLooksTheRerunFindsTheSame(Operation look) {
    String manifest = dumped();
    jobs.facts(job(Operation.LOAD, manifest));
    Map<String, String> whole = jobs.facts(job(look, manifest));

    int kills = 0;
    while (isKilled(job(look, manifest), kills)) {
      assertEquals(whole, jobs.facts(job(look, manifest)));
      kills++;
    }

    assertTrue(kills >= 4, "killed " + kills + " times");
    assertEquals(manifest, dumped());
    assertEquals("1100", jobs.facts(job(Operation.UNDO, manifest)).get("deleted"));
  }

  @Test
  void killedWhileItDeletesTheRerunDeletesTheRestAndNothingElse() {
    String manifest = dumped();
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      jobs.facts(job(Operation.LOAD, manifest));
      killed = isKilled(job(Operation.UNDO, manifest), kills);
      jobs.facts(job(Operation.UNDO, manifest));
      assertEquals(1, target.getCollection("contacts").countDocuments(), "another's stays");
      assertEquals(0, target.getCollection("invoices").countDocuments());
    }
    assertTrue(kills >= 4, "killed " + kills + " times");
  }

  private boolean isKilled(DataJob job, int report) {
    try {
      jobs.run(job, Jobs.killing(report));
      return false;
    } catch (Jobs.Killed killed) {
      return true;
    }
  }

  @Test
  void whatIsThereIsNotLoadedAgain() {
    String manifest = dumped();
    target.getCollection("invoices").insertOne(document("invoices", 1));

    assertEquals("target-not-empty", jobs.trouble(job(Operation.LOAD, manifest)).kind());
  }

  @Test
  void withoutTheHubsDumpThereAreNoGroups() {
    assertEquals("manifest-missing", jobs.trouble(job(Operation.DUMP, null)).kind());
    assertEquals("manifest-differs", jobs.trouble(job(Operation.DUMP, "0".repeat(64))).kind());
  }
}
