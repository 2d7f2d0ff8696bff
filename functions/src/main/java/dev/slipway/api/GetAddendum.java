package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.report.Addenda;
import dev.slipway.report.Addendum;
import dev.slipway.report.AddendumHtml;
import dev.slipway.report.ReportJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /onboardings/{onboarding}/looks/{number}}: the dated addendum of one look after
 * go-live; {@code ?format=html} answers it in a form for people.
 */
public final class GetAddendum extends ApiFunction {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

  /** For Lambda. */
  public GetAddendum() {
    this(FunctionContext.lambda());
  }

  public GetAddendum(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String number = call.event().path("number");
    Addendum addendum =
        Optional.of(number)
            .filter(text -> NUMBER.matcher(text).matches())
            .flatMap(
                text -> new Addenda(call.context()).find(onboarding.id(), Integer.parseInt(text)))
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "addendum.unknown",
                        "number",
                        "There is no such addendum; `GET …/looks` lists those that there are."));
    return switch (call.event().query("format").orElse("json")) {
      case "json" ->
          ApiAnswer.text(
              200,
              "application/json",
              new String(ReportJson.bytes(addendum), StandardCharsets.UTF_8));
      case "html" -> ApiAnswer.text(200, "text/html; charset=utf-8", AddendumHtml.of(addendum));
      default ->
          throw Refusal.of(400, "query.format", "`format` must be json or html.").at("format");
    };
  }
}
