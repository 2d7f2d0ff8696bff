package dev.slipway.local.asl;

/** Tells the executor that an attempt is no longer awaited. */
record CancelTask(TaskWait attempt) implements Runnable {

  CancelTask {
    attempt.cancelled = true;
  }

  @Override
  public void run() {
    if (attempt.running != null) {
      attempt.running.cancel();
    }
  }
}
