package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Parameters;

/** The task that a command is about, and whose it is. */
final class TaskParameters {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Its row, such as V01, or its id: technical-configuration.configure-smtp.")
  private String task;

  String onboarding() {
    return onboarding;
  }

  /** The task's id; it was named by that, or by its row. */
  String task(SlipwayApi api) {
    return id(api, onboarding, task);
  }

  /** With the instance that was named: {@code V01@uat.acme}, or by the id. */
  static String id(SlipwayApi api, String onboarding, String named) {
    String task = named.replaceFirst("@.*", "");
    return task.indexOf('.') >= 0
        ? named
        : new TaskNames(api.onboarding(onboarding)).id(task) + named.substring(task.length());
  }
}
