package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.mail.MailSubmission;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The platform's REST API at {@code https://app.<platform>/1.0/<area>/<service>/rest/<method>}, GET
 * and POST alike, the session or token in the parameter {@code session}.
 *
 * <p>Sources: method names and parameters, the error codes 5 and 8202, errors inside HTTP 200 and
 * 404 for an unknown method: the public client py-jelastic; the shapes of {@code getversion},
 * {@code getregions}, {@code createenvironment}, {@code getenvinfo} and the uploader: public
 * scripts that use them. Unverified: every other answer's shape and code, and that a permission is
 * checked before the parameters. Handlers must not rely on what is unverified.
 *
 * <p>The world's part {@code platform}: {@code version}, {@code tokens}, {@code users}, {@code
 * sessions}, {@code regions}, {@code config} (each key's {@code value} as saved and {@code applied}
 * as in effect), {@code applies}, {@code extIps}, {@code ipv6Networks}, {@code environments},
 * {@code docker.account}, {@code uploader.mounted}, {@code backup}, {@code dashboard}, {@code
 * accounts}, {@code mailTexts}, {@code tariffs}, {@code pricing}, {@code groups}, {@code rates}
 * (per euro), {@code licenceGrids}, and what {@link BillingAccounts} names.
 */
public final class Platform implements HttpStandIn {

  /** The platform's name in the world. */
  static final String SYSTEM = "platform";

  private static final String ADDRESS = "203.0.113.10";
  private static final String PREFIX = "/1.0/";

  private final World world;
  private final InstantSource clock;
  private final BackupMethods backups;
  private final Dashboard dashboard;
  private final AccountMethods accounts;
  private final Map<String, PlatformMethod> methods = new LinkedHashMap<>();
  private final Map<String, Act> acts = new LinkedHashMap<>();

  /** A platform that submits its mails by {@code mail}. */
  public Platform(World world, InstantSource clock, MailSubmission mail) {
    this.world = world;
    this.clock = clock;
    this.backups = new BackupMethods(world);
    this.dashboard = new Dashboard(world);
    this.accounts = new AccountMethods(world);
    MailTemplates templates = new MailTemplates(world);
    PlatformMail sent = new PlatformMail(world, mail);
    ConfigMethods config = new ConfigMethods(world, clock);
    AddressMethods addresses = new AddressMethods(world);
    EnvironmentMethods environments = new EnvironmentMethods(world, addresses);
    UserMethods users = new UserMethods(world, clock, this::methodNames);
    PricingMethods pricing = new PricingMethods(world);
    Stream.of(
            new ClusterMethods(world, sent, templates).methods(),
            config.methods(),
            addresses.methods(),
            environments.methods(),
            new FileMethods(world).methods(),
            users.methods(),
            new RegistrationMethods(world, sent).methods(),
            pricing.methods(),
            new BillingMethods(world).methods(),
            accounts.methods(),
            templates.methods(),
            backups.methods())
        .flatMap(List::stream)
        .forEach(method -> methods.put(method.path(), method));
    acts.putAll(new PlatformActs(world, config, addresses, backups).acts());
    acts.putAll(pricing.acts());
    acts.putAll(dashboard.acts());
    acts.putAll(accounts.acts());
    acts.putAll(templates.acts());
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        Site.https(SandboxDefaults.PLATFORM_HOST, ADDRESS),
        Site.https(SandboxDefaults.PLATFORM_DOMAIN, ADDRESS),
        Site.https("*." + SandboxDefaults.REGION_DOMAIN, "203.0.113.13"),
        Site.https("*." + SandboxDefaults.PLATFORM_DOMAIN, ADDRESS));
  }

  @Override
  public ObjectNode defaults() {
    return PlatformDefaults.world();
  }

  @Override
  public Map<String, Act> acts() {
    return Map.copyOf(acts);
  }

  @Override
  public Operation operation(HttpCall call) {
    Optional<PlatformMethod> method = method(call);
    return method
        .map(known -> new Operation(known.name(), known.keyOf(named(call))))
        .orElseGet(() -> new Operation(call.method() + " " + call.path(), ""));
  }

  /** The parameters, and as {@code file} the name of an uploaded one. */
  private static Map<String, String> named(HttpCall call) {
    Map<String, String> named = new LinkedHashMap<>(call.parameters());
    try {
      Multipart.read(call).file().ifPresent(file -> named.put("file", file.name()));
    } catch (PlatformException e) {
      // A body that cannot be read has no file; the answer says so.
      return named;
    }
    return named;
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    if (!call.host().equals(SandboxDefaults.PLATFORM_HOST)) {
      // An environment that nobody created: the platform's own page, under the wildcard's name.
      return HttpAnswer.of(
          404, "text/html; charset=utf-8", "<html><body>No such environment</body></html>");
    }
    Optional<PlatformMethod> method = method(call);
    if (method.isEmpty()) {
      return dashboard.answer(call).orElseGet(() -> HttpAnswer.text(404, "Not Found"));
    }
    try {
      Multipart upload = Multipart.read(call);
      Map<String, String> parameters = new LinkedHashMap<>(call.parameters());
      parameters.putAll(upload.fields());
      Caller caller = caller(parameters.getOrDefault("session", ""));
      authorize(method.get(), caller);
      if (!method.get().open() && accounts.locksOut(caller.login(), caller.uid())) {
        throw new PlatformException(
            PlatformException.PERMISSION_DENIED, "a second factor is required for this account");
      }
      ObjectNode answer =
          method.get().body().apply(new PlatformCall(caller, parameters, upload.file()));
      return HttpAnswer.json(200, Json.object().put("result", 0).setAll(answer));
    } catch (PlatformException e) {
      return error(e.result(), e.getMessage());
    }
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    int result = fault.status() == 0 ? PlatformException.INTERNAL : fault.status();
    return error(result, fault.message().isEmpty() ? "Unknown error" : fault.message());
  }

  private static HttpAnswer error(int result, String message) {
    return HttpAnswer.json(200, Json.object().put("result", result).put("error", message))
        .noted(Integer.toString(result));
  }

  private List<String> methodNames() {
    return methods.values().stream().map(PlatformMethod::name).toList();
  }

  private Optional<PlatformMethod> method(HttpCall call) {
    if (!call.path().startsWith(PREFIX)) {
      return Optional.empty();
    }
    String path = call.path().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(methods.get(path))
        .filter(method -> !BackupMethods.owns(method) || backups.areOffered());
  }

  private static void authorize(PlatformMethod method, Caller caller) {
    if (method.open()) {
      return;
    }
    if (caller.uid() == 0) {
      throw new PlatformException(
          PlatformException.NOT_AUTHENTICATED, "user not authenticated: session is not valid");
    }
    if (!caller.may(method.name())) {
      throw new PlatformException(
          PlatformException.PERMISSION_DENIED,
          "Permission denied, required permissions: " + method.name());
    }
  }

  private Caller caller(String session) {
    if (session.isEmpty()) {
      return Caller.nobody();
    }
    return world.read(
        SYSTEM,
        part -> {
          JsonNode token = part.path("tokens").path(session);
          JsonNode holder = token.isMissingNode() ? part.path("sessions").path(session) : token;
          String expiry = holder.path("expiresAt").asText("");
          boolean expired = !expiry.isEmpty() && Instant.parse(expiry).isBefore(clock.instant());
          if (holder.isMissingNode() || expired) {
            return Caller.nobody();
          }
          String login = holder.path("login").asText();
          return new Caller(
              part.path("users").path(login).path("uid").asInt(),
              login,
              Json.strings(holder.path("permissions")),
              Json.strings(holder.path("denied")));
        });
  }
}
