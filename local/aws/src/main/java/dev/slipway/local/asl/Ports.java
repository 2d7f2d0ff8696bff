package dev.slipway.local.asl;

import dev.slipway.local.asl.expression.QueryFunctions;
import dev.slipway.local.asl.history.HistoryListener;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskTokens;
import dev.slipway.local.asl.time.Timers;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The host's services that an interpreter works with. */
record Ports(
    TaskExecutor tasks,
    InstantSource clock,
    Timers timers,
    HistoryListener history,
    ExecutionJournal journal,
    TaskTokens tokens,
    RandomGenerator random,
    Limits limits,
    String heartbeatError,
    QueryFunctions functions) {}
