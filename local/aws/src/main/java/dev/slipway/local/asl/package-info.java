/**
 * An interpreter of the Amazon States Language, in the dialect whose query language is JSONata.
 *
 * <p>The package can leave this project as a library: it needs the JDK, Jackson's tree model and a
 * JSONata implementation, and knows nothing of its tasks' work. A host supplies
 *
 * <ul>
 *   <li>{@link dev.slipway.local.asl.task.TaskExecutor}: performs tasks;
 *   <li>{@link dev.slipway.local.asl.time.Timers} and a clock: real or simulated time;
 *   <li>{@link dev.slipway.local.asl.history.HistoryListener}: receives the execution history;
 *   <li>{@link dev.slipway.local.asl.ExecutionJournal}: keeps snapshots, if executions are to
 *       outlive the process.
 * </ul>
 *
 * <p>The rules of the language: the state types and the checks when a definition is loaded are in
 * {@code definition}, the syntax and evaluation of expressions in {@code expression}, the running
 * of an execution (retries, catchers, branches, limits) here.
 */
package dev.slipway.local.asl;
