package dev.slipway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ProbeTest {
  private static final String MAP =
      "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";

  static List<Probe> all() {
    return List.of(
        new Probe.TcpConnect("uploader.b.example", 22),
        new Probe.NfsNullCall("10.0.0.7", 2049),
        new Probe.TlsHandshake("10.0.0.8", 443, "app.b.example"),
        new Probe.SmtpGreeting("mail.b.example", 587, "STARTTLS"),
        new Probe.HttpStatus(URI.create("https://hub.b.example/sidekiq")),
        new Probe.DnsLookup(List.of("app.b.example", "lb.b.example")),
        new Probe.PrometheusStatus(URI.create("https://prometheus.b.example/base")),
        new Probe.S3RoundTrip(URI.create("https://s3.b.example"), "eu-central-1", "backups"),
        new Probe.WebDavRoundTrip(URI.create("https://dav.b.example/backups/")),
        new DataJob(
            DataJob.Operation.DUMP,
            "mnohub",
            "acme",
            List.of(),
            MAP,
            Optional.empty(),
            Optional.empty()),
        new DataJob(
            DataJob.Operation.COLLISIONS,
            "connector.salesforce",
            "vendor-shared",
            List.of("cld-2"),
            MAP,
            Optional.of("customer-production"),
            Optional.empty()),
        new DataJob(
            DataJob.Operation.LOAD,
            "connector.salesforce",
            "acme",
            List.of("org-fbba", "org-1"),
            MAP,
            Optional.of("acme-own"),
            Optional.of(MAP)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyProbeTravelsAndComesBackTheSame(Probe probe) {
    JsonNode parameters = probe.parameters();

    assertEquals(probe, Probe.read(parameters));
    assertEquals(probe.kind(), parameters.path("kind").asText());
    assertEquals(probe.hash(), Probe.read(parameters).hash());
    assertFalse(probe.description().isBlank());
  }

  @Test
  void everyKindIsTried() {
    assertEquals(
        Stream.of(Probe.class.getPermittedSubclasses()).count(),
        all().stream().map(Probe::getClass).distinct().count());
  }

  /** Whoever reads the list of probes by the API's document must find each in it. */
  @Test
  void everyKindIsDescribedWithItsFields() throws IOException {
    Map<String, Set<String>> described = new HashMap<>();
    try (InputStream in = Probe.class.getResourceAsStream("/openapi.yaml")) {
      JsonNode document =
          Json.tree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
      for (JsonNode form : document.at("/components/schemas/ProbeParameters/oneOf")) {
        Set<String> fields = new HashSet<>();
        form.path("properties").fieldNames().forEachRemaining(fields::add);
        JsonNode kind = form.at("/properties/kind");
        kind.path("enum").forEach(each -> described.put(each.asText(), fields));
        if (kind.has("const")) {
          described.put(kind.path("const").asText(), fields);
        }
      }
    }
    Set<String> kinds = new HashSet<>();
    for (Probe probe : all()) {
      Set<String> fields = new HashSet<>();
      probe.parameters().fieldNames().forEachRemaining(fields::add);
      fields.removeAll(described.getOrDefault(probe.kind(), Set.of()));
      assertEquals(Set.of(), fields, probe.kind());
      kinds.add(probe.kind());
    }
    for (DataJob.Operation operation : DataJob.Operation.values()) {
      kinds.add(operation.kind());
    }
    assertEquals(kinds, described.keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"kind\":\"shell\",\"command\":\"id\"}",
        "{\"kind\":\"tcp-connect\"}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\",\"port\":0}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\",\"port\":65536}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\",\"port\":\"22\"}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\",\"port\":22.5}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a b\",\"port\":22}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a;id\",\"port\":22}",
        "{\"kind\":\"tcp-connect\",\"host\":\"-a.example\",\"port\":22}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\\n\",\"port\":22}",
        "{\"kind\":\"tcp-connect\",\"host\":\"a.example\",\"port\":22,\"payload\":\"x\"}",
        "{\"kind\":\"smtp-greeting\",\"host\":\"a.example\",\"port\":25,\"encryption\":\"NONE\"}",
        "{\"kind\":\"prometheus-status\",\"url\":\"http://a.example\"}",
        "{\"kind\":\"prometheus-status\",\"url\":\"file:///etc/passwd\"}",
        "{\"kind\":\"prometheus-status\",\"url\":\"https://u:p@a.example\"}",
        "{\"kind\":\"prometheus-status\",\"url\":\"https://a.example?query=x\"}",
        "{\"kind\":\"prometheus-status\",\"url\":\"https://a.example\",\"query\":\"up\"}",
        "{\"kind\":\"s3-round-trip\",\"endpoint\":\"https://a.example\",\"region\":\"eu\","
            + "\"bucket\":\"../other\"}",
        "{\"kind\":\"webdav-round-trip\",\"url\":\"https://a.example/ x/\"}",
        "{\"kind\":\"data-dump\",\"store\":\"mnohub\",\"tenant\":\"acme\"}",
        "{\"kind\":\"data-dump\",\"store\":\"mnohub\",\"tenant\":\"a' OR 1\",\"map\":\""
            + MAP
            + "\"}",
        "{\"kind\":\"data-dump\",\"store\":\"../etc\",\"tenant\":\"acme\",\"map\":\"" + MAP + "\"}",
        "{\"kind\":\"data-dump\",\"store\":\"mnohub\",\"tenant\":\"acme\",\"map\":\""
            + MAP
            + "\",\"organisations\":[]}",
        "{\"kind\":\"data-dump\",\"store\":\"mnohub\",\"tenant\":\"acme\",\"map\":\""
            + MAP
            + "\",\"query\":\"select 1\"}",
        "{\"kind\":\"data-load\",\"store\":\"mnohub\",\"tenant\":\"acme\",\"map\":\""
            + MAP
            + "\",\"target\":\"acme\"}",
      })
  void refusesWhatIsNoProbe(String json) throws JsonProcessingException {
    JsonNode parameters = Json.MAPPER.readTree(json);

    assertThrows(InvalidProbe.class, () -> Probe.read(parameters));
  }

  @Test
  void aHostIsNotTooLong() {
    String host = "a.".repeat(130) + "example";

    assertThrows(InvalidProbe.class, () -> new Probe.TcpConnect(host, 22));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\"}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"now\",\"facts\":{\"a\":\"b\"}}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"facts\":{\"a\":\"b\"},\"trouble\":{\"kind\":\"tls\",\"message\":\"\",\"answered\":\"\"}}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"facts\":{\"a b\":\"c\"}}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"facts\":{\"a\":\"\\u0007\"}}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"facts\":{\"a\":null}}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"facts\":{\"a\":\"b\"},\"more\":1}",
        "{\"probe\":\"p\",\"parameters\":\"h\",\"ranAt\":\"2026-11-24T10:00:00Z\","
            + "\"trouble\":{\"kind\":\"Not A Kind\",\"message\":\"\",\"answered\":\"\"}}",
      })
  void refusesWhatIsNoResult(String json) throws JsonProcessingException {
    JsonNode body = Json.MAPPER.readTree(json);

    assertThrows(InvalidProbe.class, () -> ProbeResult.read(body));
  }

  @Test
  void aSignatureIsOfOneRequestByOneKey() throws GeneralSecurityException {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    RunnerMessage message = message("01P");
    String signature = message.sign(key.getPrivate());

    assertTrue(message.isSignedBy(text(key), signature));
    assertFalse(message.isSignedBy(text(other), signature));
    assertFalse(message("01Q").isSignedBy(text(key), signature));
    assertFalse(message.isSignedBy(text(key), "no signature"));
    assertFalse(message.isSignedBy("no key", signature));
    assertTrue(RunnerMessage.isKey(text(key)));
    assertFalse(RunnerMessage.isKey(Base64.getEncoder().encodeToString(new byte[44])));
  }

  private static RunnerMessage message(String probe) {
    return new RunnerMessage("result", "o", "r", probe, "2026-11-24T10:00:00Z", "n", "h");
  }

  private static String text(KeyPair key) {
    return Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
  }

  @Test
  void aCodeIsReadAsItWasTyped() {
    EnrolmentCode code = EnrolmentCode.make("hoster-7sqrdz31", new Random(1));

    assertEquals(
        code,
        EnrolmentCode.parse(" " + code.whole().toUpperCase(java.util.Locale.ROOT) + "\n")
            .orElseThrow());
    assertTrue(EnrolmentCode.parse(code.onboarding() + "." + code.runner()).isEmpty());
    assertFalse(code.toString().contains(code.secret()));
    assertNotEquals(code.secret(), EnrolmentCode.hash(code.secret()));
    assertNotEquals(code.secret(), EnrolmentCode.make("hoster-7sqrdz31", new Random(2)).secret());
  }
}
