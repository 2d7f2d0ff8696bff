package dev.slipway.local.data.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Facts;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.dump.RowWriter;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.map.KeyTemplate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files that rows name go from bucket to bucket. The rows are seventy organisations, whose ids
 * are shifted by a hundred in the target; one has no logo, one names a logo that is not there, and
 * one names that of another.
 */
class ObjectMoveTest {
  private static final int ROWS = 70;
  private static final int THERE = 67;
  private static final Progress SILENT = (table, read, rows, bytes) -> {};
  private static final String NAMES = "assets-source assets-target";

  @TempDir private Path root;
  private S3StandIn storage;
  private HttpClient http;
  private Map<String, JsonNode> keys;
  private DumpFolder folder;
  private List<KeyTemplate> files;

  @BeforeEach
  void start() throws IOException {
    storage = new S3StandIn();
    http = HttpClient.newHttpClient();
    keys =
        Map.of(
            "assets-source",
            storage.keys("reader", "hub"),
            "assets-target",
            storage.keys("mover", "hub", "own"));
    folder = new DumpFolder(root, "mnohub");
    files =
        DataMap.read(
                Files.writeString(
                    root.resolve("map.yaml"),
                    """
                    mnohub:
                      engine: mysql
                      tables:
                        organizations: {tenant: tenant, files: "assets/logos/{id}/{logo}"}
                    """))
            .section("mnohub")
            .rule("organizations")
            .orElseThrow()
            .files();
    for (int id = 1; id < ROWS; id++) {
      if (id != 2 && id != 3) {
        storage.put("hub", "logos/" + id + "/" + logo(id), "logo " + id);
      }
    }
    storage.put("own", "logos/1/" + logo(1), "another's");
    rows();
  }

  private void rows() throws IOException {
    try (RowWriter rows =
        new RowWriter(
            folder.file("organizations"),
            List.of(new RowFile.Column("id", false), new RowFile.Column("logo", false)))) {
      for (int id = 1; id <= ROWS; id++) {
        rows.begin();
        rows.value(bytes(Integer.toString(id == ROWS ? 1 : id)));
        rows.value(id == 2 ? null : bytes(logo(id == ROWS ? 1 : id)));
        rows.end();
      }
      rows.complete();
    }
  }

  /** With all that a name may have. */
  private static String logo(int id) {
    return "Füße & Söhne (%d)~*+=@!'.png".formatted(id);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    http.close();
    storage.close();
  }

  private Buckets buckets(String... names) throws IOException, InterruptedException {
    return Buckets.open(
        http,
        InstantSource.system(),
        new TreeSet<>(Set.of(names)),
        Map.of("assets-source", storage.address("hub"), "assets-target", storage.address("own")),
        name -> Optional.ofNullable(keys.get(name)));
  }

  private Manifest.Entry list(Progress progress) throws IOException, InterruptedException {
    try (ObjectDump dump = new ObjectDump(buckets("assets-source"), folder, progress)) {
      return dump.list("organizations", files);
    }
  }

  private void begin() throws IOException, InterruptedException {
    list(SILENT);
    folder.loaded(DumpFolder.Loaded.none(Map.of()));
  }

  private ObjectLoad move(Progress progress) throws IOException, InterruptedException {
    return new ObjectLoad(buckets(NAMES.split(" ", -1)), folder, progress);
  }

  private void load(Progress progress) throws IOException, InterruptedException {
    try (ObjectLoad move = move(progress)) {
      move.load(table());
    }
  }

  private void compare() throws IOException, InterruptedException {
    try (ObjectLoad move = move(SILENT)) {
      move.compare(table());
    }
  }

  private long undone() throws IOException, InterruptedException {
    try (ObjectLoad move = move(SILENT)) {
      return move.undo(table());
    }
  }

  private ObjectLoad.Table table() {
    return new ObjectLoad.Table(
        "organizations",
        files,
        (columns, row) -> {
          byte[][] moved = row.clone();
          moved[0] = bytes(Integer.toString(100 + Integer.parseInt(RowReader.text(row[0]))));
          return moved;
        });
  }

  private static String kind(Executable job) {
    return assertThrows(DataTrouble.class, job).kind();
  }

  /** The end of the process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static Progress killing(int report) {
    int[] left = {report};
    return (table, read, rows, bytes) -> {
      if (left[0]-- == 0) {
        throw new Killed();
      }
    };
  }

  private void assertWholeAndAlone() {
    Map<String, String> own = storage.contents("own");
    assertEquals(THERE + 1, own.size());
    assertEquals("another's image/png hub", own.get("logos/1/" + logo(1)));
    assertEquals("logo 1 image/png hub", own.get("logos/101/" + logo(1)));
    assertEquals("logo 69 image/png hub", own.get("logos/169/" + logo(69)));
  }

  @Test
  void aSurveyCountsAndCopiesNothing() throws IOException, InterruptedException {
    try (ObjectDump dump = new ObjectDump(buckets("assets-source"), folder, SILENT)) {
      try (ObjectDump.Counting counting = dump.count("organizations", files)) {
        counting.row(Map.of("id", "1", "logo", logo(1))::get);
        counting.row(Map.of("id", "2")::get);
        counting.row(Map.of("id", "3", "logo", logo(3))::get);
      }
      assertEquals(
          Map.of("objects", "1", "objectBytes", "6", "objectsMissing", "1"),
          dump.told(new Facts()).all());
    }
    assertEquals(1, storage.contents("own").size());
  }

  @Test
  void theListHasEachObjectThatIsThereOnce() throws IOException, InterruptedException {
    Manifest.Entry entry = list(SILENT);

    assertEquals("organizations.objects", entry.table());
    assertEquals(THERE, entry.rows());
    assertEquals(462, entry.bytes());
  }

  @Test
  void killedAnywhereAListIsMadeAnewOrTakenAsItIs() throws IOException, InterruptedException {
    Manifest.Entry whole = list(SILENT);
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      folder = new DumpFolder(root.resolve("killed" + kills), "mnohub");
      rows();
      killed = false;
      try {
        list(killing(kills));
      } catch (Killed expected) {
        killed = true;
      }
      assertEquals(whole, list(SILENT));
    }
    assertTrue(kills > 3, "killed " + kills + " times");
  }

  @Test
  void theStorageCopiesWhereTheTargetsKeysMayReadTheSource()
      throws IOException, InterruptedException {
    begin();
    load(SILENT);

    assertWholeAndAlone();
    assertEquals(THERE, asked("COPY").size());
    assertEquals(List.of(), asked("PUT"));
    compare();
  }

  @Test
  void elseEachPassesByHereWithItsTypeAndLeavesNothingHere()
      throws IOException, InterruptedException {
    storage.keys("mover", "own");
    begin();
    load(SILENT);

    assertWholeAndAlone();
    assertEquals(THERE, asked("PUT").size());
    compare();
    try (var left = Files.list(root.resolve("mnohub"))) {
      assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("object-")));
    }
  }

  @Test
  void aSourceWithoutKeysOfItsOwnIsCopiedFromWithTheTargets()
      throws IOException, InterruptedException {
    begin();
    keys = Map.of("assets-target", storage.keys("mover", "hub", "own"));
    load(SILENT);
    assertWholeAndAlone();

    assertEquals(THERE, undone());
    folder.loaded(DumpFolder.Loaded.none(Map.of()));
    storage.keys("mover", "own");
    assertEquals("login-missing", kind(() -> load(SILENT)));
  }

  private List<String> asked(String method) {
    return storage.asked().stream().filter(each -> each.startsWith(method + " ")).toList();
  }

  @Test
  void killedAnywhereALoadGoesOnAndCopiesNothingTwice() throws IOException, InterruptedException {
    begin();
    int kills = 0;
    for (boolean killed = true; killed; kills++) {
      killed = false;
      int before = asked("COPY").size();
      try {
        load(killing(kills));
      } catch (Killed expected) {
        killed = true;
      }
      load(SILENT);
      assertEquals(THERE, asked("COPY").size() - before);
      assertWholeAndAlone();
      assertEquals(THERE, undone());
      folder.loaded(DumpFolder.Loaded.none(Map.of()));
    }
    assertTrue(kills > 3, "killed " + kills + " times");
  }

  @Test
  void stoppedWithinABatchItGoesOnWithWhatIsMissing() throws IOException, InterruptedException {
    begin();
    storage.remove("hub", "logos/50/" + logo(50));
    assertEquals("object-changed", kind(() -> load(SILENT)));
    storage.put("hub", "logos/50/" + logo(50), "logo 50");

    load(SILENT);

    assertWholeAndAlone();
    compare();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException, InterruptedException {
    begin();
    storage.put("own", "logos/140/" + logo(40), "mine");

    assertEquals("already-there", kind(() -> load(SILENT)));
    assertEquals(31, undone(), "the batch before, in which one is missing");
    assertEquals("mine image/png hub", storage.contents("own").get("logos/140/" + logo(40)));
    assertEquals(2, storage.contents("own").size());
  }

  /** Not even what came there while the load was stopped. */
  @Test
  void whatCameMeanwhileIsNotTakenForTheSources() throws IOException, InterruptedException {
    begin();
    storage.remove("hub", "logos/50/" + logo(50));
    assertThrows(DataTrouble.class, () -> load(SILENT));
    storage.put("hub", "logos/50/" + logo(50), "logo 50");
    storage.put("own", "logos/150/" + logo(50), "other!!");

    assertEquals("already-there", kind(() -> load(SILENT)));
  }

  @Test
  void anObjectThatChangedAfterTheDumpIsNotCopied() throws IOException, InterruptedException {
    begin();
    storage.put("hub", "logos/9/" + logo(9), "logo X");

    assertEquals("object-changed", kind(() -> load(SILENT)));
    storage.keys("mover", "own");
    assertEquals("object-changed", kind(() -> load(SILENT)));
    assertFalse(storage.contents("own").containsKey("logos/109/" + logo(9)));
  }

  /** ETags of the same content differ then; the contents are compared. */
  @Test
  void whatWasUploadedInPartsIsComparedByItsContent() throws IOException, InterruptedException {
    storage.put("hub", "logos/9/" + logo(9), "logo 9", "0123456789abcdef-2");
    begin();
    load(SILENT);
    compare();

    storage.put("own", "logos/109/" + logo(9), "logo X");
    DataTrouble trouble = assertThrows(DataTrouble.class, this::compare);
    assertEquals("counts-differ", trouble.kind());
    assertTrue(
        trouble.getMessage().contains("67 in the dump, 67 in the target, 66 the same"),
        trouble::getMessage);
  }

  @Test
  void whatIsMissingInTheTargetIsTold() throws IOException, InterruptedException {
    begin();
    load(SILENT);
    storage.remove("own", "logos/109/" + logo(9));

    DataTrouble trouble = assertThrows(DataTrouble.class, this::compare);
    assertTrue(trouble.getMessage().contains("66 in the target"), trouble::getMessage);
  }

  @Test
  void undoDeletesWhatWasLoadedAndNothingElse() throws IOException, InterruptedException {
    begin();
    load(SILENT);

    assertEquals(THERE, undone());
    assertEquals(0, undone());
    assertEquals(Set.of("logos/1/" + logo(1)), storage.contents("own").keySet());
  }

  @Test
  void aBusyStorageIsAskedAgain() throws IOException, InterruptedException {
    begin();
    try (ObjectLoad move = move(SILENT)) {
      storage.troubled(503, 500, 429);
      move.load(table());
    }
    assertWholeAndAlone();
  }

  @Test
  void aBucketThatCannotBeUsedIsSaidBeforeAnythingBegins() {
    keys = Map.of("assets-source", storage.keys("stranger"));
    assertEquals("not-permitted", kind(() -> buckets("assets-source")));
    keys = Map.of("assets-source", storage.keys("reader", "hub").deepCopy());
    ((ObjectNode) keys.get("assets-source")).put("secretKey", "wrong");
    assertEquals("authentication-failed", kind(() -> buckets("assets-source")));
    keys = Map.of();
    assertEquals("login-missing", kind(() -> buckets("assets-source")));
    assertEquals("address-missing", kind(() -> buckets("invoices-source")));
  }

  @Test
  void aSourceIsNoTarget() {
    assertEquals(
        "address-wrong",
        kind(
            () ->
                Buckets.open(
                    http,
                    InstantSource.system(),
                    new TreeSet<>(Set.of(NAMES.split(" ", -1))),
                    Map.of(
                        "assets-source", storage.address("hub"),
                        "assets-target", storage.address("hub")),
                    name -> Optional.of(storage.keys("mover", "hub")))));
  }
}
