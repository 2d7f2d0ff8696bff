package dev.slipway.element;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.systems.net.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the pure checks that a checklist names for an element, as saving it does: with what its
 * {@code inputs} name, and nothing else.
 *
 * <pre>{@code
 * bench.element("tenants", "[\"acme\"]").element("site", "{\"seats\": 0}").findings("site")
 * }</pre>
 */
public final class CheckBench {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Checklist checklist;
  private final ElementChecks checks =
      ElementChecks.all(FunctionContext.of(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC)));
  private final Map<String, Bytes> files = new HashMap<>();
  private IntakeRecord intake = IntakeRecord.none();

  public CheckBench(String checklist) {
    this.checklist = new Checklists().newest(checklist);
  }

  /** Gives an element, or one of its instances: {@code tenant-look@acme}. */
  public CheckBench element(String name, String json) {
    try {
      intake =
          intake.with(
              new ElementRecord(
                  id(name), instance(name), 1, Json.MAPPER.readTree(json), "ann", NOW));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Hands a file over; its SHA-256 names it in values. */
  public String file(byte[] content) {
    String sha256 = Files.sha256(content);
    files.put(sha256, Bytes.of(content));
    return sha256;
  }

  /** The findings about an element that was given. */
  public List<ElementFinding> findings(String name) {
    return checks.check(
        new ElementRows(checklist, intake)
            .subject(
                checklist.element(id(name)).orElseThrow(),
                instance(name),
                sha256 -> Optional.ofNullable(files.get(sha256)),
                NOW)
            .orElseThrow());
  }

  private static String id(String name) {
    return name.replaceFirst("@.*", "");
  }

  private static String instance(String name) {
    return name.contains("@") ? name.replaceFirst(".*?@", "") : "";
  }
}
