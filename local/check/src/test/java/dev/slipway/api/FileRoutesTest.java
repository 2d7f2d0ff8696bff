package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.StoredItems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files are answered as they were kept, to those who may see the onboarding. */
class FileRoutesTest {
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private String keep(String onboarding, byte[] content, String name) {
    return world
        .context()
        .files()
        .keep(onboarding, content, name, "text/html", Actor.system("test"))
        .sha256();
  }

  private Answer get(Token by, String onboarding, String sha256) {
    return world.request("DownloadFile").by(by).on(onboarding).path("sha256", sha256).send();
  }

  @Test
  void answersTheLargestFileByteForByteAndNeverAsAPage() {
    String id = world.create();
    byte[] content = new byte[Files.MAX_BYTES];
    new Random(5).nextBytes(content);
    String sha256 = keep(id, content, "Übergabe \"1\".html");
    for (Token by : new Token[] {Token.manager(), Token.engineer(), Token.customer(id)}) {
      Answer answer = get(by, id, sha256);
      assertEquals(200, answer.status());
      assertArrayEquals(content, Base64.getDecoder().decode(answer.text()));
      assertEquals("application/octet-stream", answer.headers().get("Content-Type"));
      assertEquals("nosniff", answer.headers().get("X-Content-Type-Options"));
      assertEquals(
          "attachment; filename*=UTF-8''%C3%9Cbergabe%20%221%22.html",
          answer.headers().get("Content-Disposition"));
    }
  }

  private Answer upload(String id, String content) {
    return world
        .request("UploadFile")
        .by(Token.customer(id))
        .on(id)
        .header("Content-Type", "text/plain")
        .header("X-File-Name", "one.txt")
        .base64(Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)))
        .send();
  }

  /** As if so much had been handed over already. */
  private void count(String id, int files, long bytes) {
    StoredItems contents = world.context().personalData().contents(id);
    contents
        .list("FILETOTAL")
        .forEach(
            kept ->
                contents.rewrite(
                    kept, ((ObjectNode) kept.body()).put("files", files).put("bytes", bytes)));
  }

  @Test
  void aPrivateKeyIsRefusedAndNeverStored() {
    String id = world.create();
    String before = world.tableText();
    for (String kind : List.of("PRIVATE", "RSA PRIVATE", "EC PRIVATE", "ENCRYPTED PRIVATE")) {
      String key = "-----BEGIN %s KEY-----\nTUFSS0VS\n-----END %1$s KEY-----\n".formatted(kind);
      Answer answer = upload(id, "-----BEGIN CERTIFICATE-----\n" + key);
      assertEquals(422, answer.status());
      assertTrue(answer.text().contains("file.private-key"), answer::text);
      assertFalse(answer.text().contains("TUFSS0VS"), answer::text);
    }
    assertEquals(before, world.tableText());
  }

  @Test
  void takesNoMoreThanAnOnboardingHolds() {
    String id = world.create();
    assertEquals(201, upload(id, "first").status());
    count(id, Files.MOST_FILES - 1, 5);
    assertEquals(201, upload(id, "last").status());
    String before = world.tableText();

    Answer refused = upload(id, "one too many");

    assertEquals(409, refused.status(), refused.text());
    assertEquals("files.full", refused.code());
    assertEquals("body", refused.field());
    assertEquals(before, world.tableText(), "nothing was kept");
    assertEquals(201, upload(id, "first").status(), "is there already");
    keep(id, new byte[] {1}, "of Slipway's own");

    count(id, 5, Files.MOST_BYTES - 3);
    assertEquals(201, upload(id, "abc").status());
    assertEquals(409, upload(id, "d").status());
    assertEquals(201, upload(world.create(), "d").status(), "of another one");
  }

  @Test
  void takesNoMoreThanThatAtOnceEither() throws Exception {
    String id = world.create();
    upload(id, "first");
    count(id, Files.MOST_FILES - 3, 5);
    List<Callable<Integer>> uploads =
        IntStream.range(0, 12)
            .mapToObj(n -> (Callable<Integer>) () -> upload(id, "file " + n).status())
            .toList();
    try (var threads = Executors.newFixedThreadPool(6)) {
      List<Integer> statuses = new ArrayList<>();
      for (var upload : threads.invokeAll(uploads)) {
        statuses.add(upload.get());
      }
      assertEquals(
          3, statuses.stream().filter(status -> status == 201).count(), statuses::toString);
      assertEquals(
          9, statuses.stream().filter(status -> status == 409).count(), statuses::toString);
    }
    assertEquals(4, world.context().files().list(id).size());
  }

  @Test
  void knowsNoFilesOfOthersNorAnythingElse() {
    String id = world.create();
    String other = world.create();
    String sha256 = keep(other, new byte[] {1}, "one.bin");
    assertEquals("file.unknown", get(Token.manager(), id, sha256).code());
    assertEquals("onboarding.unknown", get(Token.customer(id), other, sha256).code());
    assertEquals(200, get(Token.customer(other), other, sha256).status());
    for (String wrong : new String[] {"", "x", "INFO#" + sha256, sha256 + "#000", "A".repeat(64)}) {
      Answer answer = get(Token.manager(), other, wrong);
      assertEquals(404, answer.status(), wrong);
      assertEquals("sha256", answer.field(), wrong);
    }
    assertEquals(403, get(new Token("sub-x", "X", "[auditor]", null), other, sha256).status());
  }

  @Test
  void listsThemOldestFirst() {
    String id = world.create();
    assertEquals(0, list(Token.customer(id), id).body().path("files").size());
    String first = keep(id, new byte[] {2}, "first");
    world.clock().pass(java.time.Duration.ofSeconds(1));
    String second = keep(id, new byte[] {1}, "second");
    Answer answer = list(Token.customer(id), id);
    assertEquals(first, answer.body().at("/files/0/sha256").asText());
    assertEquals(second, answer.body().at("/files/1/sha256").asText());
    assertEquals("text/html", answer.body().at("/files/1/mediaType").asText());
    assertEquals(404, list(Token.customer("another"), id).status());
  }

  private Answer list(Token by, String onboarding) {
    return world.request("ListFiles").by(by).on(onboarding).send();
  }
}
