package dev.slipway.systems.rates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EcbRatesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>hello</body></html>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Cube time='2026-11-23'>"
            + "<Cube currency='USD' rate='1.08'/>&e;</Cube>"
      })
  void whatIsNoTableIsNotUnderstood(String body) {
    ScriptedHttp http =
        new ScriptedHttp()
            .on(
                "GET www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml",
                new Response(200, Map.of(), body));

    SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> new EcbRates(http).newest());

    assertEquals("exchange-rates.not-understood", trouble.code());
  }
}
