package dev.slipway.enterprise.products;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.web.WebPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Terms of use and privacy page answer 200 with a trusted certificate (M13). */
public final class LegalPages implements ElementLook {
  private final FunctionContext context;

  /** By this context's way out. */
  public LegalPages(FunctionContext context) {
    this.context = context;
  }

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    WebPages pages = new WebPages(context.egress(), "legal-pages");
    List<String> answers = new ArrayList<>();
    List<ElementFinding> findings = new ArrayList<>();
    for (String name : List.of("terms", "privacy")) {
      HttpAnswer answer = pages.open(URI.create(subject.value().path("legal").path(name).asText()));
      answers.add(name + ": HTTP " + answer.status());
      if (answer.status() != 200) {
        findings.add(
            ElementFinding.error(
                "legal.no-page",
                "/legal/" + name,
                "The page answers HTTP %d.".formatted(answer.status()),
                "Publish the page, or correct its address."));
      }
    }
    return new LookResult.Seen("the legal pages", String.join(", ", answers), findings);
  }
}
