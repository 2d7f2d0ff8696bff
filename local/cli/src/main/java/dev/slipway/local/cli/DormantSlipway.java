package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.dynamodb.DynamoDbLocal;
import dev.slipway.local.http.HttpApiServer;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The ledger of a data folder and the routes that only look: nothing in the folder goes on, no
 * execution, no schedule, no stream.
 */
final class DormantSlipway implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final HttpApiServer api;

  /**
   * Opens a data folder.
   *
   * @param lock the folder, taken by the caller
   */
  DormantSlipway(DataLock lock) {
    open.push(lock);
    Path database = LocalSlipway.runtimeFolder(lock.path()).resolve("dynamodb");
    if (!Files.isDirectory(database)) {
      close();
      throw new CommandFailure(
          lock.path() + " is no data folder of a run: there is no ledger in it");
    }
    LocalTime time = LocalTime.real();
    Template template = LocalSlipway.template();
    DynamoDbLocal ledger = DynamoDbLocal.inFolder(database);
    open.push(ledger);
    LambdaHost functions =
        new LambdaHost(
            new HandlerConstructors(DormantSlipway.class.getClassLoader()),
            time,
            LogSink.none(),
            function -> {});
    open.push(functions);
    template.routes().stream()
        .filter(route -> route.routeKey().startsWith("GET "))
        .map(RouteResource::functionId)
        .distinct()
        .flatMap(id -> template.function(id).stream())
        .forEach(function -> functions.deploy(spec(function, template.stack(), ledger)));
    api =
        new HttpApiServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), template, functions, time);
    open.push(api);
  }

  private static FunctionSpec spec(FunctionResource function, Stack stack, DynamoDbLocal ledger) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.put("AWS_REGION", stack.region());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", ledger.endpoint().toString());
    return new FunctionSpec(
        function.name(),
        function.arn(),
        function.handler(),
        function.memorySize(),
        function.timeout(),
        environment);
  }

  /** The API as an onboarding manager sees it. */
  SlipwayApi manager() {
    return new People(api.uri(), api.issuer()).as(Role.MANAGER, "", false);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The rest still has to be closed; nothing is lost by it.
        System.getLogger(DormantSlipway.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
      }
    }
  }
}
