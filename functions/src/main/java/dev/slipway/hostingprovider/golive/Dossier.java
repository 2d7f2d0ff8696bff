package dev.slipway.hostingprovider.golive;

import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Report;
import java.util.List;
import java.util.Optional;

/** The facts about an onboarding as a whole that go-live needs, and the requests that it makes. */
interface Dossier {

  /** Every row as it stands. */
  Report report(String onboarding);

  /** One task as it stands. */
  TaskRecord task(String onboarding, TaskKey key);

  /** Keeps a text as a file; answers its SHA-256 in hex. */
  String keep(String onboarding, String name, String text);

  /** The content of a kept text, by its SHA-256. */
  Optional<String> text(String onboarding, String sha256);

  /** A file that was handed over or kept, by its SHA-256. */
  Optional<FileInfo> file(String onboarding, String sha256);

  /**
   * Has tasks looked at again with their own probes, each by its own function with its own
   * credentials, and nothing performed.
   */
  void verifyAgain(String onboarding, List<TaskKey> tasks, String why);
}
