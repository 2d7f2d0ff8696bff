package dev.slipway.local.sandbox;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The details that an act takes: those that a profile gives are checked against it before anything
 * runs.
 *
 * @param needed without which the act cannot be performed: name to what it must be
 * @param known which may be there
 */
public record ActForm(Map<String, Kind> needed, Map<String, Kind> known) {
  private static final ActForm EMPTY = new ActForm(Map.of(), Map.of());

  private static final Map<String, ActForm> FORMS =
      Map.ofEntries(
          entry("add-external-ips", texts("from", "to").with("region", Kind.TEXT)),
          entry("add-jira-agent", texts("project", "name")),
          entry("add-licence-grids", EMPTY.needs("grids", Kind.LIST)),
          entry("add-mailgun-user", texts("email")),
          entry("assign-docker-account", texts("user", "token")),
          entry("back-up-container", texts("envName")),
          entry(
              "build-express",
              texts("host")
                  .with("version", Kind.TEXT)
                  .with("colours", Kind.OBJECT)
                  .with("images", Kind.OBJECT)),
          entry("change-header", texts("html")),
          entry("change-settings", EMPTY.with("settings", Kind.OBJECT).with("apply", Kind.TRUTH)),
          entry("connect-backup-storage", texts("storage")),
          entry("connect-billing", EMPTY.with("name", Kind.TEXT)),
          entry(
              "connect-company",
              texts("environment", "tenant", "application", "company")
                  .with("keys", Kind.TRUTH)
                  .with("data", Kind.TRUTH)),
          entry("connect-portal", EMPTY),
          entry("create-azure-subscription", texts("id")),
          entry("delete-at-hub", texts("environment", "tenant").with("organizations", Kind.LIST)),
          entry("deploy-component", texts("host")),
          entry("deploy-customer-role", texts("externalId").with("account", Kind.TEXT)),
          entry(
              "deploy-on-nex",
              texts("environment", "app", "image", "tag", "host").with("variables", Kind.OBJECT)),
          entry("disconnect-at-connector", texts("host", "marketplace")),
          entry("disconnect-at-hub", texts("environment", "tenant")),
          entry("enter-keys-at-hub", texts("environment", "tenant").needs("keystore", Kind.OBJECT)),
          entry("enter-mail-text", texts("template", "language", "subject", "body")),
          entry("fire-alert", texts("account", "condition")),
          entry("grant-at-hub", texts("environment", "tenant", "email", "role")),
          entry("grant-permission", texts("token").needs("methods", Kind.LIST)),
          entry("install-certificate", texts("domain")),
          entry("install-uploader", EMPTY.with("export", Kind.TEXT)),
          entry(
              "lead-stripe-dry-run",
              texts("email").needs("amount", Kind.AMOUNT).needs("charge", Kind.AMOUNT)),
          entry("make-sumo-logic-key", texts("label")),
          entry("join-intercom", texts("app", "email").with("seat", Kind.TRUTH)),
          entry("link-application", texts("environment", "application", "marketplace")),
          entry("publish-mandrill-templates", EMPTY.needs("names", Kind.LIST)),
          entry("publish-sparkpost-templates", EMPTY.needs("names", Kind.LIST)),
          entry("publish-tag", texts("container", "measurementId")),
          entry("publish-dns", texts("name", "type").with("values", Kind.LIST)),
          entry("rename-tenant", texts("host", "from", "to")),
          entry("renew-certificate", texts("host")),
          entry(
              "report-to-new-relic",
              texts("account").with("applications", Kind.LIST).with("hosts", Kind.LIST)),
          entry(
              "require-second-factor",
              EMPTY.with("days", Kind.NUMBER).with("trustedUsers", Kind.LIST)),
          entry("report-host", texts("host").needs("kinds", Kind.LIST)),
          entry("restart-connector", texts("host")),
          entry("restart-express", texts("host")),
          entry("set-in-express", texts("host").needs("own", Kind.OBJECT)),
          entry("restore-container", texts("envName")),
          entry("set-up-sms-activation", EMPTY.with("countries", Kind.LIST)),
          entry("sign-in", texts("environment", "tenant", "email")),
          entry("sign-in-to-new-relic", texts("email")),
          entry("sign-in-to-sumo-logic", texts("email")),
          entry(
              "synchronise-connector",
              texts("host", "marketplace", "organization").with("status", Kind.TEXT)),
          entry("upgrade-docker-plan", texts("user").with("plan", Kind.TEXT)),
          entry(
              "upload-image",
              EMPTY
                  .with("kind", Kind.TEXT)
                  .with("type", Kind.TEXT)
                  .with("text", Kind.TEXT)
                  .with("base64", Kind.TEXT)),
          entry("use-exchange-rates", EMPTY.needs("requests", Kind.NUMBER)),
          entry("write-log", texts("environment", "line")),
          entry("verify-identities", texts("app")));

  /** The type of a detail. */
  public enum Kind {
    /** A text that is not empty. */
    TEXT("a text"),
    /** A whole number. */
    NUMBER("a whole number"),
    /** An amount of money, as text or number. */
    AMOUNT("an amount such as 10.00"),
    /** True or false. */
    TRUTH("true or false"),
    /** A list. */
    LIST("a list"),
    /** An object. */
    OBJECT("an object");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people, with its article. */
    public String words() {
      return words;
    }

    private boolean holds(JsonNode node) {
      return switch (this) {
        case TEXT -> node.isTextual() && !node.textValue().isBlank();
        case NUMBER -> node.isInt();
        case AMOUNT -> node.asText().matches("\\d{1,9}(\\.\\d{1,2})?");
        case TRUTH -> node.isBoolean();
        case LIST -> node.isArray();
        case OBJECT -> node.isObject();
      };
    }
  }

  /** The error of a detail; {@code detail} is empty where it is the act itself. */
  public record Wrong(String detail, String message) {}

  public ActForm {
    needed = Map.copyOf(needed);
    known = Map.copyOf(known);
  }

  /** The names of all acts. */
  public static List<String> acts() {
    return FORMS.keySet().stream().sorted().toList();
  }

  /** The form of an act; empty: there is none of this name. */
  public static Optional<ActForm> of(String act) {
    return Optional.ofNullable(FORMS.get(act));
  }

  /** The errors of an act as a profile gives it; empty: none that can be seen before. */
  public static List<Wrong> wrong(String act, JsonNode details) {
    ActForm form = FORMS.get(act);
    return form == null
        ? List.of(new Wrong("", "there is no such act; there are " + String.join(", ", acts())))
        : form.wrongIn(details);
  }

  private List<Wrong> wrongIn(JsonNode details) {
    TreeSet<String> names = new TreeSet<>(needed.keySet());
    details.fieldNames().forEachRemaining(names::add);
    return names.stream().flatMap(name -> detail(name, details.path(name)).stream()).toList();
  }

  private List<Wrong> detail(String name, JsonNode value) {
    Kind kind = needed.getOrDefault(name, known.get(name));
    if (kind == null) {
      TreeSet<String> all = new TreeSet<>(needed.keySet());
      all.addAll(known.keySet());
      return name.equals("$comment")
          ? List.of()
          : List.of(
              new Wrong(
                  name,
                  all.isEmpty()
                      ? "is unknown; the act takes no details"
                      : "is unknown; the act takes " + String.join(", ", all)));
    }
    if (value.isMissingNode() || value.isNull()) {
      return List.of(new Wrong(name, "is missing; it must be " + kind.words));
    }
    return kind.holds(value) ? List.of() : List.of(new Wrong(name, "must be " + kind.words));
  }

  private static ActForm texts(String... names) {
    ActForm form = EMPTY;
    for (String name : names) {
      form = form.needs(name, Kind.TEXT);
    }
    return form;
  }

  private ActForm needs(String name, Kind kind) {
    Map<String, Kind> more = new HashMap<>(needed);
    more.put(name, kind);
    return new ActForm(more, known);
  }

  private ActForm with(String name, Kind kind) {
    Map<String, Kind> more = new HashMap<>(known);
    more.put(name, kind);
    return new ActForm(needed, more);
  }
}
