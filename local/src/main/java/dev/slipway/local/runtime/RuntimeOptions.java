package dev.slipway.local.runtime;

import dev.slipway.local.lambda.FunctionFactory;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run a template.
 *
 * @param projectRoot the folder of {@code template.yaml}
 * @param dataFolder where everything is kept; empty for a runtime that forgets
 * @param bind where the API and the AWS endpoint listen; another address than loopback asks for
 *     known access keys
 * @param apiPort 0 for any free port
 * @param awsPort 0 for any free port
 * @param environment set for each function on top of what the template says
 * @param parameters overrides of the template's parameters
 * @param logs where the functions' log lines go
 * @param beforeResuming called when the table and the functions are there, before the executions
 *     that an earlier process left go on
 */
public record RuntimeOptions(
    Path projectRoot,
    Optional<Path> dataFolder,
    InetAddress bind,
    int apiPort,
    int awsPort,
    LocalTime time,
    Map<String, String> environment,
    Map<String, String> parameters,
    LogSink logs,
    FunctionFactory functions,
    Consumer<LocalRuntime> beforeResuming) {

  public RuntimeOptions {
    environment = Map.copyOf(environment);
    parameters = Map.copyOf(parameters);
  }

  /** In memory, on loopback, in real time. */
  public static RuntimeOptions of(Path projectRoot) {
    return new RuntimeOptions(
        projectRoot,
        Optional.empty(),
        InetAddress.getLoopbackAddress(),
        0,
        0,
        LocalTime.real(),
        Map.of(),
        Map.of(),
        LogSink.none(),
        new HandlerConstructors(RuntimeOptions.class.getClassLoader()),
        runtime -> {});
  }

  /** Keeps everything in that folder. */
  public RuntimeOptions withData(Path folder) {
    return new RuntimeOptions(
        projectRoot,
        Optional.of(folder),
        bind,
        apiPort,
        awsPort,
        time,
        environment,
        parameters,
        logs,
        functions,
        beforeResuming);
  }

  /** Listens at that address, on those ports (0 for any). */
  public RuntimeOptions withAddress(InetAddress address, int port, int portOfAws) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        address,
        port,
        portOfAws,
        time,
        environment,
        parameters,
        logs,
        functions,
        beforeResuming);
  }

  /** Runs by that clock. */
  public RuntimeOptions withTime(LocalTime other) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        bind,
        apiPort,
        awsPort,
        other,
        environment,
        parameters,
        logs,
        functions,
        beforeResuming);
  }

  /** Sets these variables for each function. */
  public RuntimeOptions withEnvironment(Map<String, String> variables) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        bind,
        apiPort,
        awsPort,
        time,
        variables,
        parameters,
        logs,
        functions,
        beforeResuming);
  }

  /** Overrides these parameters of the template. */
  public RuntimeOptions withParameters(Map<String, String> overrides) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        bind,
        apiPort,
        awsPort,
        time,
        environment,
        overrides,
        logs,
        functions,
        beforeResuming);
  }

  /** Sends log lines there. */
  public RuntimeOptions withLogs(LogSink sink) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        bind,
        apiPort,
        awsPort,
        time,
        environment,
        parameters,
        sink,
        functions,
        beforeResuming);
  }

  /** Does that before the executions of an earlier process go on. */
  public RuntimeOptions withBeforeResuming(Consumer<LocalRuntime> action) {
    return new RuntimeOptions(
        projectRoot,
        dataFolder,
        bind,
        apiPort,
        awsPort,
        time,
        environment,
        parameters,
        logs,
        functions,
        action);
  }
}
