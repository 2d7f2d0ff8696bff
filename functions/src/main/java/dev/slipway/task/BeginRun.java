package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.NewerItemException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The first state of an onboarding's execution: decides whether the execution may begin. An
 * execution that Wake started is the current run. An execution that a person starts in the Step
 * Functions console becomes the next run if a run may be started; otherwise the answer says why
 * not.
 *
 * <p>Takes {@code {"input", "execution"}}: the execution's input, {@code {"onboardingId", "run"}},
 * and its ARN. Answers {@code {"begins", "onboardingId", "run", "error", "cause"}}.
 */
public final class BeginRun implements RequestStreamHandler {
  private static final String EXAMPLE =
      "Give {\"onboardingId\": \"…\", \"run\": 1}, as `slipway show` names the onboarding and its"
          + " run; the next run is one more.";

  private final FunctionContext context;

  /** For Lambda. */
  public BeginRun() {
    this(FunctionContext.lambda());
  }

  public BeginRun(FunctionContext context) {
    this.context = context;
  }

  /**
   * The answer.
   *
   * @param error the kind of refusal, such as {@code Slipway.StaleRun}; empty if it begins
   * @param cause what is wrong and what to do
   */
  record Answer(boolean begins, String onboardingId, int run, String error, String cause) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    JsonNode payload = Json.MAPPER.readTree(input);
    Log log = Log.of(lambda);
    try {
      Answer answer = answer(payload.path("input"), payload.path("execution").asText(""));
      log.with("onboarding", answer.onboardingId())
          .with("run", answer.run())
          .say(answer.begins() ? "the run begins" : answer.error() + ": " + answer.cause());
      Json.MAPPER.writeValue(output, answer);
    } catch (SdkException | NewerItemException e) {
      log.trouble("it is not known yet whether the run may begin", e);
      throw new Slipway.Unavailable("ledger");
    }
  }

  private Answer answer(JsonNode given, String execution) {
    JsonNode id = given.path("onboardingId");
    JsonNode run = given.path("run");
    if (!id.isTextual() || !id.textValue().matches("[a-z0-9-]{1,100}")) {
      return refused(
          "", 0, "Slipway.WrongInput", "onboardingId: must name an onboarding. " + EXAMPLE);
    }
    if (!run.isIntegralNumber() || !run.canConvertToInt() || run.intValue() < 1) {
      return refused(
          id.textValue(),
          0,
          "Slipway.WrongInput",
          "run: must be a whole number from 1. " + EXAMPLE);
    }
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        return answer(id.textValue(), run.intValue(), execution);
      } catch (LostRaceException e) {
        // Another write came between: look again.
      }
    }
    throw new Slipway.Unavailable("dynamodb");
  }

  private Answer answer(String id, int run, String execution) {
    Onboarding onboarding = context.onboardings().find(id).orElse(null);
    if (onboarding == null) {
      return refused(
          id,
          run,
          "Slipway.UnknownOnboarding",
          "onboardingId: there is no onboarding " + id + ". `slipway onboardings` lists them.");
    }
    boolean next = run == onboarding.run() + 1;
    boolean current = run == onboarding.run();
    return switch (onboarding.state()) {
      case INTAKE, STOPPED -> {
        if (!next) {
          yield stale(onboarding, run);
        }
        context
            .onboardings()
            .save(
                onboarding,
                onboarding.startedAs(execution, context.clock().instant()),
                Actor.system("begin-run"),
                "onboarding.started",
                "by the execution " + execution);
        yield new Answer(true, id, run, "", "");
      }
      case STARTING, RUNNING -> {
        boolean own =
            execution.equals(onboarding.executionArn())
                || execution.endsWith(":" + onboarding.executionName());
        yield current && own
            ? new Answer(true, id, run, "", "")
            : current
                ? refused(
                    id,
                    run,
                    "Slipway.RunUnderWay",
                    "run: run %d of %s is under way already%s. Stop it first (`slipway stop`), then start run %d."
                        .formatted(
                            run,
                            id,
                            onboarding.executionArn() == null
                                ? ""
                                : " as " + onboarding.executionArn(),
                            run + 1))
                : stale(onboarding, run);
      }
      case COMPLETED ->
          refused(
              id,
              run,
              "Slipway.NothingToRun",
              "Every row of %s is final. Retry a row, or change what was given: then the next run starts by itself."
                  .formatted(id));
      case SIGNED_OFF ->
          LaterLooks.current(context, onboarding, run)
                  .filter(look -> execution.endsWith(":" + onboarding.executionName(look.run())))
                  .isPresent()
              ? new Answer(true, id, run, "", "")
              : nothing(onboarding, run);
      case STOPPING, CANCELLING, CANCELLED -> nothing(onboarding, run);
    };
  }

  private static Answer nothing(Onboarding onboarding, int run) {
    return refused(
        onboarding.id(),
        run,
        "Slipway.NothingToRun",
        "%s is %s: no run of it begins.".formatted(onboarding.id(), onboarding.state()));
  }

  private static Answer stale(Onboarding onboarding, int run) {
    boolean waits =
        switch (onboarding.state()) {
          case INTAKE, STOPPED -> true;
          default -> false;
        };
    return refused(
        onboarding.id(),
        run,
        "Slipway.StaleRun",
        "run: %d is not the run of %s that may begin: it is %s at run %d%s"
            .formatted(
                run,
                onboarding.id(),
                onboarding.state(),
                onboarding.run(),
                waits ? ", so the next is " + (onboarding.run() + 1) + "." : "."));
  }

  private static Answer refused(String id, int run, String error, String cause) {
    return new Answer(false, id, run, error, cause);
  }
}
