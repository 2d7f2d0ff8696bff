package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service of AWS's query protocol: a form with an {@code Action} is answered by XML. */
abstract class FormService implements AwsService {

  /** Does one action, within a change of the world's part {@code aws}. */
  @FunctionalInterface
  interface Handler {
    HttpAnswer answer(ObjectNode part, Map<String, String> form, AwsCaller caller);
  }

  private final World world;
  private final String name;
  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  FormService(World world, String name) {
    this.world = world;
    this.name = name;
  }

  final void on(String action, Handler handler) {
    handlers.put(action, handler);
  }

  /** What a request is about, for counting and for matching faults. */
  abstract String key(HttpCall call);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Operation operation(HttpCall call) {
    return new Operation(call.parameters().getOrDefault("Action", ""), key(call));
  }

  @Override
  public final HttpAnswer answer(HttpCall call, AwsCaller caller) {
    Handler handler = handlers.get(call.parameters().getOrDefault("Action", ""));
    if (handler == null) {
      return error(400, "InvalidAction", "The action is not valid for this endpoint.");
    }
    return world.change(Aws.SYSTEM, part -> handler.answer(part, call.parameters(), caller));
  }

  @Override
  public HttpAnswer error(int status, String code, String message) {
    return HttpAnswer.xml(
            status,
            "<ErrorResponse><Error>"
                + xml("Code", code)
                + xml("Message", message)
                + "</Error></ErrorResponse>")
        .noted(code);
  }

  final Refusal refusal(int status, String code, String message) {
    return new Refusal(error(status, code, message));
  }

  /** The answer to an action. */
  static HttpAnswer result(String action, String content) {
    return HttpAnswer.xml(
        200,
        "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>".formatted(action, content));
  }

  /** An element with a text. */
  static String xml(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }
}
