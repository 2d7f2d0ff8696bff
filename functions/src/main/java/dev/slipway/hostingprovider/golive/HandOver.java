package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.notice.MailSender;
import dev.slipway.notice.SesMailSender;
import dev.slipway.report.Report;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;

/**
 * V15: a test customer goes the whole way; then the onboarding manager gets a pack of what was
 * configured, and acknowledges it.
 */
public final class HandOver extends TaskFunction {
  private static final String PACK = "hand-over.md";

  /** The elements on which a journey does not depend. */
  private static final List<String> ABOUT_PEOPLE =
      List.of("contacts", "onboarding-manager", "final-benchmark");

  private final ThirdParties parties;
  private final Dossier dossier;
  private final MailSender post;

  /** For Lambda. */
  public HandOver() {
    this(FunctionContext.lambda());
  }

  public HandOver(FunctionContext context) {
    this(
        context,
        new Network(context.egress()),
        new LedgerDossier(context),
        new SesMailSender(context));
  }

  HandOver(FunctionContext context, ThirdParties parties, Dossier dossier, MailSender post) {
    super(context);
    this.parties = parties;
    this.dossier = dossier;
    this.post = post;
  }

  @Override
  protected void perform(Work work) {
    Report report = dossier.report(work.onboarding());
    String basis = basis(work);
    CustomerJourney journey = new CustomerJourney(work, parties, report, "before " + basis);
    journey.go();
    work.step("assemble-pack").machine(() -> assembled(work, basis, report, journey));
    String sha256 = pack(work, basis).orElseThrow().asText();
    String text = content(work, sha256);
    String subject = "Hand-over of " + report.name() + ": " + report.title();
    new Delivery(work, post).give("deliver-pack", sha256, subject, text);
    work.step("acknowledge")
        .about(work.about("onboarding-manager.name").and("pack", sha256))
        .material("The pack is the file %s.".formatted(sha256))
        .person(statement -> said(work, statement));
  }

  @Override
  protected void verify(Work work) {
    work.proof(
        null,
        () -> {
          String sha256 = pack(work, basis(work)).map(JsonNode::asText).orElseThrow();
          return new Finding(
              "hand-over pack",
              "file " + sha256,
              content(work, sha256).length() + " characters, kept");
        });
  }

  private Finding assembled(Work work, String basis, Report report, CustomerJourney journey) {
    JsonNode sha256 =
        pack(work, basis)
            .orElseGet(
                () ->
                    work.remember(
                        Note.Kind.RESOURCE,
                        "pack:" + basis,
                        Json.tree(
                            dossier.keep(
                                work.onboarding(),
                                PACK,
                                new HandOverPack(
                                        report, work.elements(), journey.told(), work.now())
                                    .text()))));
    content(work, sha256.asText());
    return new Finding(
        "hand-over pack",
        "file " + sha256.asText(),
        "made of " + report.tasks().size() + " rows and the journey of the test customer");
  }

  private static Finding said(Work work, Answer answer) {
    if (!answer.role().equals("manager")) {
      throw new UnmetRequirement(
          "hand-over.not-a-manager",
          "slipway",
          null,
          answer.by() + " is no onboarding manager (but " + answer.role() + ").",
          "Have an onboarding manager acknowledge the hand-over.");
    }
    if (answer.denies("accepted")) {
      throw new UnmetRequirement(
          "hand-over.incomplete",
          "slipway",
          null,
          "The onboarding manager misses a part: " + answer.statement(),
          "Supply it, and tell the onboarding manager; then it is acknowledged again.");
    }
    return new Finding(
            "acknowledgement",
            work.element("onboarding-manager").path("name").asText(),
            "acknowledged by " + answer.by() + ", as " + answer.role())
        .saidIn(answer);
  }

  /** A short hash of the elements that configure the platform: another hash needs another pack. */
  static String basis(Work work) {
    ObjectNode given = work.elements().deepCopy();
    given.remove(ABOUT_PEOPLE);
    return Json.hash(given).substring(0, 16);
  }

  private static Optional<JsonNode> pack(Work work, String basis) {
    return work.remembered(Note.Kind.RESOURCE, "pack:" + basis);
  }

  private String content(Work work, String sha256) {
    return dossier
        .text(work.onboarding(), sha256)
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "hand-over.pack-missing",
                    "slipway",
                    null,
                    "The hand-over pack is not kept any more.",
                    "Ask the platform's engineers."));
  }
}
