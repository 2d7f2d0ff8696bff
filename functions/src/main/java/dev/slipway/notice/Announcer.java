package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Onboarding;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Tells other systems of the operator, on an event bus, with the source {@code slipway}: {@code
 * Reminder Sent}, {@code Mail Refused}, {@code Task Overdue}, {@code Task Escalated} and {@code
 * Erasure Announced}. The detail names onboarding, tasks and party, and no person; {@code
 * docs/events.schema.json} describes it.
 */
final class Announcer {
  private static final String SOURCE = "slipway";

  /** EventBridge takes entries of 256 KB; an item has some 300 bytes. */
  private static final int MOST_ITEMS = 500;

  private final EventBridgeClient events;
  private final String bus;

  Announcer(EventBridgeClient events, String bus) {
    this.events = events;
    this.bus = bus;
  }

  void overdue(Ask ask) {
    put("Task Overdue", detail(ask));
  }

  void escalated(Ask ask) {
    put("Task Escalated", detail(ask));
  }

  void reminded(Onboarding onboarding, List<Ask> asks) {
    parts(asks).forEach(part -> put("Reminder Sent", detail(onboarding, part)));
  }

  /**
   * A mail about them was not accepted.
   *
   * @param code what the mail service called it
   * @param forGood whether the receiver is refused, and who leads is told instead
   */
  void refused(Onboarding onboarding, List<Ask> asks, String code, boolean forGood) {
    parts(asks)
        .forEach(
            part ->
                put(
                    "Mail Refused",
                    detail(onboarding, part).put("code", code).put("forGood", forGood)));
  }

  private static Stream<List<Ask>> parts(List<Ask> asks) {
    return IntStream.iterate(0, from -> from < asks.size(), from -> from + MOST_ITEMS)
        .mapToObj(from -> asks.subList(from, Math.min(asks.size(), from + MOST_ITEMS)));
  }

  private static ObjectNode detail(Onboarding onboarding, List<Ask> asks) {
    ObjectNode detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("onboarding", onboarding.id())
            .put("checklist", onboarding.checklist());
    asks.forEach(ask -> detail.withArray("items").add(item(ask)));
    return detail;
  }

  void erasure(Onboarding onboarding) {
    put(
        "Erasure Announced",
        JsonNodeFactory.instance
            .objectNode()
            .put("onboarding", onboarding.id())
            .put("checklist", onboarding.checklist())
            .put("eraseAt", onboarding.eraseAt().toString()));
  }

  private static ObjectNode detail(Ask ask) {
    return item(ask)
        .put("onboarding", ask.onboarding().id())
        .put("checklist", ask.onboarding().checklist());
  }

  private static ObjectNode item(Ask ask) {
    ObjectNode item =
        JsonNodeFactory.instance
            .objectNode()
            .put("task", ask.key().toString())
            .put("outcome", ask.outcome().state())
            .put("step", ask.step())
            .put("party", ask.party().name());
    if (ask.topic() != Ask.Topic.TASK) {
      item.put("about", ask.topic().name());
    }
    if (ask.due() != null) {
      item.put("due", ask.due().toString());
    }
    if (ask.problem() != null) {
      item.put("problem", ask.problem().code());
    }
    return item;
  }

  private void put(String type, JsonNode detail) {
    PutEventsResponse answer =
        events.putEvents(
            r ->
                r.entries(
                    PutEventsRequestEntry.builder()
                        .eventBusName(bus)
                        .source(SOURCE)
                        .detailType(type)
                        .detail(detail.toString())
                        .build()));
    if (answer.failedEntryCount() > 0) {
      throw new IllegalStateException(
          "the event bus refused an event: " + answer.entries().getFirst().errorCode());
    }
  }
}
