package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.UUID;

/**
 * Signing up, as a visitor: {@code users.registration}. Names and parameters are those of a public
 * client; answers and error codes are unverified. An account is not active before a person uses the
 * key of the e-mail that is really sent. With {@code platform.registration.captcha} the platform
 * asks for more than a machine can give.
 */
final class RegistrationMethods {

  private static final int NOT_ACTIVE = 0;

  private final World world;
  private final PlatformMail mail;

  RegistrationMethods(World world, PlatformMail mail) {
    this.world = world;
    this.mail = mail;
  }

  List<PlatformMethod> methods() {
    String service = "users.registration.";
    return List.of(
        PlatformMethod.open(service + "CreateAccount", List.of("email"), this::create),
        PlatformMethod.open(service + "CheckEmailRegistration", List.of("email"), this::check));
  }

  static void defaults(ObjectNode part) {
    part.putObject("registration").put("captcha", false);
  }

  private ObjectNode create(PlatformCall call) {
    String email = call.required("email");
    String password = call.required("password");
    boolean captcha =
        world.read(
            Platform.SYSTEM, part -> part.path("registration").path("captcha").asBoolean(false));
    if (captcha) {
      throw new PlatformException(PlatformException.INVALID_PARAMETER, "wrong captcha");
    }
    if (isRegistered(email)) {
      throw new PlatformException(
          PlatformException.INTERNAL, "user with email [" + email + "] already exists");
    }
    String key = UUID.randomUUID().toString();
    mail.send(
        email,
        "Activate your account",
        "https://" + SandboxDefaults.PLATFORM_HOST + "/activate?key=" + key);
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode user = part.withObjectProperty("users").putObject(email);
          user.put("uid", AddressMethods.nextId(part))
              .put("email", email)
              .put("password", password)
              .put("status", NOT_ACTIVE);
          user.putArray("permissions");
        });
    return Json.object();
  }

  private ObjectNode check(PlatformCall call) {
    return Json.object().put("registered", isRegistered(call.required("email")));
  }

  private boolean isRegistered(String email) {
    return world.read(Platform.SYSTEM, part -> part.path("users").has(email));
  }
}
