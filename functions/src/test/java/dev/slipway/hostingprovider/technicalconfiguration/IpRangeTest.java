package dev.slipway.hostingprovider.technicalconfiguration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.Cidr;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpRangeTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.10, 203.0.113.20, ''",
    "203.0.113.10, 203.0.113.10, ''",
    "203.0.113.20, 203.0.113.10, ends before it begins",
    "203.0.0.0, 203.0.16.0, at most 4096",
    "203.0.0.0, 203.0.15.255, ''",
    "10.1.0.0, 10.1.0.9, private",
    "9.255.255.250, 10.0.0.3, private",
    "127.0.0.1, 127.0.0.2, given to nobody",
    "255.255.255.254, 255.255.255.255, given to nobody",
  })
  void saysWhatIsWrong(String from, String to, String words) {
    String problem = range(from, to, false).problem().orElse("");

    assertEquals(words.isEmpty(), problem.isEmpty(), problem);
    assertTrue(problem.contains(words), problem);
  }

  @Test
  void takesPrivateAddressesOnPurposeOnly() {
    assertTrue(range("10.1.0.0", "10.1.0.9", true).problem().isEmpty());
  }

  @Test
  void findsOverlaps() {
    IpRange range = range("203.0.113.10", "203.0.113.20", false);

    assertTrue(range.overlaps(range("203.0.113.20", "203.0.113.30", false)));
    assertFalse(range.overlaps(range("203.0.113.21", "203.0.113.30", false)));
    assertTrue(range.overlaps(Cidr.parse("203.0.113.16/28")));
    assertTrue(range.overlaps(Cidr.parse("203.0.113.17/28")));
    assertFalse(range.overlaps(Cidr.parse("203.0.113.32/27")));
    assertTrue(range.overlaps(Cidr.parse("0.0.0.0/0")));
  }

  @Test
  void namesWhatIsMissingWithoutGaps() {
    List<IpRange> missing =
        range("203.0.113.8", "203.0.113.14", false)
            .missingFrom(Set.of("203.0.113.8", "203.0.113.11", "198.51.100.1"));

    assertEquals("[203.0.113.9-203.0.113.10, 203.0.113.12-203.0.113.14]", missing.toString());
  }

  private static IpRange range(String from, String to, boolean privateOnPurpose) {
    return IpRange.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("from", from)
            .put("to", to)
            .put("private", privateOnPurpose));
  }
}
