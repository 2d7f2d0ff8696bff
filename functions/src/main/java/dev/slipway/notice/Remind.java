package dev.slipway.notice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Tells people what waits for them, on a schedule. Decides nothing and approves nothing.
 *
 * <p>Takes anything as the order to look; answers {@code {"open": n, "sent": n, "failed": n,
 * "next": t}}: when there is something to tell again if nothing changes, or null.
 */
public final class Remind implements RequestStreamHandler {
  private final FunctionContext context;

  /** For Lambda. */
  public Remind() {
    this(FunctionContext.lambda());
  }

  public Remind(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    Reminders reminders =
        new Reminders(
            context.ledger(),
            context
                .value("SLIPWAY_MAIL_FROM")
                .<Mailer>map(from -> new SesMailer(context.ses(), from)),
            new Announcer(
                context.eventBridge(), context.value("SLIPWAY_EVENT_BUS").orElse("default")),
            Duration.ofHours(
                context.value("SLIPWAY_ESCALATE_AFTER_HOURS").map(Long::parseLong).orElse(48L)),
            line -> lambda.getLogger().log(line + "\n"));
    ObjectNode answer = reminders.tell(new OpenAsks(context.ledger(), context.checklists()).all());
    Json.MAPPER.writeValue(output, answer);
  }
}
