package dev.slipway.local.aws;

import java.util.List;
import java.util.Map;

/**
 * One thing that a request does to one resource, as AWS checks it.
 *
 * @param action for example {@code dynamodb:PutItem}
 * @param resource the ARN that policies are held against
 * @param shown the resource as a refusal names it
 * @param context condition keys of the request, such as {@code kms:MessageType}
 */
public record Access(String action, String resource, String shown, Map<String, String> context) {

  public Access {
    context = Map.copyOf(context);
  }

  public Access(String action, String resource) {
    this(action, resource, resource, Map.of());
  }

  /** Several actions on one resource. */
  public static List<Access> all(String resource, String... actions) {
    return List.of(actions).stream().map(action -> new Access(action, resource)).toList();
  }
}
