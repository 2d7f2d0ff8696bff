package dev.slipway.systems.rates;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The reference rates that the European Central Bank publishes on each working day, about thirty
 * currencies against the euro. No key is needed.
 */
public final class EcbRates {

  /** The address of the rates. */
  public static final URI DAILY =
      URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml");

  private static final String SYSTEM = "exchange-rates";
  private static final String ASKED = "euro reference rates";

  private final HttpPort http;

  /** Through this way out. */
  public EcbRates(HttpPort http) {
    this.http = http;
  }

  /**
   * The newest rates.
   *
   * @throws SystemTrouble of kind {@code NOT_UNDERSTOOD} when the answer is not the bank's XML
   */
  public EuroRates newest() {
    HttpAnswer answer =
        http.send(HttpCall.get(SYSTEM, ASKED, Destination.VENDOR, DAILY, Redactor.none()))
            .orTrouble();
    try {
      return read(answer.text());
    } catch (IOException
        | SAXException
        | ParserConfigurationException
        | DateTimeParseException
        | NumberFormatException e) {
      throw answer.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          answer.call().against() + " did not answer its table of rates.");
    }
  }

  private static EuroRates read(String xml)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // No document type at all: it could name files and hosts, or grow without end.
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    NodeList cubes =
        builder.parse(new InputSource(new StringReader(xml))).getElementsByTagName("Cube");
    LocalDate day = null;
    Map<String, BigDecimal> rates = new HashMap<>(Map.of("EUR", BigDecimal.ONE));
    for (int i = 0; i < cubes.getLength(); i++) {
      Element cube = (Element) cubes.item(i);
      if (cube.hasAttribute("time")) {
        day = LocalDate.parse(cube.getAttribute("time"));
      }
      if (cube.hasAttribute("currency")) {
        BigDecimal rate = new BigDecimal(cube.getAttribute("rate"));
        if (rate.signum() <= 0) {
          throw new NumberFormatException("a rate is positive");
        }
        rates.put(cube.getAttribute("currency"), rate);
      }
    }
    if (day == null || rates.size() < 2) {
      throw new SAXException("no rates");
    }
    return new EuroRates(day, rates);
  }
}
