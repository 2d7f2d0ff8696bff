package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/**
 * The European Central Bank's daily reference rates, in the form of its XML file. The world's part
 * {@code exchange-rates}: {@code perEuro} (currency to rate), {@code day} (empty for today).
 */
public final class ReferenceRates extends RestStandIn {

  private static final String SYSTEM = "exchange-rates";

  private final InstantSource clock;

  /** Rates of the clock's day. */
  public ReferenceRates(World world, InstantSource clock) {
    super(world, SYSTEM, Site.https(SandboxDefaults.RATES_HOST, "203.0.113.80"));
    this.clock = clock;
    on(
        "GET /stats/eurofxref/eurofxref-daily.xml",
        call -> HttpAnswer.of(200, "text/xml", world.read(SYSTEM, this::xml)));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("day", "");
    part.putObject("perEuro")
        .put("USD", "1.0850")
        .put("GBP", "0.8420")
        .put("CHF", "0.9360")
        .put("JPY", "163.25")
        .put("PLN", "4.3150");
    return part;
  }

  @Override
  protected HttpAnswer notFound() {
    return HttpAnswer.of(404, "text/html", "<html><body>Not found</body></html>");
  }

  private String xml(ObjectNode part) {
    String day = part.path("day").asText("");
    String date =
        day.isEmpty() ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString() : day;
    String rates =
        part.path("perEuro").properties().stream()
            .map(
                rate ->
                    "<Cube currency='%s' rate='%s'/>"
                        .formatted(rate.getKey(), rate.getValue().asText()))
            .collect(Collectors.joining("\n"));
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"\
         xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <gesmes:subject>Reference rates</gesmes:subject>
        <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
        <Cube><Cube time='%s'>
        %s
        </Cube></Cube>
        </gesmes:Envelope>
        """
        .formatted(date, rates);
  }
}
