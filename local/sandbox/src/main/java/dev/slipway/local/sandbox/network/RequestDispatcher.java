package dev.slipway.local.sandbox.network;

import dev.slipway.local.sandbox.network.HttpListener.Reaction;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Operation;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Dispatches HTTP requests to the stand-ins: finds the stand-in by the host name, lets faults
 * happen, has the request answered, and records the call before the answer leaves.
 */
public final class RequestDispatcher implements HttpListener.Responder {

  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>We will be"
          + " back soon</h1></body></html>";

  private final List<HttpStandIn> standIns;
  private final Faults faults;
  private final CallLog calls;
  private final InstantSource clock;

  /** Receives for these stand-ins; the first whose site serves a host is meant. */
  public RequestDispatcher(
      List<HttpStandIn> standIns, Faults faults, CallLog calls, InstantSource clock) {
    this.standIns = List.copyOf(standIns);
    this.faults = faults;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public Reaction respond(HttpCall call) {
    Optional<HttpStandIn> meant =
        standIns.stream()
            .filter(each -> each.sites().stream().anyMatch(site -> site.serves(call.host())))
            .findFirst();
    if (meant.isEmpty()) {
      return new Reaction.Answer(HttpAnswer.text(421, "Misdirected request: " + call.host()));
    }
    HttpStandIn standIn = meant.get();
    Operation operation = standIn.operation(call);
    Optional<Fault> fault = faults.take(standIn.system(), operation);
    if (fault.isEmpty()) {
      HttpAnswer answer = standIn.answer(call);
      calls.record(standIn.system(), operation, answer.outcome());
      return new Reaction.Answer(answer);
    }
    String noted = "fault:" + fault.get().kind().wireName();
    Optional<HttpAnswer> work =
        fault.get().phase() == Fault.Phase.AFTER
            ? Optional.of(standIn.answer(call))
            : Optional.empty();
    Reaction reaction = disturb(standIn, call, fault.get(), work);
    // The work that was done counts as done, however its answer is lost.
    calls.record(
        standIn.system(), operation, work.map(done -> done.outcome() + "," + noted).orElse(noted));
    return reaction;
  }

  private Reaction disturb(
      HttpStandIn standIn, HttpCall call, Fault fault, Optional<HttpAnswer> work) {
    return switch (fault.kind()) {
      case STATUS_429 ->
          new Reaction.Answer(
              retryAfter(HttpAnswer.text(429, text(fault, "Too Many Requests")), fault));
      case STATUS_5XX ->
          new Reaction.Answer(
              retryAfter(
                  HttpAnswer.text(
                      fault.status() == 0 ? 503 : fault.status(), text(fault, "Unavailable")),
                  fault));
      case HTML ->
          new Reaction.Answer(
              HttpAnswer.of(
                  fault.status() == 0 ? 200 : fault.status(), "text/html; charset=utf-8", PAGE));
      case OK_WITH_ERROR -> new Reaction.Answer(standIn.okWithError(fault));
      case HANG -> new Reaction.Silence();
      case RESET, REFUSED -> new Reaction.Hangup();
      case SLOW -> {
        try {
          Thread.sleep(fault.delay());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield new Reaction.Answer(work.orElseGet(() -> standIn.answer(call)));
      }
    };
  }

  private HttpAnswer retryAfter(HttpAnswer answer, Fault fault) {
    return switch (fault.retryAfter()) {
      case NONE -> answer;
      case SECONDS -> answer.with("Retry-After", Long.toString(fault.delay().toSeconds()));
      case HTTP_DATE ->
          answer.with(
              "Retry-After",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  clock.instant().plus(fault.delay()).atOffset(ZoneOffset.UTC)));
      case EPOCH ->
          answer.with(
              "X-Retry-After", Long.toString(clock.instant().plus(fault.delay()).getEpochSecond()));
    };
  }

  private static String text(Fault fault, String usual) {
    return fault.message().isEmpty() ? usual : fault.message();
  }
}
