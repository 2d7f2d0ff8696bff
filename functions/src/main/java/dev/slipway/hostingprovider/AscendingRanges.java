package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** No range of {@code ranges} ends at a lower address than it begins at. */
final class AscendingRanges implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode ranges = subject.value().path("ranges");
    return IntStream.range(0, ranges.size())
        .filter(
            i ->
                Arrays.compareUnsigned(
                        octets(ranges.get(i).path("from")), octets(ranges.get(i).path("to")))
                    > 0)
        .mapToObj(
            i ->
                ElementFinding.error(
                    "ip-range.descending",
                    "/ranges/" + i + "/to",
                    "The range ends before it begins.",
                    "Give an address that is not lower than `from`."))
        .toList();
  }

  private static byte[] octets(JsonNode address) {
    return InetAddress.ofLiteral(address.asText()).getAddress();
  }
}
