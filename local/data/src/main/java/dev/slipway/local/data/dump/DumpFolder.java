package dev.slipway.local.data.dump;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.json.Json;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.RunnerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one store's dump, in a folder that only its owner may read. A journal names the
 * files that are whole: a job that was killed goes on behind the last of them.
 */
public final class DumpFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String JOURNAL = "journal.json";
  private static final String LOADED = "loaded.json";
  private static final String GROUPS = "groups.txt";

  private final Path folder;
  private Journal journal = new Journal("", "", "", Map.of());

  /** What is whole of which dump. */
  private record Journal(
      String scope, String map, String basis, Map<String, Manifest.Entry> whole) {}

  /**
   * How far a load has come.
   *
   * @param offsets what was added to the keys of a table, by table
   * @param whole the tables that are loaded
   * @param objects how many of a list's objects were begun, by list
   */
  public record Loaded(Map<String, Long> offsets, Set<String> whole, Map<String, Long> objects) {
    /** Nothing is loaded yet. */
    public static Loaded none(Map<String, Long> offsets) {
      return new Loaded(offsets, Set.of(), Map.of());
    }

    /** The same with a table that is loaded. */
    public Loaded with(String table) {
      Set<String> more = new HashSet<>(whole);
      more.add(table);
      return new Loaded(offsets, more, objects);
    }

    /** How many of a list's objects were begun. */
    public long begun(String list) {
      return objects.getOrDefault(list, 0L);
    }

    /** The same with so many objects of a list begun. */
    public Loaded begun(String list, long until) {
      Map<String, Long> more = new HashMap<>(objects);
      more.put(list, until);
      return new Loaded(offsets, whole, more);
    }
  }

  /**
   * @param root the runner's folder
   */
  public DumpFolder(Path root, String store) throws IOException {
    this.folder = root.resolve(store);
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** The folder of another store beside it. */
  public DumpFolder beside(String store) throws IOException {
    return new DumpFolder(folder.getParent(), store);
  }

  /** How many bytes more its disk takes. */
  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  // --- dump

  /** Begins a dump, or goes on with the same one. */
  public void begin(DataJob job) throws IOException {
    String basis = job.manifest().orElse("");
    if (Files.exists(folder.resolve(JOURNAL))) {
      journal = read(JOURNAL, new TypeReference<>() {});
    }
    if (!journal.scope().equals(job.scope())
        || !journal.map().equals(job.map())
        || !journal.basis().equals(basis)) {
      if (loaded().isPresent()) {
        throw new DataTrouble(
            "loaded", "Another dump in " + folder + " is loaded: its load must be undone first.");
      }
      discard();
      journal = new Journal(job.scope(), job.map(), basis, Map.of());
    }
  }

  /** A file's entry, if it is whole. */
  public Optional<Manifest.Entry> whole(String table) {
    return Optional.ofNullable(journal.whole().get(table));
  }

  /** Notes that a file is whole. */
  public void completed(Manifest.Entry entry) throws IOException {
    Map<String, Manifest.Entry> whole = new LinkedHashMap<>(journal.whole());
    whole.put(entry.table(), entry);
    journal = new Journal(journal.scope(), journal.map(), journal.basis(), whole);
    write(JOURNAL, Json.text(journal).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the ids of groups, sorted. */
  public Manifest.Entry groups(Set<String> groups) throws IOException {
    List<String> sorted = new ArrayList<>(new TreeSet<>(groups));
    byte[] bytes =
        sorted.stream()
            .map(id -> id + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    write(GROUPS, bytes);
    return new Manifest.Entry(
        GROUPS,
        Manifest.Holds.GROUPS,
        sorted.size(),
        bytes.length,
        sorted.isEmpty() ? null : sorted.getFirst(),
        sorted.isEmpty() ? null : sorted.getLast(),
        RunnerMessage.hash(bytes));
  }

  /**
   * Writes the manifest.
   *
   * @return its SHA-256
   */
  public String seal(Manifest manifest) throws IOException {
    byte[] bytes = Json.text(manifest).getBytes(StandardCharsets.UTF_8);
    write(MANIFEST, bytes);
    return RunnerMessage.hash(bytes);
  }

  // --- what is there

  /** The file of a table, or collection. */
  public Path file(String table) {
    return folder.resolve(table + ".rows");
  }

  /** The manifest's file. */
  public Path manifestFile() {
    return folder.resolve(MANIFEST);
  }

  /** The ids of the groups. */
  public List<String> groups() throws IOException {
    return Files.readAllLines(folder.resolve(GROUPS));
  }

  /**
   * The manifest that a job names, once all its files are found to be those that it lists.
   *
   * @throws DataTrouble if it, or a file of it, is missing or another one
   */
  public Manifest require(String hash) throws IOException {
    if (!Files.exists(manifestFile())) {
      throw new DataTrouble("dump-missing", "There is no dump in " + folder + ".");
    }
    byte[] bytes = Files.readAllBytes(manifestFile());
    if (!RunnerMessage.hash(bytes).equals(hash)) {
      throw new DataTrouble(
          "manifest-differs", "The dump in " + folder + " is not the one that the job names.");
    }
    Manifest manifest = Json.MAPPER.readValue(bytes, Manifest.class);
    for (Manifest.Entry entry : manifest.files()) {
      Path file =
          entry.holds() == Manifest.Holds.GROUPS ? folder.resolve(GROUPS) : file(entry.table());
      if (!Files.exists(file) || !HashedFile.hash(file).equals(entry.sha256())) {
        throw new DataTrouble(
            "file-differs", "The file " + file + " is not the one that the manifest lists.");
      }
    }
    return manifest;
  }

  /** Deletes all files. */
  public int discard() throws IOException {
    journal = new Journal("", "", "", Map.of());
    int deleted = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
        deleted++;
      }
    }
    return deleted;
  }

  // --- load

  /** How far the load has come; empty: none has begun. */
  public Optional<Loaded> loaded() throws IOException {
    return Files.exists(folder.resolve(LOADED))
        ? Optional.of(read(LOADED, new TypeReference<>() {}))
        : Optional.empty();
  }

  /** Notes how far the load has come. */
  public void loaded(Loaded loaded) throws IOException {
    write(LOADED, Json.text(loaded).getBytes(StandardCharsets.UTF_8));
  }

  /** Notes that nothing is loaded any more. */
  public void unloaded() throws IOException {
    Files.deleteIfExists(folder.resolve(LOADED));
  }

  private <T> T read(String name, TypeReference<T> type) throws IOException {
    return Json.MAPPER.readValue(Files.readAllBytes(folder.resolve(name)), type);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path part = folder.resolve(name + ".part");
    Files.write(part, bytes);
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
