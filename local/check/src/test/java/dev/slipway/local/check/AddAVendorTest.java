package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/vendors.md}, as it is written there. */
final class AddAVendorTest {

  /** The client. */
  static final class Crm {
    private final JsonApi api;

    Crm(HttpPort http, String token) {
      this.api =
          new JsonApi(http, "crm", Destination.VENDOR, URI.create("https://api.crm.example/v2/"))
              .with(Authentication.bearer(token));
    }

    /** The user's id, who is created unless there is one with this address. */
    String ensureUser(String email) {
      JsonNode user = Json.object().put("email", email);
      return JsonApi.ensure(
          () ->
              api.get("users", "users", Map.of("email", email))
                  .json()
                  .valueStream()
                  .map(found -> found.path("id").asText())
                  .findFirst(),
          () -> api.post("new user", "users", user).json().path("id").asText());
    }

    int users() {
      return api.get("users", "users").json().size();
    }
  }

  /** The credential's test. */
  record CrmCredentialTest(HttpPort http) implements CredentialTest {

    @Override
    public String system() {
      return "crm";
    }

    @Override
    public CredentialTestResult test(JsonNode secret, JsonNode elements) {
      CredentialInput given = new CredentialInput(system(), secret, elements);
      return Grading.of(
          "GET /v2/users",
          given.redactor(),
          () -> {
            int users = new Crm(http, given.secret("token")).users();
            return Grading.valid(
                "The CRM accepts the token.",
                "GET /v2/users",
                "api.crm.example",
                users + " user(s)");
          });
    }
  }

  /** The stand-in. */
  static final class CrmStandIn extends RestStandIn {

    CrmStandIn(World world) {
      super(world, "crm", Site.https("api.crm.example", "203.0.113.90"));
      Records users = new Records(world, "crm", "users", "email");
      on("GET /v2/users", call -> ok(users.where("email", call.parameter("email"))));
      on("POST /v2/users", call -> created(users.add(call.json())));
    }

    @Override
    public ObjectNode defaults() {
      ObjectNode part = Json.object();
      part.putObject("auth").put("token", "crm-token-0001");
      return part;
    }
  }

  private final World world = new World(Optional.empty());
  private final CrmStandIn standIn = new CrmStandIn(world);

  @BeforeEach
  void seed() {
    world.seed("crm", standIn.defaults());
  }

  /** In the place of a sandbox's network, for a stand-in that no sandbox has. */
  private HttpAnswer send(dev.slipway.systems.net.HttpCall call) {
    Map<String, String> headers = new TreeMap<>();
    call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    URI uri = call.uri();
    var answer =
        standIn.answer(
            new HttpCall(
                call.method(),
                uri.getHost(),
                uri.getPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                headers,
                call.body().toArray()));
    Map<String, List<String>> given = new TreeMap<>();
    answer.headers().forEach((name, value) -> given.put(name, List.of(value)));
    return new HttpAnswer(call, answer.status(), given, Bytes.of(answer.body()), Instant.EPOCH);
  }

  @Test
  void aUserIsMadeOnce() {
    Crm crm = new Crm(this::send, "crm-token-0001");
    String id = crm.ensureUser("eva@a.example");
    assertEquals(id, crm.ensureUser("eva@a.example"));
    assertEquals(1, crm.users());
  }

  @Test
  void theCredentialIsGraded() {
    CrmCredentialTest test = new CrmCredentialTest(this::send);
    assertEquals(Grade.VALID, grade(test, "crm-token-0001"));
    assertEquals(Grade.INVALID_CREDENTIALS, grade(test, "another-token"));
  }

  private static Grade grade(CredentialTest test, String token) {
    return test.test(Json.object().put("token", token), Json.object()).grade();
  }

  @Test
  void theDocumentationShowsThisVeryCode() throws Exception {
    Path root = ProjectRoot.find();
    String source =
        words(
            Files.readString(
                root.resolve(
                    "local/check/src/test/java/dev/slipway/local/check/AddAVendorTest.java")));
    List<String> shown =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(root.resolve("docs/vendors.md")))
            .results()
            .flatMap(block -> Stream.of(block.group(1).split("\n\n", -1)))
            .map(AddAVendorTest::words)
            .toList();
    assertEquals(6, shown.size());
    assertEquals(List.of(), shown.stream().filter(block -> !source.contains(block)).toList());
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", "");
  }
}
