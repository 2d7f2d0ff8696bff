package dev.slipway.notice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.log.Log;
import dev.slipway.log.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Reminds people of the work that waits for them, on a schedule. Decides nothing and approves
 * nothing.
 *
 * <p>Takes anything as the order to look; answers {@code {"open": n, "sent": n, "failed": n,
 * "next": t, "addendaTold": n, "erasuresAnnounced": n}}: the time of the next notice if nothing
 * changes, or null.
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
    Log log = Log.of(lambda);
    try {
      Json.MAPPER.writeValue(output, look(log));
    } catch (Throwable e) {
      log.trouble("nobody more could be told", e);
      throw e;
    }
  }

  private ObjectNode look(Log log) {
    Isolation isolation = new Isolation(log);
    Optional<Mailer> mailer =
        context.value("SLIPWAY_MAIL_FROM").map(from -> new SesMailer(context.ses(), from));
    Announcer announcer =
        new Announcer(context.eventBridge(), context.value("SLIPWAY_EVENT_BUS").orElse("default"));
    Reminders reminders =
        new Reminders(
            context.auditTrail(),
            context.keys(),
            context.clock(),
            mailer,
            announcer,
            policy(),
            log,
            isolation);
    List<Ask> asks =
        new OpenAsks(
                context.decisions(),
                context.elements(),
                context.onboardings(),
                context.openWork(),
                context.clock(),
                context.checklists(),
                isolation)
            .all();
    BlockedNotices blocked =
        new BlockedNotices(PromptMails.of(context), context.value("SLIPWAY_API_URL").orElse(""));
    asks.forEach(
        ask ->
            ask.blocked()
                .forEach(
                    each ->
                        isolation.run(
                            ask.onboarding().id(),
                            () ->
                                blocked.tell(
                                    ask.onboarding(), ask.title(), each, ask.escalatedTo()))));
    int addenda =
        new AddendumNotices(
                context,
                PromptMails.of(context),
                context.value("SLIPWAY_API_URL").orElse(""),
                isolation)
            .tell();
    ObjectNode answer = reminders.tell(asks);
    answer.put("addendaTold", addenda);
    ErasureNotices erasures =
        new ErasureNotices(
            context.auditTrail(),
            context.elements(),
            context.keys(),
            context.onboardings(),
            context.openWork(),
            context.clock(),
            mailer,
            announcer,
            Duration.ofDays(
                context.value("SLIPWAY_ERASURE_NOTICE_DAYS").map(Long::parseLong).orElse(7L)),
            log,
            isolation);
    answer.put("erasuresAnnounced", erasures.tell());
    erasures
        .next()
        .map(Instant::toString)
        .filter(
            time ->
                !answer.hasNonNull("next")
                    || Instant.parse(time).isBefore(Instant.parse(answer.get("next").asText())))
        .ifPresent(time -> answer.put("next", time));
    Instant now = context.clock().instant();
    new Metrics(context.value("SLIPWAY_STACK").orElse("slipway"))
        .count("TasksOpen", asks.size())
        .count("TasksOverdue", asks.stream().filter(ask -> ask.isOverdue(now)).count())
        .count("TasksFailed", asks.stream().filter(Ask::isFailure).count())
        .count(Metrics.SKIPPED, isolation.skipped().size())
        .write(log, now);
    return answer;
  }

  private Reminders.Policy policy() {
    return new Reminders.Policy(
        Duration.ofHours(
            context.value("SLIPWAY_ESCALATE_AFTER_HOURS").map(Long::parseLong).orElse(48L)),
        context.value("SLIPWAY_TIME_ZONE").map(ZoneId::of).orElse(ZoneOffset.UTC),
        context.value("SLIPWAY_MAILS_FROM_HOUR").map(Integer::parseInt).orElse(8),
        context.value("SLIPWAY_API_URL").orElse(""));
  }
}
