package dev.slipway.wake;

import dev.slipway.ledger.Signal;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Answers task tokens of AWS Step Functions. */
final class StepFunctionsSignaller implements Signaller {
  private final SfnClient stepFunctions;

  StepFunctionsSignaller(SfnClient stepFunctions) {
    this.stepFunctions = stepFunctions;
  }

  @Override
  public boolean send(String token, Signal.Kind kind) {
    try {
      switch (kind) {
        case SUCCESS -> stepFunctions.sendTaskSuccess(r -> r.taskToken(token).output("{}"));
        case RECHECK ->
            stepFunctions.sendTaskFailure(
                r -> r.taskToken(token).error("Slipway.Recheck").cause("asked to look again"));
      }
      return true;
    } catch (InvalidTokenException | TaskDoesNotExistException | TaskTimedOutException e) {
      // The state was left, or the run is over.
      return false;
    }
  }
}
