/**
 * The framework around every task of a checklist. A task's handler extends {@link
 * dev.slipway.task.TaskFunction} and goes through its steps with {@link dev.slipway.task.Work};
 * this package does the rest: it claims the task, looks whether an earlier outcome still holds,
 * keeps evidence and waits, and commits the outcome. The functions of a run and of its sections are
 * here as well.
 */
package dev.slipway.task;
