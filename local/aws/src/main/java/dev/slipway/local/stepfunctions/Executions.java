package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionInfo;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.asl.Interpreter;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.schedule.LocalTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All executions, running and ended. With a folder they are there again after a restart, at the
 * last durable point before it.
 */
final class Executions {
  private final LocalTime time;
  private final MachineStore machines;
  private final Optional<Path> folder;
  private final Map<String, ExecutionEntry> byArn = new ConcurrentHashMap<>();
  private final Map<String, ExecutionEntry> byParentTask = new ConcurrentHashMap<>();
  private Interpreter interpreter;

  Executions(LocalTime time, MachineStore machines, Optional<Path> folder) {
    this.time = time;
    this.machines = machines;
    this.folder = folder.map(parent -> parent.resolve("executions"));
  }

  /** Begins to work: executions of an earlier process go on. */
  void open(TaskExecutor tasks, TokenSigner tokens) {
    interpreter =
        Interpreter.builder(tasks, time.clock(), time.timers())
            .history((arn, event) -> byArn.get(arn).add(event))
            .journal(this::record)
            .tokens(tokens)
            .build();
    var running = new ArrayList<LogFile.Content>();
    folder.ifPresent(
        place -> {
          for (var file : logFiles(place)) {
            var content = LogFile.open(file);
            if (content != null) {
              load(content, running);
            }
          }
        });
    // Only now, for a task finds the execution that it had started among all of them.
    for (var content : running) {
      var entry = byArn.get(content.header().arn());
      entry.live(interpreter.restore(definition(entry), content.snapshot()));
    }
  }

  private static List<Path> logFiles(Path place) {
    try {
      Files.createDirectories(place);
      try (var files = Files.list(place)) {
        return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load(LogFile.Content content, List<LogFile.Content> running) {
    var entry = new ExecutionEntry(content.header(), content.log(), content.state());
    entry.begun().complete(null);
    if (!content.state().running()) {
      entry.live(null);
    }
    entry.submitted().addAll(content.submitted());
    byArn.put(content.header().arn(), entry);
    content.header().parentTask().ifPresent(task -> byParentTask.put(task, entry));
    if (content.state().running()) {
      running.add(content);
    }
  }

  private dev.slipway.local.asl.definition.StateMachine definition(ExecutionEntry entry) {
    return machines.definition(entry.header().definitionHash()).stateMachine();
  }

  /**
   * Starts an execution. One of the same name and input that is still open is answered as it is.
   *
   * @param inputText the input as given
   * @param parentTask the task that asks for it
   */
  ExecutionEntry start(
      DefinedMachine machine,
      String name,
      String inputText,
      JsonNode input,
      Optional<String> parentTask) {
    var arn = machine.arn().replace(":stateMachine:", ":execution:") + ":" + name;
    var now = time.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var header =
        new ExecutionHeader(
            arn,
            name,
            machine.arn(),
            machine.name(),
            machine.roleArn(),
            machine.definition().hash(),
            inputText,
            now,
            parentTask);
    ExecutionLog log =
        folder.isPresent() ? LogFile.create(folder.get(), header) : new ExecutionLog.InMemory();
    var entry = new ExecutionEntry(header, log, ExecutionState.started());
    var other = byArn.putIfAbsent(arn, entry);
    if (other != null) {
      if (other.state().running() && sameInput(other.header().input(), input)) {
        other.begun().join();
        return other;
      }
      throw Failures.executionExists(arn);
    }
    parentTask.ifPresent(task -> byParentTask.put(task, entry));
    try {
      interpreter.start(
          machine.definition().stateMachine(),
          input,
          new ExecutionInfo(arn, name, now, machine.roleArn(), machine.arn(), machine.name()),
          entry::live);
    } catch (RuntimeException e) {
      byArn.remove(arn, entry);
      entry.live(null);
      parentTask.ifPresent(task -> byParentTask.remove(task, entry));
      entry.begun().completeExceptionally(e);
      throw e;
    }
    entry.begun().complete(null);
    return entry;
  }

  private static boolean sameInput(String text, JsonNode input) {
    return Requests.json(text).filter(input::equals).isPresent();
  }

  /** The journal of the interpreter. */
  private void record(Execution execution) {
    var entry = byArn.get(execution.info().arn());
    var now =
        ExecutionState.of(
            execution, entry.state(), time.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    entry.record(execution, now);
    if (!now.running()) {
      if (now.status() == ExecutionStatus.SUCCEEDED) {
        entry.live(null);
      }
      entry.announceEnd();
    }
  }

  Optional<ExecutionEntry> find(String arn) {
    return Optional.ofNullable(byArn.get(arn));
  }

  /** The execution that a task started. */
  Optional<ExecutionEntry> startedBy(String taskId) {
    return Optional.ofNullable(byParentTask.get(taskId));
  }

  /** Newest first. */
  List<ExecutionEntry> of(String stateMachineArn) {
    return byArn.values().stream()
        .filter(entry -> entry.header().stateMachineArn().equals(stateMachineArn))
        .sorted(
            java.util.Comparator.comparing((ExecutionEntry entry) -> entry.header().startDate())
                .thenComparing(entry -> entry.header().arn())
                .reversed())
        .toList();
  }

  /** Ends an execution; nothing happens if it has ended already. */
  void stop(ExecutionEntry entry, String error, String cause) {
    entry.known().join();
    entry.live().ifPresent(live -> live.stop(error, cause).toCompletableFuture().join());
  }

  /** Continues an execution that ended without success; false if it cannot be. */
  boolean redrive(ExecutionEntry entry) {
    var live = entry.live().or(() -> folder.map(place -> restoreEnded(place, entry)));
    return live.isPresent() && live.get().redrive().toCompletableFuture().join();
  }

  private Execution restoreEnded(Path place, ExecutionEntry entry) {
    var file = LogFile.create(place, entry.header()).file();
    var execution = interpreter.restore(definition(entry), LogFile.open(file).snapshot());
    entry.live(execution);
    return execution;
  }
}
