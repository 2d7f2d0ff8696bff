package dev.slipway.local.runtime;

import dev.slipway.local.http.ApiExtensions;
import dev.slipway.local.lambda.FunctionFactory;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.ses.MailRelay;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The options for running a template.
 *
 * @param projectRoot the folder of {@code template.yaml}
 * @param stackName begins the names of resources that the template gives none, such as {@code
 *     <stack>-<logical id>}
 * @param dataFolder where everything is kept; empty for a runtime that forgets
 * @param bind where the API and the AWS endpoint listen; another address than loopback asks for
 *     known access keys
 * @param apiPort 0 for any free port
 * @param awsPort 0 for any free port
 * @param environment set for each function on top of what the template says
 * @param parameters overrides of the template's parameters
 * @param logs where the functions' log lines go
 * @param mails delivers what functions send through SES; closed with the runtime
 * @param api what the project adds to the HTTP API
 * @param beforeResuming called when the table and the functions are there, before the executions
 *     that an earlier process left go on
 */
public record RuntimeOptions(
    Path projectRoot,
    String stackName,
    Optional<Path> dataFolder,
    InetAddress bind,
    int apiPort,
    int awsPort,
    LocalTime time,
    Map<String, String> environment,
    Map<String, String> parameters,
    LogSink logs,
    FunctionFactory functions,
    MailRelay mails,
    ApiExtensions api,
    Consumer<LocalRuntime> beforeResuming) {

  public RuntimeOptions {
    environment = Map.copyOf(environment);
    parameters = Map.copyOf(parameters);
  }

  /** In memory, on loopback, in real time. */
  public static RuntimeOptions of(Path projectRoot, String stackName) {
    return new RuntimeOptions(
        projectRoot,
        stackName,
        Optional.empty(),
        InetAddress.getLoopbackAddress(),
        0,
        0,
        LocalTime.real(),
        Map.of(),
        Map.of(),
        LogSink.none(),
        new HandlerConstructors(RuntimeOptions.class.getClassLoader()),
        MailRelay.none(),
        ApiExtensions.none(),
        runtime -> {});
  }

  /** Keeps everything in that folder. */
  public RuntimeOptions withData(Path folder) {
    Draft next = new Draft(this);
    next.dataFolder = Optional.of(folder);
    return next.options();
  }

  /** Listens at that address, on those ports (0 for any). */
  public RuntimeOptions withAddress(InetAddress address, int port, int portOfAws) {
    Draft next = new Draft(this);
    next.bind = address;
    next.apiPort = port;
    next.awsPort = portOfAws;
    return next.options();
  }

  /** Runs by that clock. */
  public RuntimeOptions withTime(LocalTime other) {
    Draft next = new Draft(this);
    next.time = other;
    return next.options();
  }

  /** Sets these variables for each function. */
  public RuntimeOptions withEnvironment(Map<String, String> variables) {
    Draft next = new Draft(this);
    next.environment = variables;
    return next.options();
  }

  /** Overrides these parameters of the template. */
  public RuntimeOptions withParameters(Map<String, String> overrides) {
    Draft next = new Draft(this);
    next.parameters = overrides;
    return next.options();
  }

  /** Sends log lines there. */
  public RuntimeOptions withLogs(LogSink sink) {
    Draft next = new Draft(this);
    next.logs = sink;
    return next.options();
  }

  /** Delivers by that what functions send through SES. */
  public RuntimeOptions withMails(MailRelay relay) {
    Draft next = new Draft(this);
    next.mails = relay;
    return next.options();
  }

  /** Makes handlers by that. */
  public RuntimeOptions withFunctions(FunctionFactory factory) {
    Draft next = new Draft(this);
    next.functions = factory;
    return next.options();
  }

  /** Adds that to the HTTP API. */
  public RuntimeOptions withApi(ApiExtensions extensions) {
    Draft next = new Draft(this);
    next.api = extensions;
    return next.options();
  }

  /** Does that before the executions of an earlier process go on. */
  public RuntimeOptions withBeforeResuming(Consumer<LocalRuntime> action) {
    Draft next = new Draft(this);
    next.beforeResuming = action;
    return next.options();
  }

  /** Other options, which are like those before but for what is set. */
  private static final class Draft {
    private final Path projectRoot;
    private final String stackName;
    private Optional<Path> dataFolder;
    private InetAddress bind;
    private int apiPort;
    private int awsPort;
    private LocalTime time;
    private Map<String, String> environment;
    private Map<String, String> parameters;
    private LogSink logs;
    private FunctionFactory functions;
    private MailRelay mails;
    private ApiExtensions api;
    private Consumer<LocalRuntime> beforeResuming;

    Draft(RuntimeOptions before) {
      this.projectRoot = before.projectRoot;
      this.stackName = before.stackName;
      this.dataFolder = before.dataFolder;
      this.bind = before.bind;
      this.apiPort = before.apiPort;
      this.awsPort = before.awsPort;
      this.time = before.time;
      this.environment = before.environment;
      this.parameters = before.parameters;
      this.logs = before.logs;
      this.functions = before.functions;
      this.mails = before.mails;
      this.api = before.api;
      this.beforeResuming = before.beforeResuming;
    }

    RuntimeOptions options() {
      return new RuntimeOptions(
          projectRoot,
          stackName,
          dataFolder,
          bind,
          apiPort,
          awsPort,
          time,
          environment,
          parameters,
          logs,
          functions,
          mails,
          api,
          beforeResuming);
    }
  }
}
