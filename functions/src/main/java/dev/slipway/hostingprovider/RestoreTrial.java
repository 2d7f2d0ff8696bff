package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Work;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Backs a container up, changes a file in it, restores it, and looks whether the file is as it was.
 * How far it came is remembered, so that a restore that takes its time is looked at again and not
 * begun again.
 */
public final class RestoreTrial {
  private static final String FILE = "/tmp/slipway-restore-test.txt";
  private static final String BEFORE = "as backed up";
  private static final String AFTER = "changed after the backup";

  private final Work work;
  private final CustomerClient customer;
  private final String environment;

  /** In one environment of the test customer. */
  public RestoreTrial(Work work, CustomerClient customer, String environment) {
    this.work = work;
    this.customer = customer;
    this.environment = environment;
  }

  /** Says what was seen; throws {@link SystemTrouble} while the file is not as it was. */
  public String run(String image) {
    customer.ensureEnvironment(environment, image, Optional.empty());
    String backup = once("backup", this::backUp);
    once("restore", () -> restore(backup));
    if (!customer.readFile(environment, FILE).map(String::strip).equals(Optional.of(BEFORE))) {
      throw trouble(
          SystemTrouble.Kind.OUT_OF_ORDER, "The restored file is not (yet) as it was backed up.");
    }
    return "restored from backup " + backup + ": the file is as it was backed up";
  }

  private String backUp() {
    customer.writeFile(environment, FILE, BEFORE);
    String backup = customer.backUp(environment);
    if (backup.isBlank()) {
      throw trouble(SystemTrouble.Kind.NOT_UNDERSTOOD, "The platform did not name the backup.");
    }
    return backup;
  }

  private String restore(String backup) {
    customer.writeFile(environment, FILE, AFTER);
    customer.restore(environment, backup);
    return backup;
  }

  private String once(String what, Supplier<String> action) {
    String name = what + ":" + environment;
    Optional<String> done = work.remembered(Note.Kind.RESOURCE, name).map(note -> note.asText());
    return done.orElseGet(
        () -> work.remember(Note.Kind.RESOURCE, name, new TextNode(action.get())).asText());
  }

  private SystemTrouble trouble(SystemTrouble.Kind kind, String message) {
    return new SystemTrouble(
        "test-customer",
        kind,
        message,
        PlatformMethod.RESTORE.permission(),
        customer.against() + " " + environment,
        "");
  }
}
