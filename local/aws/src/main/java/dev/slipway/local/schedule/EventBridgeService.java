package dev.slipway.local.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import java.util.List;

/** EventBridge's endpoint: {@code PutEvents}. */
public final class EventBridgeService implements AwsService {
  private final EventBus bus;

  public EventBridgeService(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public String target() {
    return "AWSEvents";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    return bus.needs(request);
  }

  @Override
  public JsonNode perform(String action, JsonNode request, Caller caller) {
    if (!action.equals("PutEvents")) {
      throw new AwsException("UnknownOperationException", "not available locally: " + action);
    }
    return bus.put(request);
  }
}
