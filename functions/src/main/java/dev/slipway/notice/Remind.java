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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells people what waits for them, on a schedule. Decides nothing and approves nothing.
 *
 * <p>Takes anything as the order to look; answers {@code {"open": n, "sent": n, "failed": n,
 * "erasuresAnnounced": n}}.
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
    Optional<Mailer> mailer =
        context.value("SLIPWAY_MAIL_FROM").map(from -> new SesMailer(context.ses(), from));
    Announcer announcer =
        new Announcer(context.eventBridge(), context.value("SLIPWAY_EVENT_BUS").orElse("default"));
    Consumer<String> log = line -> lambda.getLogger().log(line + "\n");
    Reminders reminders =
        new Reminders(
            context.ledger(),
            mailer,
            announcer,
            Duration.ofHours(
                context.value("SLIPWAY_ESCALATE_AFTER_HOURS").map(Long::parseLong).orElse(48L)),
            log);
    ObjectNode answer = reminders.tell(new OpenAsks(context.ledger(), context.checklists()).all());
    answer.put(
        "erasuresAnnounced",
        new ErasureNotices(
                context.ledger(),
                mailer,
                announcer,
                Duration.ofDays(
                    context.value("SLIPWAY_ERASURE_NOTICE_DAYS").map(Long::parseLong).orElse(7L)),
                log)
            .tell());
    Json.MAPPER.writeValue(output, answer);
  }
}
