package dev.slipway.ledger;

import java.util.List;
import java.util.Map;

/**
 * The records, besides the intake, that an attempt at a task rests on.
 *
 * @param dependencies the tasks that it waits for, untouched ones included
 * @param answers what people said of its steps
 */
public record TaskGrounds(Map<TaskKey, TaskRecord> dependencies, List<Answer> answers) {}
