package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import dev.slipway.local.signature.SignatureV4;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * AWS: the hosts of all services and regions, of which the first label names the service. Each
 * request is signed (Signature Version 4); the signature of a key that the world knows is verified.
 * Other keys belong to another account, such as Slipway's own, and may assume roles only.
 *
 * <p>The world's part {@code aws}: {@code keys} (by access key id: {@code secret}, {@code account},
 * {@code arn}; sessions are added), {@code roles} (by ARN: {@code externalId}, {@code *} for any),
 * {@code denied} (such as {@code organizations:CreateAccount}), and a member for each service. The
 * act {@code deploy-customer-role} ({@code account}, {@code externalId}) is a customer who makes
 * the role from Slipway's template. The fault {@code ok-with-error} is AWS's own error: its {@code
 * message} is the code, such as {@code TooManyRequestsException}.
 */
public final class Aws implements HttpStandIn {

  static final String SYSTEM = "aws";

  private final World world;
  private final InstantSource clock;
  private final Map<String, AwsService> services = new LinkedHashMap<>();

  /**
   * All services over one world.
   *
   * @param authority issues the certificate of some names, PEM
   */
  public Aws(World world, InstantSource clock, Function<List<String>, String> authority) {
    this.world = world;
    this.clock = clock;
    List.of(
            new Sts(world),
            new Organizations(world),
            new IdentityCenter(world),
            new IdentityStore(world),
            new ServiceQuotas(world),
            new Ec2(world),
            new Route53(world),
            new CertificateManager(world, clock, authority))
        .forEach(service -> services.put(service.name(), service));
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(Site.https("*.amazonaws.com", "203.0.113.100"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("keys")
        .putObject(SandboxDefaults.AWS_ACCESS_KEY)
        .put("secret", SandboxDefaults.AWS_SECRET_KEY)
        .put("account", SandboxDefaults.AWS_MANAGEMENT)
        .put("arn", "arn:aws:iam::" + SandboxDefaults.AWS_MANAGEMENT + ":user/slipway");
    part.putObject("roles").putObject(SandboxDefaults.AWS_ROLE).put("externalId", "*");
    part.putArray("denied");
    Organizations.defaults(part);
    IdentityCenter.defaults(part);
    ServiceQuotas.defaults(part);
    Ec2.defaults(part);
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("deploy-customer-role", this::deployRole);
  }

  @Override
  public Operation operation(HttpCall call) {
    return service(call)
        .map(service -> service.operation(call))
        .orElseGet(() -> Operation.of(call.method() + " " + call.host() + call.path()));
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    Optional<AwsService> known = service(call);
    if (known.isEmpty()) {
      return HttpAnswer.text(404, "The sandbox has no service " + call.host());
    }
    AwsService service = known.get();
    try {
      AwsCaller caller = caller(call, service);
      String operation = service.name() + ":" + service.operation(call).method();
      boolean denied =
          world.read(SYSTEM, part -> Json.strings(part.path("denied")).contains(operation));
      if (denied) {
        throw new Refusal(
            service.error(
                service instanceof JsonService ? 400 : 403,
                service instanceof JsonService ? "AccessDeniedException" : "AccessDenied",
                caller.arn() + " is not authorized to perform: " + operation));
      }
      return service.answer(call, caller);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    ObjectNode body = Json.object().put("__type", fault.message()).put("message", "A fault.");
    return HttpAnswer.json(fault.status() == 0 ? 400 : fault.status(), body).noted(fault.message());
  }

  private Optional<AwsService> service(HttpCall call) {
    return Optional.ofNullable(services.get(call.host().split("\\.", 2)[0]));
  }

  private AwsCaller caller(HttpCall call, AwsService service) {
    SignatureV4 signature =
        call.header("authorization")
            .flatMap(SignatureV4::read)
            .filter(given -> given.scope().size() == 4)
            .filter(given -> given.scope().get(2).equals(service.name()))
            .orElseThrow(
                () ->
                    new Refusal(
                        service.error(403, "MissingAuthenticationToken", "No signature for it")));
    JsonNode key =
        world.read(SYSTEM, part -> part.path("keys").path(signature.accessKeyId()).deepCopy());
    if (key.isMissingNode()) {
      return new AwsCaller("", "arn:aws:sts::999999999999:assumed-role/own", signature.region());
    }
    boolean token =
        key.path("token").asText().equals(call.header("x-amz-security-token").orElse(""));
    boolean timely = SignatureV4.isTimely(call.header("x-amz-date").orElse(""), clock.instant());
    SignatureV4.Signed signed =
        new SignatureV4.Signed(
            call.method(),
            call.path(),
            call.query(),
            name -> call.header(name).orElse(""),
            SignatureV4.sha256(call.body()));
    if (!token || !timely || !signature.matches(key.path("secret").asText(), signed)) {
      throw new Refusal(
          service.error(403, "SignatureDoesNotMatch", "The signature does not match."));
    }
    return new AwsCaller(
        key.path("account").asText(), key.path("arn").asText(), signature.region());
  }

  private JsonNode deployRole(JsonNode details) {
    String account = details.path("account").asText(SandboxDefaults.AWS_MANAGEMENT);
    String name = SandboxDefaults.AWS_ROLE.substring(SandboxDefaults.AWS_ROLE.indexOf('/') + 1);
    String arn = "arn:aws:iam::" + account + ":role/" + name;
    world.edit(
        SYSTEM,
        part ->
            part.withObjectProperty("roles")
                .putObject(arn)
                .put("externalId", details.path("externalId").asText()));
    return Json.object().put("roleArn", arn);
  }
}
