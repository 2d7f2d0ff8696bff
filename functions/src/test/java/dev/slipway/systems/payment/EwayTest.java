package dev.slipway.systems.payment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How eWAY's answers are read. Their form, {@code Errors} that is null, empty or a list of codes
 * with HTTP 200, is that of the vendor's libraries (github.com/eWAYPayment/eway-rapid-php) and of
 * the answers in Active Merchant's tests (test/unit/gateways/eway_rapid_test.rb).
 */
final class EwayTest {
  private static final String TRANSACTION = "GET api.sandbox.ewaypayments.com/Transaction/0";

  private final ScriptedHttp http = new ScriptedHttp();
  private final Eway eway = new Eway(http, Eway.BASES.get("sandbox"), "api-key", "password");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Transactions\":[],\"Errors\":\"\"}",
        "{\"Transactions\":[],\"Errors\":null}",
        "{\"Errors\":\"V6040\"}"
      })
  void aListOrAComplaintAboutTheTransactionProvesTheLogin(String body) {
    http.on(TRANSACTION, Response.json(body));

    assertDoesNotThrow(eway::requireAccess);
  }

  @ParameterizedTest
  @CsvSource({"S5029,RATE_LIMITED", "S5000,OUT_OF_ORDER", "'V6040,S5666',OUT_OF_ORDER"})
  void troubleOfItsOwnProvesNothingThoughTheStatusIs200(String errors, Kind kind) {
    http.on(TRANSACTION, Response.json("{\"Transactions\":[],\"Errors\":\"" + errors + "\"}"));

    assertEquals(kind, trouble());
  }

  @ParameterizedTest
  @CsvSource({
    "401,AUTHENTICATION_FAILED",
    "403,NOT_PERMITTED",
    "404,NOT_FOUND",
    "500,OUT_OF_ORDER"
  })
  void onlyARefusalSpeaksOfTheLogin(int status, Kind kind) {
    http.on(TRANSACTION, Response.status(status));

    assertEquals(kind, trouble());
  }

  @Test
  void anotherDocumentIsNotUnderstood() {
    http.on(TRANSACTION, Response.json("{\"ok\":true}"));

    assertEquals(Kind.NOT_UNDERSTOOD, trouble());
  }

  private Kind trouble() {
    return assertThrows(SystemTrouble.class, eway::requireAccess).kind();
  }
}
