package dev.slipway.local.report;

/** The verdict on a report's signature; the message says why. */
public sealed interface Verdict {
  /** The exit code of the process. */
  int exitCode();

  /** For people, one line. */
  String message();

  /** The report is the one that was signed, by the owner of the key. */
  record Genuine(String message) implements Verdict {
    @Override
    public int exitCode() {
      return 0;
    }
  }

  /** Report and signature do not belong together, or another key signed. */
  record NotGenuine(String message) implements Verdict {
    @Override
    public int exitCode() {
      return 1;
    }
  }

  /** A file is missing, or is not what it has to be: nothing can be said of the report. */
  record Unreadable(String message) implements Verdict {
    @Override
    public int exitCode() {
      return 2;
    }
  }
}
