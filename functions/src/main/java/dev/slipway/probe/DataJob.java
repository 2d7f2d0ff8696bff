package dev.slipway.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job of the data runner: one step of moving a tenant's data out of a shared database into
 * another one. It travels as a probe does, and a probe runner leaves it alone. Names, counts and
 * hashes travel; rows stay with the runner, and so do addresses and logins of databases.
 *
 * @param operation the step
 * @param store a section of the map, such as {@code mnohub}; {@code connector.salesforce} is the
 *     section {@code connector} in a database of its own
 * @param tenant the tenant's name in the source
 * @param organisations their uids; empty for all of the tenant
 * @param map the SHA-256 of the map's file, which the runner is given
 * @param target the tenant's name in the target; empty where it makes no difference
 * @param manifest the SHA-256 of the manifest that the job rests on: of its own dump, or, for a
 *     dump by groups, of the dump that names the groups; empty if it rests on none
 */
public record DataJob(
    Operation operation,
    String store,
    String tenant,
    List<String> organisations,
    String map,
    Optional<String> target,
    Optional<String> manifest)
    implements Probe {
  private static final int MOST_ORGANISATIONS = 1000;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
  private static final String SHA_256 = "[0-9a-f]{64}";

  /** The built-in jobs: there are no others. */
  public enum Operation {
    /** Counts what a dump would hold. */
    SURVEY(true, "reads the source, and counts what belongs to the tenant; copies nothing"),
    /** Copies the tenant's rows into files. */
    DUMP(
        true,
        "reads the source, and writes what belongs to the tenant into files here; of files in"
            + " buckets that rows name it writes a list"),
    /** Looks for references that leave the dump, and for rows of others in it. */
    CHECK(true, "looks for references that leave the dump and for rows of others in it"),
    /** Writes the files' rows into the target. */
    LOAD(false, "writes the rows of the dump, and the files that they name, into the target"),
    /** Compares the target with the files. */
    COMPARE(false, "reads the target, and compares it with the dump; changes nothing"),
    /** Deletes from the target what was loaded. */
    UNDO(false, "deletes from the target the rows and files that were loaded, and no others"),
    /** Counts what is there under both names of a tenant that is to be renamed. */
    COLLISIONS(true, "counts the organisations and users that are there under both names"),
    /** Deletes the files, of the runner at the source or at the target. */
    DISCARD(true, "deletes the files of the dump on this machine");

    private final boolean atSource;
    private final String description;

    Operation(boolean atSource, String description) {
      this.atSource = atSource;
      this.description = description;
    }

    String kind() {
      return "data-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operation> of(String kind) {
      return Arrays.stream(values()).filter(each -> each.kind().equals(kind)).findFirst();
    }
  }

  public DataJob {
    organisations = List.copyOf(organisations);
    ProbeFields.require("store", store, "[a-z][a-z0-9-]{0,39}(\\.[a-z0-9][a-z0-9-]{0,39})?");
    ProbeFields.require("tenant", tenant, NAME);
    ProbeFields.require("map", map, SHA_256);
    target.ifPresent(name -> ProbeFields.require("target", name, NAME));
    manifest.ifPresent(hash -> ProbeFields.require("manifest", hash, SHA_256));
    if (organisations.size() > MOST_ORGANISATIONS) {
      throw new InvalidProbe("organisations may be " + MOST_ORGANISATIONS + " at most");
    }
    organisations.forEach(uid -> ProbeFields.require("organisations", uid, "[A-Za-z0-9-]{1,60}"));
    boolean needsManifest =
        switch (operation) {
          case SURVEY, DUMP, COLLISIONS -> false;
          case CHECK, LOAD, COMPARE, UNDO, DISCARD -> true;
        };
    if (needsManifest && manifest.isEmpty()) {
      throw new InvalidProbe("the job needs the manifest of its dump");
    }
    boolean namesTarget = !operation.atSource || operation == Operation.COLLISIONS;
    if (operation != Operation.DISCARD && namesTarget != target.isPresent()) {
      throw new InvalidProbe(
          "a job at the target, and one that compares two names, and no other, names the target's"
              + " tenant");
    }
  }

  static DataJob read(Operation operation, ProbeFields fields) {
    return new DataJob(
        operation,
        fields.text("store"),
        fields.text("tenant"),
        fields.texts("organisations"),
        fields.text("map"),
        fields.optional("target"),
        fields.optional("manifest"));
  }

  /** The section of the map. */
  public String section() {
    return store.replaceFirst("\\..*", "");
  }

  /** The fingerprint of what is moved: tenant and organisations. */
  public String scope() {
    ObjectNode scope = Json.MAPPER.createObjectNode().put("tenant", tenant);
    organisations.stream().sorted().forEach(scope.putArray("organisations")::add);
    return Json.hash(scope);
  }

  /** The name under which the runner knows address and login of the database. */
  public String database() {
    boolean isAtTarget = operation != Operation.COLLISIONS && target.isPresent();
    return store + (isAtTarget ? "-target" : "-source");
  }

  /** Whether a person may do it by hand instead, and state what came of it. */
  public boolean mayBeStated() {
    return operation == Operation.COLLISIONS;
  }

  @Override
  public String kind() {
    return operation.kind();
  }

  @Override
  public String against() {
    return database();
  }

  @Override
  public String description() {
    return "%s: tenant %s, %s"
        .formatted(
            operation.description,
            tenant,
            organisations.isEmpty()
                ? "all organisations"
                : organisations.size() + " organisations");
  }

  @Override
  public Optional<String> login() {
    return operation == Operation.DISCARD ? Optional.empty() : Optional.of(database());
  }

  /** A dump that lies there as files needs none. */
  @Override
  public boolean needsLogin() {
    return false;
  }

  @Override
  public JsonNode parameters() {
    ObjectNode parameters =
        Json.MAPPER
            .createObjectNode()
            .put("kind", kind())
            .put("store", store)
            .put("tenant", tenant)
            .put("map", map);
    if (!organisations.isEmpty()) {
      ArrayNode uids = parameters.putArray("organisations");
      organisations.forEach(uids::add);
    }
    target.ifPresent(name -> parameters.put("target", name));
    manifest.ifPresent(hash -> parameters.put("manifest", hash));
    return parameters;
  }
}
