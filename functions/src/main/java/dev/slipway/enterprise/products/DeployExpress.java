package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.ExpressAdmin;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * M16: a tenant has its frontend at its host, with its own look, connected to the hub of its
 * environment, and the customer accepts it. If not, the vendor builds it anew, with the customer's
 * reason.
 */
public final class DeployExpress extends TaskFunction {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
  private static final String LOOK = "tenant-look";
  private static final String THEME = "theme";
  private static final String ACCEPTED = "accepted";

  /** From this series on colours and logo are changed while the frontend runs. */
  private static final int WITH_THEMES = 4;

  private static final Set<Kind> REFUSED =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public DeployExpress() {
    this(FunctionContext.lambda());
  }

  public DeployExpress(FunctionContext context) {
    this(context, context.egress());
  }

  DeployExpress(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    ExpressSite site = new ExpressSite(work, http);
    work.step("build")
        .about(aboutBuild(work))
        .field(LOOK)
        .person(statement -> built(work, site, statement));
    answers(work, site);
    HubDomain domain = new HubDomain(work, site);
    work.step("domain")
        .about("tenants.host")
        .field("tenants")
        .leftToPerson(REFUSED)
        .machine(domain::ensure)
        .orPerson(domain::look);
    if (work.hasSecret(ExpressAdmin.SYSTEM)) {
      work.step(THEME)
          .about(LOOK)
          .field(LOOK)
          .leftToPerson(REFUSED)
          .machine(() -> themed(work, site))
          .orAttested();
    }
  }

  @Override
  protected void verify(Work work) {
    ExpressSite site = new ExpressSite(work, http);
    answers(work, site);
    work.step("healthy").field("tenants").machine(() -> healthy(work, site));
    work.step("look").field(LOOK).machine(() -> new ExpressLook(work, http, site.host()).finding());
    work.step("accept").about(aboutBuild(work)).person(DeployExpress::accepted);
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        "tenants",
        () -> {
          List<String> done = new ArrayList<>();
          ExpressSite site = new ExpressSite(work, http);
          new HubDomain(work, site).putBack().ifPresent(done::add);
          if (work.remembered(Note.Kind.INTENT, THEME).isPresent()) {
            site.admin().resetTheme();
            done.add("the theme is that of the build again; the logo is the vendor's to put back");
          }
          return new Finding(
              "put back",
              "https://" + site.host(),
              (done.isEmpty() ? "nothing had been changed by machine" : String.join("; ", done))
                  + "; the vendor deploys the release before");
        });
  }

  private static About aboutBuild(Work work) {
    return work.about("tenants.host", LOOK, "release.express");
  }

  /** A refusal that is newer than the build asks for another one. */
  private static Finding built(Work work, ExpressSite site, Answer statement) {
    Optional<Answer> refused =
        work.answer("accept")
            .filter(answer -> answer.denies(ACCEPTED) && answer.at().isAfter(statement.at()));
    if (refused.isPresent()) {
      throw new UnmetRequirement(
          "express.refused",
          Express.SYSTEM,
          LOOK,
          refused.get().by() + " does not accept the frontend: " + reason(refused.get()),
          "Change it, build and deploy it again, and say so; then it is accepted anew.");
    }
    return new Finding("build", "https://" + site.host(), "built and deployed, as stated");
  }

  /** The customer states {@code {"accepted": true}}, or false with the {@code reason}. */
  private static Finding accepted(Answer answer) {
    if (answer.denies(ACCEPTED)) {
      throw new UnmetRequirement(
          "express.built-anew",
          Express.SYSTEM,
          LOOK,
          "The frontend was built anew since it was refused.",
          "Look at it again, and say whether you accept it.");
    }
    if (!answer.value(ACCEPTED).asBoolean()) {
      throw new UnmetRequirement(
          "express.not-accepted",
          Express.SYSTEM,
          ACCEPTED,
          "The statement does not say whether the frontend is accepted.",
          "Say whether you accept it, and if not, why.");
    }
    return new Finding("acceptance", "the frontend", "accepted by " + answer.by()).saidIn(answer);
  }

  private static String reason(Answer refusal) {
    return refusal.value("reason").asText(refusal.statement());
  }

  private static void answers(Work work, ExpressSite site) {
    work.step("answers").field("tenants").machine(site::ping);
    work.step("right-hub").field("tenants").machine(site::version);
  }

  /**
   * While the catalogue is empty the frontend takes its hub for broken. M24 asks again for each
   * application, so that one without any stays as it is.
   */
  private static Finding healthy(Work work, ExpressSite site) {
    Express.Health health = site.express().health();
    boolean isForLater = health.lacksHub() && site.hub().apps().isEmpty();
    if (!health.isHealthy() && !isForLater) {
      throw new UnmetRequirement(
              "express.unhealthy",
              Express.SYSTEM,
              "tenants",
              site.express().against() + " finds itself unhealthy: " + health.said(),
              "Look into its log, and mend what it names. It is looked at again by itself.")
          .lookedAtAgain(work.now().plus(LOOK_AGAIN));
    }
    return new Finding(
        "GET /mnoe/health_check/full",
        site.express().against(),
        health.said() + (isForLater ? " (the catalogue is empty still: M24 looks again)" : ""));
  }

  /** Only what the build does not show already is published. */
  private Finding themed(Work work, ExpressSite site) {
    String against = site.express().against();
    String look = Json.hash(work.element(LOOK));
    Optional<JsonNode> published = work.remembered(Note.Kind.RESOURCE, "themed:" + look);
    if (published.isEmpty() && new ExpressLook(work, http, site.host()).isAsGiven()) {
      return new Finding(THEME, against, "the build has the look");
    }
    if (published.isEmpty() && site.express().version().series() < WITH_THEMES) {
      return new Finding(THEME, against, "this series has its look from the build alone");
    }
    work.remember(Note.Kind.INTENT, THEME, Json.tree(work.now()));
    String at = work.once("theme:" + look, "themed:" + look, () -> publish(work, site.admin()));
    return new Finding(
        "POST admin/theme/save", against, "colours and logo were published at " + at);
  }

  private static void publish(Work work, ExpressAdmin admin) {
    JsonNode look = work.element(LOOK);
    work.file(look.path("logo").asText()).ifPresent(admin::changeLogo);
    JsonNode colours = look.path("colours");
    admin.publishTheme(
        Map.of(
            "@bg-main-color", colours.path("main").asText(),
            "@decorator-main-color", colours.path("secondary").asText(),
            "@decorator-alt-color", colours.path("accent").asText()));
  }
}
