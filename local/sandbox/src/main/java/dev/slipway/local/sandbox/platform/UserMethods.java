package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The user who calls: sign-in, personal tokens with their methods, the own account. */
final class UserMethods {

  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final World world;
  private final InstantSource clock;
  private final Supplier<List<String>> methodNames;

  UserMethods(World world, InstantSource clock, Supplier<List<String>> methodNames) {
    this.world = world;
    this.clock = clock;
    this.methodNames = methodNames;
  }

  List<PlatformMethod> methods() {
    String service = "users.authentication.";
    return List.of(
        PlatformMethod.open(service + "Signin", List.of("login"), this::signIn),
        PlatformMethod.of(service + "Signout", List.of(), this::signOut),
        PlatformMethod.of(service + "CreateToken", List.of("description"), this::createToken),
        PlatformMethod.of(service + "GetTokens", List.of(), this::tokens),
        PlatformMethod.of(service + "GetTokenApiList", List.of(), this::apiList),
        PlatformMethod.of("users.account.GetUserInfo", List.of(), this::userInfo),
        PlatformMethod.of("billing.account.GetAccount", List.of(), this::account));
  }

  private ObjectNode signIn(PlatformCall call) {
    String login = call.required("login");
    String password = call.required("password");
    return world.change(
        Platform.SYSTEM,
        part -> {
          JsonNode user = part.path("users").path(login);
          if (!user.path("password").asText("").equals(password)) {
            throw new PlatformException(
                PlatformException.WRONG_PASSWORD, "Incorrect login or password");
          }
          String session = newSecret();
          ObjectNode entry = part.withObjectProperty("sessions").putObject(session);
          entry.put("login", login);
          entry.set("permissions", user.path("permissions").deepCopy());
          return Json.object()
              .put("session", session)
              .put("uid", user.path("uid").asInt())
              .put("email", login);
        });
  }

  private ObjectNode signOut(PlatformCall call) {
    world.edit(
        Platform.SYSTEM,
        part -> part.withObjectProperty("sessions").remove(call.required("session")));
    return Json.object();
  }

  private ObjectNode createToken(PlatformCall call) {
    String description = call.required("description");
    List<String> methods =
        call.optional("apiList")
            .map(list -> Arrays.asList(list.replaceAll("[\\[\\]\"' ]", "").split("[,;]", -1)))
            .orElse(List.of("*"));
    String expiry = call.optional("expiresAt").map(UserMethods::expiry).orElse("");
    return world.change(
        Platform.SYSTEM,
        part -> {
          String token = newSecret();
          ObjectNode entry = part.withObjectProperty("tokens").putObject(token);
          entry
              .put("id", AddressMethods.nextId(part))
              .put("login", call.caller().login())
              .put("description", description)
              .put("createdAt", clock.instant().toString())
              .put("expiresAt", expiry);
          // Nobody can give a token more than they may do themselves.
          entry.set(
              "permissions",
              methods.contains("*")
                  ? Json.texts(call.caller().permissions())
                  : Json.texts(methods.stream().filter(call.caller()::may).toList()));
          entry.set("denied", Json.texts(call.caller().denied()));
          return Json.object().put("token", token).put("id", entry.path("id").asInt());
        });
  }

  private ObjectNode tokens(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          for (Map.Entry<String, JsonNode> each : part.path("tokens").properties()) {
            if (each.getValue().path("login").asText().equals(call.caller().login())) {
              array
                  .addObject()
                  .put("id", each.getValue().path("id").asInt())
                  .put("description", each.getValue().path("description").asText())
                  .set("apiList", each.getValue().path("permissions").deepCopy());
            }
          }
          return Json.object().set("array", array);
        });
  }

  private ObjectNode apiList(PlatformCall call) {
    return Json.object().set("array", Json.texts(methodNames.get()));
  }

  private ObjectNode userInfo(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode user = part.path("users").path(call.caller().login());
          return Json.object()
              .put("uid", user.path("uid").asInt())
              .put("email", user.path("email").asText())
              .put("status", user.path("status").asInt());
        });
  }

  private ObjectNode account(PlatformCall call) {
    ObjectNode account = userInfo(call);
    account.putObject("group").put("name", "trial").put("groupType", "trial");
    return account;
  }

  private static String expiry(String text) {
    try {
      return LocalDateTime.parse(text, EXPIRY).toInstant(ZoneOffset.UTC).toString();
    } catch (DateTimeParseException e) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "wrong date [" + text + "]");
    }
  }

  private static String newSecret() {
    return UUID.randomUUID().toString().replace("-", "") + "5a4db0c5";
  }
}
