package dev.slipway.local.lint;

import java.util.Map;

/**
 * What a task is called in each of its five places.
 *
 * @param checklist such as {@code hosting-provider}
 * @param section such as {@code technical-configuration}
 * @param task such as {@code configure-smtp}
 */
record TaskNames(String checklist, String section, String task) {
  /** Where a package is not just called as the checklist. */
  private static final Map<String, String> PACKAGES =
      Map.of("enterprise-environment", "enterprise");

  static final String GATE = "gate";
  static final String RESUME = "resume";

  /** The task with that id: {@code section.task}. */
  static TaskNames of(String checklist, String id) {
    int dot = id.indexOf('.');
    return new TaskNames(checklist, dot < 0 ? "" : id.substring(0, dot), id.substring(dot + 1));
  }

  String id() {
    return section + "." + task;
  }

  /** {@code ConfigureSmtp}. */
  String state() {
    return pascal(task);
  }

  /** {@code statemachines/hosting-provider/technical-configuration.asl.json}. */
  String machineFile() {
    return machineFile(checklist, section);
  }

  static String machineFile(String checklist, String name) {
    return "statemachines/" + checklist + "/" + name + ".asl.json";
  }

  /** {@code TechnicalConfigurationConfigureSmtp}. */
  String resource() {
    return pascal(section) + pascal(task);
  }

  /** {@code dev.slipway.hostingprovider.technicalconfiguration.ConfigureSmtp}. */
  String handler() {
    return handlerPackage(checklist) + section.replace("-", "") + "." + pascal(task);
  }

  /** {@code dev.slipway.hostingprovider.}, with its dot. */
  static String handlerPackage(String checklist) {
    return "dev.slipway." + PACKAGES.getOrDefault(checklist, checklist.replace("-", "")) + ".";
  }

  /** {@code events/tasks/technical-configuration.configure-smtp.json}. */
  String event() {
    return "events/tasks/" + id() + ".json";
  }

  /** {@code configure-smtp} becomes {@code ConfigureSmtp}. */
  static String pascal(String name) {
    StringBuilder result = new StringBuilder();
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-') {
        upper = true;
      } else {
        result.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return result.toString();
  }
}
