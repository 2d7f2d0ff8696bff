package dev.slipway.hostingprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.element.CheckBench;
import dev.slipway.ledger.ElementFinding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has the form that the schema asks for, and would fail the task that uses it. */
class HostingProviderChecksTest {
  private final CheckBench bench = new CheckBench("hosting-provider");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          maintenance-window | window.ends-early      | /to             | {"from": "2026-12-02T02:00:00Z", "to": "2026-12-02T02:00:00Z"}
          maintenance-window | time-zone.unknown      | /zone           | {"days": ["SUNDAY"], "at": "22:30", "minutes": 60, "zone": "Europe/Atlantis"}
          contacts           | time-zone.unknown      | /customer/1/zone | {"customer": [{"zone": "UTC"}, {"zone": "Mars/Olympus"}]}
          mail-server        | dkim-selector.unusable | /dkimSelector   | {"dkimSelector": "a..b"}
          external-ip-ranges | ip-range.descending    | /ranges/1/to    | {"ranges": [{"from": "203.0.113.8", "to": "203.0.113.8"}, {"from": "203.0.113.200", "to": "203.0.113.20"}]}
          uploader           | host.unusable          | /host           | {"host": "10.0.0.256"}
          backup-storage     | bucket.unusable        | /bucket         | {"bucket": "10.0.0.1"}
          currency           | currency.unknown       | /code           | {"code": "XAU"}
          external-billing   | currency.unknown       | /currency       | {"currency": "DEM"}
          mail-texts         | language.unknown       | /languages/1    | {"languages": ["en", "xx"]}
          mail-texts         | language.unknown       | /changes/0/language | {"languages": ["en"], "changes": [{"language": "en-XX"}]}
          """)
  void whatATaskCouldNotUseIsAnError(String element, String code, String field, String value) {
    List<ElementFinding> findings = bench.element(element, value).findings(element);
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.getFirst().isError());
    assertEquals(code, findings.getFirst().code());
    assertEquals(field, findings.getFirst().field());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          maintenance-window | {"from": "2026-12-01T22:00:00Z", "to": "2026-12-02T02:00:00Z"}
          contacts           | {"customer": [{"name": "A"}, {"zone": "Asia/Kolkata"}]}
          external-ip-ranges | {"ranges": [{"from": "9.0.0.1", "to": "203.0.113.8"}]}
          uploader           | {"host": "files.hoster.example"}
          currency           | {"code": "CHF"}
          mail-texts         | {"languages": ["de-CH"]}
          """)
  void whatATaskCanUseIsAllRight(String element, String value) {
    assertEquals(List.of(), bench.element(element, value).findings(element));
  }
}
