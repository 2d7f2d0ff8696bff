package dev.slipway.systems.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CustomerClientTest {

  private static final String ABSENT = "{\"result\":5,\"error\":\"environment not found\"}";
  private static final String PRESENT =
      """
      {"result":0,"env":{"shortdomain":"probe","domain":"probe.eu1.paas.example"},
       "nodes":[{"id":77,"nodeGroup":"cp","extIPs":%s}]}""";

  @Test
  void anEnvironmentIsCreatedOnce() {
    AtomicBoolean exists = new AtomicBoolean();
    AtomicInteger created = new AtomicInteger();
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_ENV_INFO,
                request -> Response.json(exists.get() ? PRESENT.formatted("[]") : ABSENT))
            .on(
                PlatformMethod.CREATE_ENVIRONMENT,
                request -> {
                  created.incrementAndGet();
                  exists.set(true);
                  return Response.json("{\"result\":0}");
                })) {
      CustomerClient client = client(platform);
      for (int i = 0; i < 2; i++) {
        CustomerEnvironment environment =
            client.ensureEnvironment("probe", "nginx:alpine", Optional.of("eu1"));
        assertEquals("probe.eu1.paas.example", environment.domain());
        assertEquals(77, environment.nodes().getFirst().id());
      }
      assertEquals(1, created.get());
      Request create = platform.requests().get(1);
      assertTrue(create.form().get("nodes").contains("nginx:alpine"));
      assertTrue(create.form().get("env").contains("eu1"));
    }
  }

  @Test
  void anEnvironmentMadeAlthoughTheAnswerWasAnErrorIsAdopted() {
    AtomicBoolean exists = new AtomicBoolean();
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_ENV_INFO,
                request -> Response.json(exists.get() ? PRESENT.formatted("[]") : ABSENT))
            .on(
                PlatformMethod.CREATE_ENVIRONMENT,
                request -> {
                  exists.set(true);
                  return Response.status(504);
                })) {
      assertEquals(
          "probe",
          client(platform).ensureEnvironment("probe", "nginx:alpine", Optional.empty()).name());
    }
  }

  @Test
  void aRefusedCreationSaysWhy() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_ENV_INFO, ABSENT)
            .on(
                PlatformMethod.CREATE_ENVIRONMENT,
                "{\"result\":4107,\"error\":\"docker pull rate limit\"}")) {
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> client(platform).ensureEnvironment("probe", "nginx", Optional.empty()));
      assertEquals(Kind.REJECTED, trouble.kind());
      assertTrue(trouble.getMessage().contains("docker pull rate limit"));
    }
  }

  @Test
  void anAddressIsAttachedOnce() {
    AtomicInteger attached = new AtomicInteger();
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_ENV_INFO,
                request ->
                    Response.json(
                        PRESENT.formatted(attached.get() > 0 ? "[\"198.51.100.7\"]" : "[]")))
            .on(
                PlatformMethod.ATTACH_EXT_IP,
                request -> {
                  attached.incrementAndGet();
                  return Response.json("{\"result\":0}");
                })) {
      assertEquals("198.51.100.7", client(platform).ensureExternalIp("probe"));
      assertEquals("198.51.100.7", client(platform).ensureExternalIp("probe"));
      assertEquals(1, attached.get());
    }
  }

  @Test
  void anArchiveIsUploadedAsMultipartForm() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform().on(PlatformMethod.UPLOAD, "{\"result\":0,\"name\":\"probe.zip\"}")) {
      assertEquals(
          "probe.zip", client(platform).ensureUploaded("probe.zip", Bytes.of("PK-content")));
      Request request = platform.requests().getLast();
      assertTrue(request.header("Content-Type").startsWith("multipart/form-data"));
      assertTrue(request.body().contains("name=\"session\""));
      assertTrue(request.body().contains("PK-content"));
      assertFalse(request.uri().toString().contains("token"));
      assertThrows(
          IllegalArgumentException.class,
          () -> client(platform).ensureUploaded("a\"b\r\n", Bytes.of("x")));
    }
  }

  @Test
  void anArchiveThatIsListedIsNotUploadedAgain() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(
                PlatformMethod.GET_ARCHIVES,
                "{\"result\":0,\"array\":[{\"name\":\"other.zip\"},{\"name\":\"probe.zip\"}]}")) {
      assertEquals("probe.zip", client(platform).ensureUploaded("probe.zip", Bytes.of("PK")));
      assertEquals(1, platform.requests().size());
    }
  }

  @Test
  void filesAreWrittenAndReadBack() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.WRITE_FILE, "{\"result\":0}")
            .on(PlatformMethod.READ_FILE, "{\"result\":0,\"body\":\"marker\"}")) {
      client(platform).writeFile("probe", "/tmp/x", "marker");
      assertEquals(Optional.of("marker"), client(platform).readFile("probe", "/tmp/x"));
      platform.on(PlatformMethod.READ_FILE, "{\"result\":99,\"error\":\"file does not exist\"}");
      assertEquals(Optional.empty(), client(platform).readFile("probe", "/tmp/x"));
    }
  }

  @Test
  void removingWhatIsGoneIsNoTrouble() {
    try (ScriptedPlatform platform = new ScriptedPlatform().on(PlatformMethod.DELETE_ENV, ABSENT)) {
      client(platform).remove("probe");
      platform.on(PlatformMethod.DELETE_ENV, "{\"result\":99,\"error\":\"locked\"}");
      assertThrows(SystemTrouble.class, () -> client(platform).remove("probe"));
    }
  }

  @Test
  void aPlatformWithoutBackupMethodsLeavesItToAPerson() {
    try (ScriptedPlatform platform = new ScriptedPlatform()) {
      SystemTrouble trouble =
          assertThrows(SystemTrouble.class, () -> client(platform).backUp("probe"));
      assertEquals(Kind.NOT_FOUND, trouble.kind());
      platform.on(PlatformMethod.BACK_UP, "{\"result\":0,\"id\":\"b1\"}");
      assertEquals("b1", client(platform).backUp("probe"));
    }
  }

  private static CustomerClient client(ScriptedPlatform platform) {
    return new CustomerClient(Loopback.egress(), platform.base(), "token-of-customer");
  }
}
