/**
 * Step Functions as a service: state machines, executions and their histories, task tokens, and the
 * integrations that tasks call, on top of the interpreter in {@code asl}.
 */
package dev.slipway.local.stepfunctions;
