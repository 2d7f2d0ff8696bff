package dev.slipway.local.asl.definition;

import dev.slipway.local.asl.task.IntegrationPattern;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses unknown resources of tasks at load. The service knows what each of its integrations can
 * do; here that is known of the ones in the table. Of any other service, everything is taken for an
 * integration that exists.
 */
final class Resources {
  private static final Pattern INTEGRATION =
      Pattern.compile("arn:[\\w-]+:states:[\\w-]*:\\d*:(aws-sdk|[\\w-]+):(.+)");

  private static final Set<IntegrationPattern> ANSWERED =
      EnumSet.of(IntegrationPattern.REQUEST_RESPONSE);
  private static final Set<IntegrationPattern> CALLED_BACK =
      EnumSet.of(IntegrationPattern.REQUEST_RESPONSE, IntegrationPattern.WAIT_FOR_TASK_TOKEN);

  /** The actions that can be called, and their integration patterns, by service. */
  private static final Map<String, Map<String, Set<IntegrationPattern>>> KNOWN =
      Map.of(
          "lambda", Map.of("invoke", CALLED_BACK),
          "dynamodb",
              Map.of(
                  "getItem", ANSWERED,
                  "putItem", ANSWERED,
                  "updateItem", ANSWERED,
                  "deleteItem", ANSWERED),
          "sns", Map.of("publish", CALLED_BACK),
          "sqs", Map.of("sendMessage", CALLED_BACK),
          "events", Map.of("putEvents", CALLED_BACK),
          "states", Map.of("startExecution", EnumSet.allOf(IntegrationPattern.class)));

  private Resources() {}

  /** Whether a task may name it. */
  static boolean isRecognized(String resource) {
    Matcher integration = INTEGRATION.matcher(resource);
    if (!integration.matches()) {
      return resource.startsWith("arn:");
    }
    String service = integration.group(1);
    IntegrationPattern pattern = IntegrationPattern.of(resource);
    if (service.equals("aws-sdk")) {
      return CALLED_BACK.contains(pattern);
    }
    Map<String, Set<IntegrationPattern>> actions = KNOWN.get(service);
    if (actions == null) {
      return true;
    }
    String action = integration.group(2).replaceFirst("\\.(sync(:2)?|waitForTaskToken)$", "");
    return actions.getOrDefault(action, Set.of()).contains(pattern);
  }
}
