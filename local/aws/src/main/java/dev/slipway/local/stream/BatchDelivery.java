package dev.slipway.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.StreamResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Delivers batches with Lambda's rules for failures: retries with growing pauses, bisection, the
 * failures of single items, and in the end the destination for what could not be handled.
 */
final class BatchDelivery {
  private static final System.Logger LOG = System.getLogger(BatchDelivery.class.getName());
  private static final String TOO_OLD = "RecordAgeExceeded";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final StreamResource source;
  private final String functionArn;
  private final LambdaHost functions;
  private final LocalTime time;
  private final FailureDestination destination;
  private final Pause pause;

  /** Waits in the runtime's time. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  BatchDelivery(
      StreamResource source,
      String functionArn,
      LambdaHost functions,
      LocalTime time,
      FailureDestination destination,
      Pause pause) {
    this.source = source;
    this.functionArn = functionArn;
    this.functions = functions;
    this.time = time;
    this.destination = destination;
    this.pause = pause;
  }

  /** Returns when every record was handled or given up. */
  void deliver(Batch batch) throws InterruptedException {
    deliver(batch, 0);
  }

  private void deliver(Batch whole, int triesBefore) throws InterruptedException {
    var batch = whole;
    int tries = triesBefore;
    int refused = 0;
    while (true) {
      var outcome = attempt(batch);
      if (outcome.refused) {
        // Lambda counts no retry where the function was not invoked: only age ends this.
        refused++;
        if (isTooOld(batch)) {
          giveUp(batch, tries, TOO_OLD, outcome.requestId);
          return;
        }
        pause.of(pauseAfter(refused));
        continue;
      }
      refused = 0;
      tries++;
      if (outcome.failedFrom < 0) {
        return;
      }
      if (outcome.failedFrom > 0) {
        // The records before are handled; the rest begins anew.
        batch = batch.part(outcome.failedFrom, batch.size());
        tries = 1;
      } else if (outcome.error && source.bisect() && batch.size() > 1) {
        // Bisecting costs no retry.
        int middle = batch.size() / 2;
        deliver(batch.part(0, middle), tries - 1);
        deliver(batch.part(middle, batch.size()), tries - 1);
        return;
      }
      var condition = givenUp(batch, tries);
      if (condition.isPresent()) {
        giveUp(batch, tries, condition.get(), outcome.requestId);
        return;
      }
      pause.of(pauseAfter(tries));
    }
  }

  /**
   * @param failedFrom index of the first record to deliver again, -1 if all were handled
   * @param error whether the invocation as a whole failed
   * @param refused whether the function was not even invoked, such as a throttled one
   */
  private record Outcome(int failedFrom, boolean error, boolean refused, String requestId) {}

  private Outcome attempt(Batch batch) {
    InvocationResult result;
    try {
      result = functions.invoke(functionArn, batch.event()).join();
    } catch (CompletionException e) {
      return new Outcome(0, true, true, "");
    }
    if (result.failed()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} failed with {1} records of the stream: {2}",
          functionArn.substring(functionArn.lastIndexOf(':') + 1),
          batch.size(),
          result.payload().path("errorType").asText()
              + ": "
              + result.payload().path("errorMessage").asText());
      return new Outcome(0, true, false, result.requestId());
    }
    var failedFrom = source.reportsItemFailures() ? firstFailed(batch, result.payload()) : -1;
    return new Outcome(failedFrom, false, false, result.requestId());
  }

  /** An identifier that is missing or unknown means the whole batch, as with Lambda. */
  private static int firstFailed(Batch batch, JsonNode answer) {
    int first = -1;
    for (var failure : answer.path("batchItemFailures")) {
      int index = batch.indexOf(failure.path("itemIdentifier").asText());
      if (index < 0) {
        return 0;
      }
      first = first < 0 ? index : Math.min(first, index);
    }
    return first;
  }

  private Optional<String> givenUp(Batch batch, int tries) {
    if (source.maximumRetries().isPresent() && tries > source.maximumRetries().getAsInt()) {
      return Optional.of("RetryAttemptsExhausted");
    }
    return isTooOld(batch) ? Optional.of(TOO_OLD) : Optional.empty();
  }

  private boolean isTooOld(Batch batch) {
    var oldest = Instant.ofEpochMilli((long) (batch.created(0) * 1000));
    var age = Duration.between(oldest, time.clock().instant());
    return source.maximumAge().map(most -> age.compareTo(most) > 0).orElse(false);
  }

  private static Duration pauseAfter(int tries) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void giveUp(Batch batch, int tries, String condition, String requestId) {
    if (source.onFailure().isEmpty()) {
      return;
    }
    var report = JsonNodeFactory.instance.objectNode();
    report
        .putObject("requestContext")
        .put("requestId", requestId)
        .put("functionArn", functionArn)
        .put("condition", condition)
        .put("approximateInvokeCount", tries);
    report
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", "$LATEST")
        .put("functionError", "Unhandled");
    report.put("version", "1.0");
    report.put("timestamp", time.clock().instant().toString());
    int last = batch.size() - 1;
    report
        .putObject("DDBStreamBatchInfo")
        .put("shardId", batch.shardId())
        .put("startSequenceNumber", batch.sequenceNumber(0))
        .put("endSequenceNumber", batch.sequenceNumber(last))
        .put("approximateArrivalOfFirstRecord", arrival(batch, 0))
        .put("approximateArrivalOfLastRecord", arrival(batch, last))
        .put("batchSize", batch.size())
        .put("streamArn", batch.streamArn());
    destination.send(source.onFailure().get(), report);
  }

  private static String arrival(Batch batch, int index) {
    return Instant.ofEpochMilli((long) (batch.created(index) * 1000)).toString();
  }
}
