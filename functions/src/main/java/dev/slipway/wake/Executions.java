package dev.slipway.wake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.ledger.Onboarding;
import java.util.function.Function;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** Starts and stops the executions of runs. */
final class Executions {
  private final SfnClient stepFunctions;
  private final Function<String, String> stateMachineArns;

  /**
   * @param stateMachineArns checklist name to the ARN of its {@code onboarding} state machine
   */
  Executions(SfnClient stepFunctions, Function<String, String> stateMachineArns) {
    this.stepFunctions = stepFunctions;
    this.stateMachineArns = stateMachineArns;
  }

  /** Starts the current run's execution, unless it was started before; answers its ARN. */
  String start(Onboarding onboarding) {
    return start(onboarding, onboarding.run());
  }

  /** Starts a run's execution, unless it was started before; answers its ARN. */
  String start(Onboarding onboarding, int run) {
    String name = onboarding.executionName(run);
    String machine = stateMachineArns.apply(onboarding.checklist());
    String input =
        JsonNodeFactory.instance
            .objectNode()
            .put("onboardingId", onboarding.id())
            .put("run", run)
            .toString();
    try {
      return stepFunctions
          .startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
          .executionArn();
    } catch (ExecutionAlreadyExistsException e) {
      return arn(onboarding, run);
    }
  }

  /** Stops the current run's execution, if it is still under way. */
  void stop(Onboarding onboarding, String cause) {
    if (onboarding.run() == 0) {
      return;
    }
    String arn =
        onboarding.executionArn() != null
            ? onboarding.executionArn()
            : arn(onboarding, onboarding.run());
    stop(arn, cause);
  }

  /** The ARN of a run that Wake started, or will start. */
  String arn(Onboarding onboarding, int run) {
    return stateMachineArns.apply(onboarding.checklist()).replace(":stateMachine:", ":execution:")
        + ":"
        + onboarding.executionName(run);
  }

  /** Stops an execution, if it is still under way. */
  void stop(String arn, String cause) {
    try {
      stepFunctions.stopExecution(
          r -> r.executionArn(arn).error(Onboarding.STOPPED_ERROR).cause(cause));
    } catch (ExecutionDoesNotExistException e) {
      // It never started, or it is so long over that AWS has forgotten it.
    }
  }
}
