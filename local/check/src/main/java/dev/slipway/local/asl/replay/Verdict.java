package dev.slipway.local.asl.replay;

/** The verdict on a case. */
sealed interface Verdict {

  /** The line that tells it. */
  String line(String name);

  record Passed() implements Verdict {
    @Override
    public String line(String name) {
      return "PASS " + name;
    }
  }

  /**
   * The case differed from its recording.
   *
   * @param difference what
   */
  record Failed(String difference) implements Verdict {
    @Override
    public String line(String name) {
      return "FAIL " + name + ": " + difference.replace('\n', ' ');
    }
  }

  /**
   * The interpreter refuses the definition.
   *
   * @param feature why
   */
  record Refused(String feature) implements Verdict {
    @Override
    public String line(String name) {
      return "REFUSED " + name + ": " + feature;
    }
  }

  /**
   * Not a case that is run.
   *
   * @param kind of the case
   */
  record Skipped(String kind) implements Verdict {
    @Override
    public String line(String name) {
      return "SKIPPED " + name + ": " + kind;
    }
  }
}
