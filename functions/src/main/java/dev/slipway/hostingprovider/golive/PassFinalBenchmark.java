package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.notice.MailSender;
import dev.slipway.notice.SesMailSender;
import dev.slipway.report.Report;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * V16: the vendor's engineers measure and tune the platform. Afterwards everything is verified
 * again, the test customer goes the whole way once more, and a person decides on go-live.
 */
public final class PassFinalBenchmark extends TaskFunction {
  private static final String FIELD = Benchmark.FIELD;

  private final ThirdParties parties;
  private final Dossier dossier;
  private final MailSender post;

  /** For Lambda. */
  public PassFinalBenchmark() {
    this(FunctionContext.lambda());
  }

  public PassFinalBenchmark(FunctionContext context) {
    this(
        context,
        new Network(context.egress()),
        new LedgerDossier(context),
        new SesMailSender(context));
  }

  PassFinalBenchmark(
      FunctionContext context, ThirdParties parties, Dossier dossier, MailSender post) {
    super(context);
    this.parties = parties;
    this.dossier = dossier;
    this.post = post;
  }

  @Override
  protected void perform(Work work) {
    JsonNode element = work.element(FIELD);
    if (element.has("prerequisites")) {
      work.step("confirm-prerequisites")
          .about("platform.domain", FIELD + ".prerequisites")
          .material(lines(element.path("prerequisites")))
          .field(FIELD)
          .person(
              statement ->
                  new Finding(
                          "prerequisites",
                          FIELD,
                          element.path("prerequisites").size() + " are in place")
                      .saidIn(statement));
    }
    String request = request(work);
    new Delivery(work, post)
        .give(
            "request-benchmark",
            Json.hash(Json.tree(request)),
            "Final benchmark of " + dossier.report(work.onboarding()).name(),
            request);
    String passed = new Benchmark(work, dossier).passed();
    new FinalRecheck(work, dossier, passed).take();
    Report report = dossier.report(work.onboarding());
    String round = "after " + passed + " " + HandOver.basis(work);
    new CustomerJourney(work, parties, report, round).go();
    work.step("decide")
        .about(work.about().and("round", round))
        .field(FIELD)
        .person(statement -> decided(work, statement));
  }

  @Override
  protected void verify(Work work) {
    work.proof(
        FIELD,
        () -> {
          String sha256 =
              work.answer("report-benchmark").orElseThrow().values().path("report").asText();
          return new Finding(
              "benchmark report",
              "file " + sha256,
              dossier
                  .file(work.onboarding(), sha256)
                  .map(file -> file.bytes() + " bytes, kept")
                  .orElseThrow());
        });
  }

  private static String request(Work work) {
    JsonNode element = work.element(FIELD);
    return "The final benchmarking and configuration of the platform "
        + work.element("platform").path("domain").asText()
        + " is requested.\n\nHosts:\n"
        + lines(element.path("hosts"))
        + "\n\nPass criteria:\n"
        + lines(element.path("criteria"))
        + (element.has("prerequisites")
            ? "\n\nStated to be in place:\n" + lines(element.path("prerequisites"))
            : "")
        + "\n\nLead time: "
        + element.path("leadTimeDays").asInt()
        + " days. Maintenance window: "
        + work.element("maintenance-window")
        + "\n\nAgree on a time, perform the benchmark, and report the results with the list of what"
        + " was changed.\n";
  }

  private static String lines(JsonNode items) {
    List<String> lines = new ArrayList<>();
    items.forEach(item -> lines.add("- " + item.asText()));
    return String.join("\n", lines);
  }

  private static Finding decided(Work work, Answer answer) {
    if (answer.denies("goLive")) {
      throw new UnmetRequirement(
          "go-live.decided-against",
          "slipway",
          null,
          answer.by() + " decided against going live: " + answer.statement(),
          "Settle the reasons; then it is decided again.");
    }
    return new Finding(
            "go-live decision",
            work.element("platform").path("domain").asText(),
            "decided by " + answer.by() + " at " + answer.at())
        .saidIn(answer);
  }
}
