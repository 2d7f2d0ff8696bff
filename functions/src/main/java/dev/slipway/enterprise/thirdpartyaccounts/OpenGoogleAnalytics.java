package dev.slipway.enterprise.thirdpartyaccounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.enterprise.VisitorSettings;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.analytics.GoogleAnalytics;
import dev.slipway.systems.analytics.TagContainer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * M57: visits of an environment's frontends are counted. A person accepts Google's terms; a machine
 * makes property and data stream where a service account is given. The frontends take a container
 * of Tag Manager, which is not the measurement id: a person publishes a tag with the id in it, and
 * a machine looks into the container's script.
 */
public final class OpenGoogleAnalytics extends TaskFunction {
  private static final String ELEMENT = "analytics";
  private static final String MEASUREMENT_ID = "measurementId";

  private final HttpPort http;
  private final InstantSource clock;

  /** For Lambda. */
  public OpenGoogleAnalytics() {
    this(FunctionContext.lambda());
  }

  public OpenGoogleAnalytics(FunctionContext context) {
    this(context, context.egress());
  }

  OpenGoogleAnalytics(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
    this.clock = context.clock();
  }

  @Override
  protected void perform(Work work) {
    work.step("account").about().attested();
    if (work.hasSecret(GoogleAnalytics.SYSTEM)) {
      work.step("property")
          .about(ELEMENT)
          .field(ELEMENT)
          .leftToPerson(Set.of(Kind.NOT_PERMITTED))
          .machine(() -> property(work))
          .orPerson(() -> given(work));
    } else {
      work.step("property").about(ELEMENT).field(ELEMENT).person(() -> given(work));
    }
    String id = measurementId(work).orElseThrow();
    work.step("container")
        .about(work.about(ELEMENT).and(MEASUREMENT_ID, id))
        .field(ELEMENT)
        .material("Measurement id: " + id + "\nContainer: " + container(work))
        .person(() -> container(work, id));
    work.step("set")
        .about(ELEMENT, "tenants." + work.at("environment"))
        .field("tenants")
        .material("Container: " + container(work))
        .person(() -> seen(work));
    work.step("hit").about(ELEMENT).attested();
  }

  @Override
  protected void verify(Work work) {
    work.proof(ELEMENT, () -> container(work, measurementId(work).orElseThrow()));
    work.proof("tenants", () -> seen(work));
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        ELEMENT,
        () -> {
          Optional<JsonNode> made = work.remembered(Note.Kind.RESOURCE, "property");
          if (made.isEmpty()) {
            return new Finding("put back", ELEMENT, "nothing had been made");
          }
          GoogleAnalytics google = google(work);
          String property = made.get().asText();
          boolean isThere = google.hasProperty(property);
          if (isThere) {
            google.trash(property);
          }
          return new Finding(
              "put back", google.against(), property + (isThere ? " is in the trash" : " is gone"));
        });
  }

  private GoogleAnalytics google(Work work) {
    return GoogleAnalytics.open(
        http, clock, work.secret(GoogleAnalytics.SYSTEM).path("serviceAccount").asText());
  }

  private static String container(Work work) {
    return work.element(ELEMENT).path("container").asText();
  }

  /** The one that was given; without one, that of the stream which was made. */
  private static Optional<String> measurementId(Work work) {
    return Optional.of(work.element(ELEMENT).path(MEASUREMENT_ID))
        .filter(JsonNode::isTextual)
        .or(() -> work.remembered(Note.Kind.RESOURCE, MEASUREMENT_ID))
        .map(JsonNode::asText);
  }

  private static Finding given(Work work) {
    work.waitForElement(
        ELEMENT,
        work.element(ELEMENT).hasNonNull(MEASUREMENT_ID),
        "Give the measurement id of the data stream in the element `analytics`.");
    return new Finding(
        ELEMENT, "Google Analytics", "measurement id " + measurementId(work).orElseThrow());
  }

  /** Looked up where an id was given; made where none was. */
  private Finding property(Work work) {
    GoogleAnalytics google = google(work);
    String account = account(work, google);
    JsonNode tenant = work.element("tenants").path(work.at("environment")).path("list").path(0);
    String name = tenant.path("name").asText() + "-" + work.at("environment");
    Optional<String> given =
        Optional.of(work.element(ELEMENT).path(MEASUREMENT_ID).asText(""))
            .filter(i -> !i.isEmpty());
    if (given.isPresent()) {
      if (!google.measurementIds(account).contains(given.get())) {
        throw new UnmetRequirement(
            "analytics.id-unknown",
            GoogleAnalytics.SYSTEM,
            ELEMENT,
            "No data stream of the account has the measurement id " + given.get() + ".",
            "Correct the id, or leave it out and Slipway makes a property; then retry.");
      }
      return new Finding("GET dataStreams", google.against(), given.get() + " is there");
    }
    String property =
        new VendorAccount(work, GoogleAnalytics.SYSTEM, ELEMENT)
            .ensure(
                "property",
                () -> google.property(account, name),
                () -> google.ensureProperty(account, name));
    String id = google.ensureStream(property, "https://" + tenant.path("host").asText());
    work.remember(Note.Kind.RESOURCE, MEASUREMENT_ID, Json.tree(id));
    return new Finding(
        "properties, dataStreams", google.against(), "property " + name + ", stream " + id);
  }

  private static String account(Work work, GoogleAnalytics google) {
    List<String> accounts = google.accounts().stream().map(GoogleAnalytics.Account::name).toList();
    String named = work.element(ELEMENT).path("account").asText("");
    String wanted =
        named.isEmpty() && accounts.size() == 1 ? accounts.getFirst() : "accounts/" + named;
    if (!accounts.contains(wanted)) {
      throw new UnmetRequirement(
          "analytics.account",
          GoogleAnalytics.SYSTEM,
          ELEMENT,
          accounts.size()
              + " account(s) are shared with the service account, and "
              + (named.isEmpty() ? "none is named." : named + " is none of them."),
          "Name one as `account`, or share it with the service account; then retry.");
    }
    return wanted;
  }

  private Finding container(Work work, String id) {
    TagContainer tags = new TagContainer(container(work));
    if (!tags.carries(id, http)) {
      throw new UnmetRequirement(
          "analytics.tag-missing",
          GoogleAnalytics.SYSTEM,
          ELEMENT,
          "The container %s holds no tag with the measurement id %s.".formatted(tags.id(), id),
          "Add a Google tag with this id to the container, and publish the container.");
    }
    return new Finding("gtm.js", "https://www.googletagmanager.com", tags.id() + " carries " + id);
  }

  private Finding seen(Work work) {
    return new VisitorSettings(work, http)
        .shown(
            "google_tag_container",
            container(work),
            "express.analytics-not-seen",
            "the container " + container(work));
  }
}
