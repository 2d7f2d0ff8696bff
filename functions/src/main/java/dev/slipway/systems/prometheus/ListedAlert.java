package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert as Alertmanager lists it (API v2, {@code gettableAlert}).
 *
 * @param receivers the names of those whom its route leads to
 * @param withheld why none of them is told, in words; empty when they are
 */
public record ListedAlert(List<String> receivers, List<String> withheld) {

  public ListedAlert {
    receivers = List.copyOf(receivers);
    withheld = List.copyOf(withheld);
  }

  static ListedAlert of(JsonNode alert) {
    JsonNode status = alert.path("status");
    List<String> withheld = new ArrayList<>();
    add(withheld, "silenced by ", status.path("silencedBy"));
    add(withheld, "inhibited by ", status.path("inhibitedBy"));
    add(withheld, "muted by ", status.path("mutedBy"));
    String state = status.path("state").asText("active");
    if (withheld.isEmpty() && !state.equals("active")) {
      withheld.add(state);
    }
    List<String> receivers = texts(alert.path("receivers"), "name");
    if (withheld.isEmpty() && receivers.isEmpty()) {
      withheld.add("without a receiver");
    }
    return new ListedAlert(receivers, withheld);
  }

  private static void add(List<String> withheld, String how, JsonNode by) {
    if (!by.isEmpty()) {
      withheld.add(how + String.join(", ", texts(by, "")));
    }
  }

  private static List<String> texts(JsonNode list, String field) {
    return list.valueStream()
        .map(each -> field.isEmpty() ? each : each.path(field))
        .map(text -> text.asText(""))
        .toList();
  }
}
