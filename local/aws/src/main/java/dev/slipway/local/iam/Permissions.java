package dev.slipway.local.iam;

import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.Authorizer;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.PolicyStatement;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The permissions of the template's functions and state machines. As in AWS nothing is allowed that
 * no statement allows, and a denying statement wins. Every other caller operates the runtime, and
 * may do everything.
 */
public final class Permissions implements Authorizer {
  /** By what callers name themselves: a function's logical id, a state machine's ARN. */
  private final Map<String, Role> roles = new HashMap<>();

  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  /**
   * Throws {@link dev.slipway.local.template.TemplateException} for a statement that is not
   * understood.
   */
  public Permissions(Template template) {
    for (var function : template.functions()) {
      roles.put(
          function.logicalId(),
          role(template.stack(), function.logicalId(), function.name(), function.policies()));
    }
    for (var machine : template.stateMachines()) {
      roles.put(
          machine.arn(),
          role(template.stack(), machine.logicalId(), machine.name(), machine.policies()));
    }
  }

  private static Role role(
      Stack stack, String logicalId, String session, List<PolicyStatement> policies) {
    var user =
        "arn:aws:sts::%s:assumed-role/%s-%sRole/%s"
            .formatted(stack.account(), stack.name(), logicalId, session);
    return new Role(logicalId, user, policies);
  }

  @Override
  public boolean concerns(Caller caller) {
    return roles.containsKey(caller.principal());
  }

  @Override
  public void require(Caller caller, Access access) {
    var role = roles.get(caller.principal());
    if (role == null) {
      return;
    }
    var refusal = role.refusal(access);
    if (refusal.isPresent()) {
      refusals.add(refusal.get());
      throw new AwsException("AccessDeniedException", refusal.get());
    }
  }

  /** Everything that is granted, and whether it was needed so far. */
  public List<Grant> grants() {
    return roles.values().stream().flatMap(role -> role.grants().stream()).toList();
  }

  /** The refusals so far, in AWS's words. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }
}
