package dev.slipway.local.lint;

import java.util.Locale;

/**
 * The names of a task in each of its five places.
 *
 * @param checklist such as {@code hosting-provider}
 * @param section such as {@code technical-configuration}
 * @param task such as {@code configure-smtp}
 */
public record TaskNames(String checklist, String section, String task) {
  private static final String ENVIRONMENT = "-environment";

  /** The pseudo-task that holds a section until its elements are there. */
  public static final String GATE = "gate";

  /** The pseudo-task that waits to resume a section. */
  public static final String RESUME = "resume";

  /** How the variables begin by which Wake knows the machines of onboardings. */
  public static final String WAKE_VARIABLE = "SLIPWAY_ONBOARDING_";

  /** The task with that id: {@code section.task}. */
  public static TaskNames of(String checklist, String id) {
    int dot = id.indexOf('.');
    return new TaskNames(checklist, dot < 0 ? "" : id.substring(0, dot), id.substring(dot + 1));
  }

  /** {@code technical-configuration.configure-smtp}. */
  public String id() {
    return section + "." + task;
  }

  /** {@code ConfigureSmtp}. */
  public String state() {
    return pascal(task);
  }

  /** {@code statemachines/hosting-provider/technical-configuration.asl.json}. */
  public String machineFile() {
    return machineFile(checklist, section);
  }

  /** The file of a section's machine, or of {@code onboarding}. */
  public static String machineFile(String checklist, String name) {
    return "statemachines/" + checklist + "/" + name + ".asl.json";
  }

  /** {@code TechnicalConfigurationConfigureSmtp}. */
  public String resource() {
    return pascal(section) + pascal(task);
  }

  /** {@code SLIPWAY_ONBOARDING_HOSTING_PROVIDER}. */
  public static String wakeVariable(String checklist) {
    return WAKE_VARIABLE + checklist.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** {@code HostingProviderTechnicalConfiguration}: the machine of a section, or of onboarding. */
  public static String machine(String checklist, String name) {
    return pascal(checklist) + pascal(name);
  }

  /** {@code dev.slipway.hostingprovider.technicalconfiguration.ConfigureSmtp}. */
  public String handler() {
    return handlerPackage(checklist) + section.replace("-", "") + "." + pascal(task);
  }

  /**
   * {@code dev.slipway.hostingprovider.} of {@code hosting-provider}, with its dot. A last word
   * {@code environment} says nothing in a package's name and is left out: {@code
   * dev.slipway.enterprise.} of {@code enterprise-environment}.
   */
  public static String handlerPackage(String checklist) {
    String name =
        checklist.endsWith(ENVIRONMENT)
            ? checklist.substring(0, checklist.length() - ENVIRONMENT.length())
            : checklist;
    return "dev.slipway." + name.replace("-", "") + ".";
  }

  /** {@code events/tasks/technical-configuration.configure-smtp.json}. */
  public String event() {
    return "events/tasks/" + id() + ".json";
  }

  /** The next step where one of its places is missing. */
  String hint() {
    return hint(checklist, task.equals(GATE) || task.equals(RESUME) ? section : id());
  }

  /** The next step where a place of a task or of a whole section is missing. */
  static String hint(String checklist, String wanted) {
    return "; `slipway scaffold %s %s` writes it".formatted(checklist, wanted);
  }

  /** {@code configure-smtp} becomes {@code ConfigureSmtp}. */
  public static String pascal(String name) {
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
