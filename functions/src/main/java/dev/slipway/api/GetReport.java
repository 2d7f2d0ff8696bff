package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.SignedReport;
import dev.slipway.privacy.Aliases;
import dev.slipway.report.Compressed;
import dev.slipway.report.Report;
import dev.slipway.report.ReportHtml;
import dev.slipway.report.ReportJson;
import dev.slipway.report.ReportMarkdown;
import dev.slipway.report.Reporter;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /onboardings/{onboarding}/report}: what became of every line of the checklist, with
 * evidence. After the sign-off it is the one that was signed, to the byte, which names people by
 * aliases. {@code ?format=html} and {@code ?format=markdown} answer the same report in a form for
 * people, with names until these are erased.
 */
public final class GetReport extends ApiFunction {
  /** For Lambda. */
  public GetReport() {
    this(FunctionContext.lambda());
  }

  public GetReport(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String format = call.event().query("format").orElse("json");
    return switch (format) {
      case "json" ->
          ApiAnswer.text(
              200, "application/json", new String(json(call, onboarding), StandardCharsets.UTF_8));
      case "html" -> ApiAnswer.text(200, "text/html; charset=utf-8", html(call, onboarding));
      case "markdown" ->
          ApiAnswer.text(
              200, "text/markdown; charset=utf-8", ReportMarkdown.of(forPeople(call, onboarding)));
      default ->
          throw Refusal.of(400, "query.format", "`format` must be json, html or markdown.")
              .at("format");
    };
  }

  private static String html(ApiCall call, Onboarding onboarding) {
    return ReportHtml.of(forPeople(call, onboarding));
  }

  /** A signed report names aliases: people read the names, as long as these are kept. */
  private static Report forPeople(ApiCall call, Onboarding onboarding) {
    Report report = ReportJson.read(json(call, onboarding));
    Aliases aliases = Aliases.of(call.context().personalData().people(onboarding.id()));
    return ReportJson.of(aliases.reveal(ReportJson.tree(report)));
  }

  private static byte[] json(ApiCall call, Onboarding onboarding) {
    if (onboarding.state() == Onboarding.State.SIGNED_OFF) {
      return signed(call.context(), onboarding.id());
    }
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    Report report =
        Reporter.of(
                onboarding,
                call.checklist(onboarding, standing.rows()),
                call.now(),
                standing,
                call.context().tasks().attempts(onboarding.id()),
                call.context().answers().of(onboarding.id()))
            .report();
    return ReportJson.bytes(report);
  }

  private static byte[] signed(FunctionContext context, String onboarding) {
    SignedReport report = context.signOffs().signedReport(onboarding).orElseThrow();
    return context
        .reports()
        .content(onboarding, report.file())
        .map(Compressed::content)
        .orElseThrow(() -> new IllegalStateException("the signed report is gone"));
  }
}
