package dev.slipway.local.asl;

import java.time.Instant;

/**
 * An execution, as its context object describes it.
 *
 * @param arn {@code $states.context.Execution.Id}; names the execution towards the host
 * @param name {@code Execution.Name}
 * @param startTime {@code Execution.StartTime}
 * @param roleArn {@code Execution.RoleArn}
 * @param stateMachineArn {@code StateMachine.Id}
 * @param stateMachineName {@code StateMachine.Name}
 */
public record ExecutionInfo(
    String arn,
    String name,
    Instant startTime,
    String roleArn,
    String stateMachineArn,
    String stateMachineName) {}
