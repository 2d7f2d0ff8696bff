package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.NewerItemException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.log.Log;
import dev.slipway.report.Addenda;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The last state of an onboarding's execution: notes that the run is past every task, if it is the
 * current run, and ends a look after go-live with its addendum. Takes {@code {"onboardingId",
 * "run"}}.
 */
public final class CompleteRun implements RequestStreamHandler {
  private static final Actor ACTOR = Actor.system("complete-run");

  private final FunctionContext context;

  /** For Lambda. */
  public CompleteRun() {
    this(FunctionContext.lambda());
  }

  public CompleteRun(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    JsonNode payload = Json.MAPPER.readTree(input);
    String id = payload.path("onboardingId").asText("");
    int run = payload.path("run").asInt(0);
    Log log = Log.of(lambda).with("onboarding", id).with("run", run);
    try {
      complete(id, run, log);
    } catch (SdkException | NewerItemException e) {
      log.trouble("the run could not be completed yet", e);
      throw new Slipway.Unavailable("ledger");
    } catch (Throwable e) {
      log.trouble("the run could not be completed", e);
      throw e;
    }
  }

  private void complete(String id, int run, Log log) {
    for (int attempt = 0; attempt < 20; attempt++) {
      Onboarding onboarding =
          context
              .onboardings()
              .find(id)
              .orElseThrow(() -> new IllegalArgumentException("onboardingId: no such onboarding"));
      Optional<LookSchedule> look = LaterLooks.current(context, onboarding, run);
      if (look.isPresent()) {
        try {
          new Addenda(context).conclude(onboarding, look.get(), false, ACTOR);
          log.say("the look is past every row");
          return;
        } catch (LostRaceException e) {
          // Another call ended it, or the schedule was changed: look again.
          continue;
        }
      }
      boolean current =
          onboarding.run() == run
              && switch (onboarding.state()) {
                case STARTING, RUNNING -> true;
                default -> false;
              };
      if (!current) {
        log.say("the run is not the current one, or was stopped");
        return;
      }
      try {
        context
            .onboardings()
            .save(
                onboarding,
                onboarding.to(Onboarding.State.COMPLETED, context.clock().instant()),
                ACTOR,
                "run.completed",
                null);
        log.say("the run is past every task");
        return;
      } catch (LostRaceException e) {
        // A request came between: look again.
      }
    }
    throw new Slipway.Unavailable("dynamodb");
  }
}
