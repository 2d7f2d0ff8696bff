package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/**
 * Tests the login of a tenant's administrator by signing in, and by a number that only an
 * administrator is told. Reads {@code tenants} {host}; secret {@code {"email", "password"}}.
 */
public final class ExpressAdminCredentialTest implements CredentialTest {
  private static final String PROBE = "sign-in, GET admin/users/count";

  private final HttpPort http;

  /** Tests through this way out. */
  public ExpressAdminCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return ExpressAdmin.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("email");
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String host = given.element("tenants", "host");
          ExpressAdmin admin =
              ExpressAdmin.signIn(http, host, given.secret("email"), given.secret("password"));
          return Grading.valid(
              "The frontend accepts the login, and it is an administrator's.",
              PROBE,
              admin.against(),
              admin.users() + " user(s)");
        });
  }
}
