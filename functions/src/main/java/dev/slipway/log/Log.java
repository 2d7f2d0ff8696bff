package dev.slipway.log;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The log of one invocation: a JSON object per line, each of which names the function, the
 * invocation and its subject (onboarding, run, task, attempt). A line holds no message of an
 * exception, for that could quote anything.
 */
public final class Log {
  private static final int FRAMES = 8;

  private final ObjectNode about;
  private final Consumer<String> lines;

  private Log(ObjectNode about, Consumer<String> lines) {
    this.about = about;
    this.lines = lines;
  }

  /** The log of an invocation. Lambda's Java runtime adds no line end of its own. */
  public static Log of(Context lambda) {
    ObjectNode about =
        JsonNodeFactory.instance
            .objectNode()
            .put("function", lambda.getFunctionName())
            .put("invocation", lambda.getAwsRequestId());
    return new Log(about, line -> lambda.getLogger().log(line + "\n"));
  }

  /** A log that keeps nothing. */
  public static Log none() {
    return new Log(JsonNodeFactory.instance.objectNode(), line -> {});
  }

  /** The same log, each line of which has one more field. */
  public Log with(String field, String value) {
    Log other = new Log(about.deepCopy(), lines);
    other.about.put(field, value);
    return other;
  }

  /** The same log, each line of which has one more field. */
  public Log with(String field, long value) {
    Log other = new Log(about.deepCopy(), lines);
    other.about.put(field, value);
    return other;
  }

  /** Writes a line. */
  public void say(String message) {
    write(JsonNodeFactory.instance.objectNode().put("message", message));
  }

  /** Writes a line about a failure: what happened and where. */
  public void trouble(String message, Throwable thrown) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("message", message);
    line.set("trouble", trouble(thrown));
    write(line);
  }

  /** The exception and the place where it was thrown, without any message. */
  public static ArrayNode trouble(Throwable thrown) {
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      lines.add(t.getClass().getName());
      Arrays.stream(t.getStackTrace()).limit(FRAMES).forEach(frame -> lines.add("  at " + frame));
    }
    return lines;
  }

  /** Writes a line with these fields. */
  public void write(ObjectNode fields) {
    ObjectNode line = about.deepCopy();
    line.setAll(fields);
    lines.accept(line.toString());
  }
}
