package dev.slipway.local.data.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3 as its API Reference describes it, as far as the data runner asks: ListObjectsV2, Head-, Get-,
 * Put-, Copy- and DeleteObject by path, with Signature Version 4 over the path as S3 encodes it,
 * conditions on ETags, and keys that may use some buckets only.
 */
public final class S3StandIn implements AutoCloseable {
  public static final String REGION = "eu-west-1";

  private static final Pattern SIGNED =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=(\\w+)");

  private final HttpServer server;
  private final Map<String, Map<String, Stored>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> rights = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Integer> troubles = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new ArrayList<>();

  /** An object. */
  private static final class Stored {
    private final byte[] content;
    private final String tag;
    private final Map<String, String> headers;

    private Stored(byte[] content, String tag, Map<String, String> headers) {
      this.content = content;
      this.tag = tag;
      this.headers = headers;
    }
  }

  public S3StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** A bucket's address, for {@code --at}. */
  public String address(String bucket) {
    buckets.computeIfAbsent(bucket, made -> new ConcurrentHashMap<>());
    return "s3://%s?region=%s&endpoint=http://127.0.0.1:%d"
        .formatted(bucket, REGION, server.getAddress().getPort());
  }

  /** An access key that may use these buckets. */
  public JsonNode keys(String accessKey, String... mayUse) {
    rights.put(accessKey, Set.of(mayUse));
    return JsonNodeFactory.instance
        .objectNode()
        .put("accessKey", accessKey)
        .put("secretKey", secret(accessKey));
  }

  private static String secret(String accessKey) {
    return "secret of " + accessKey;
  }

  public void put(String bucket, String key, String content) {
    put(bucket, key, content, md5(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** An object whose ETag is no MD5, as after an upload in parts. */
  public void put(String bucket, String key, String content, String tag) {
    address(bucket);
    buckets
        .get(bucket)
        .put(
            key,
            new Stored(
                content.getBytes(StandardCharsets.UTF_8),
                tag,
                Map.of("Content-Type", "image/png", "x-amz-meta-by", "hub")));
  }

  public void remove(String bucket, String key) {
    buckets.get(bucket).remove(key);
  }

  /** Keys and contents, with what goes with each. */
  public Map<String, String> contents(String bucket) {
    Map<String, String> contents = new TreeMap<>();
    buckets
        .get(bucket)
        .forEach(
            (key, stored) ->
                contents.put(
                    key,
                    new String(stored.content, StandardCharsets.UTF_8)
                        + " "
                        + stored.headers.get("Content-Type")
                        + " "
                        + stored.headers.get("x-amz-meta-by")));
    return contents;
  }

  /** The next requests are answered by this status. */
  public void troubled(int... statuses) {
    for (int status : statuses) {
      troubles.add(status);
    }
  }

  /** What was asked, by method and key; that a bucket be copied from with {@code COPY}. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void note(String what) {
    asked.add(what);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer trouble = troubles.poll();
      if (trouble != null) {
        error(exchange, trouble, "SlowDown");
        return;
      }
      String refusal = refusal(exchange, body);
      if (refusal != null) {
        error(exchange, 403, refusal);
        return;
      }
      String[] path = decoded(exchange).split("/", 3);
      Map<String, Stored> bucket = buckets.get(path[1]);
      if (bucket == null) {
        error(exchange, 404, "NoSuchBucket");
      } else if (path.length < 3) {
        send(
            exchange,
            200,
            "<ListBucketResult></ListBucketResult>".getBytes(StandardCharsets.UTF_8));
      } else {
        object(exchange, bucket, path[2], body);
      }
    }
  }

  private void object(HttpExchange exchange, Map<String, Stored> bucket, String key, byte[] body)
      throws IOException {
    Stored stored = bucket.get(key);
    String copied = header(exchange, "x-amz-copy-source");
    note((copied == null ? exchange.getRequestMethod() : "COPY") + " " + key);
    switch (exchange.getRequestMethod()) {
      case "HEAD", "GET" -> {
        if (stored == null) {
          error(exchange, 404, "NoSuchKey");
        } else if (isOther(exchange, "if-match", stored)) {
          error(exchange, 412, "PreconditionFailed");
        } else {
          stored.headers.forEach(exchange.getResponseHeaders()::set);
          exchange.getResponseHeaders().set("ETag", "\"" + stored.tag + "\"");
          send(exchange, 200, stored.content);
        }
      }
      case "PUT" -> {
        if (copied == null) {
          put(exchange, bucket, key, body);
        } else {
          copy(exchange, bucket, key, copied);
        }
      }
      case "DELETE" -> {
        bucket.remove(key);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> error(exchange, 405, "MethodNotAllowed");
    }
  }

  private static boolean isOther(HttpExchange exchange, String condition, Stored stored) {
    String tag = header(exchange, condition);
    return tag != null && !tag.equals("\"" + stored.tag + "\"");
  }

  private static void put(
      HttpExchange exchange, Map<String, Stored> bucket, String key, byte[] body)
      throws IOException {
    String sum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5(body)));
    if (!sum.equals(header(exchange, "content-md5"))) {
      error(exchange, 400, "BadDigest");
      return;
    }
    Stored stored =
        new Stored(
            body,
            md5(body),
            Map.of(
                "Content-Type",
                String.valueOf(header(exchange, "content-type")),
                "x-amz-meta-by",
                String.valueOf(header(exchange, "x-amz-meta-by"))));
    if ("*".equals(header(exchange, "if-none-match"))) {
      if (bucket.putIfAbsent(key, stored) != null) {
        error(exchange, 412, "PreconditionFailed");
        return;
      }
    } else {
      bucket.put(key, stored);
    }
    send(exchange, 200, new byte[0]);
  }

  private void copy(HttpExchange exchange, Map<String, Stored> bucket, String key, String copied)
      throws IOException {
    String[] path =
        URLDecoder.decode(copied.replace("+", "%2B"), StandardCharsets.UTF_8).split("/", 3);
    Stored stored = buckets.get(path[1]).get(path[2]);
    if (!mayUse(exchange, path[1])) {
      error(exchange, 403, "AccessDenied");
    } else if (stored == null) {
      error(exchange, 404, "NoSuchKey");
    } else if (isOther(exchange, "x-amz-copy-source-if-match", stored)) {
      error(exchange, 412, "PreconditionFailed");
    } else {
      bucket.put(key, new Stored(stored.content, md5(stored.content), stored.headers));
      send(exchange, 200, "<CopyObjectResult></CopyObjectResult>".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    send(
        exchange,
        status,
        ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static String decoded(HttpExchange exchange) {
    return URLDecoder.decode(
        exchange.getRequestURI().getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  // --- Signature Version 4

  private boolean mayUse(HttpExchange exchange, String bucket) {
    Matcher signed = SIGNED.matcher(header(exchange, "authorization"));
    return signed.matches() && rights.getOrDefault(signed.group(1), Set.of()).contains(bucket);
  }

  /** The code of a refusal; null if the request is in order. */
  private String refusal(HttpExchange exchange, byte[] body) {
    String authorization = header(exchange, "authorization");
    Matcher signed = SIGNED.matcher(authorization == null ? "" : authorization);
    if (!signed.matches()) {
      return "AccessDenied";
    }
    if (!rights.containsKey(signed.group(1))) {
      return "InvalidAccessKeyId";
    }
    String hash = header(exchange, "x-amz-content-sha256");
    if (!hash.equals(digest("SHA-256", body))) {
      return "XAmzContentSHA256Mismatch";
    }
    StringBuilder canonical = new StringBuilder();
    canonical.append(exchange.getRequestMethod()).append('\n');
    canonical.append(encoded(decoded(exchange))).append('\n');
    canonical.append(query(exchange)).append('\n');
    for (String name : signed.group(3).split(";", -1)) {
      canonical.append(name).append(':').append(header(exchange, name).strip()).append('\n');
    }
    canonical.append('\n').append(signed.group(3)).append('\n').append(hash);
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            header(exchange, "x-amz-date"),
            signed.group(2),
            digest("SHA-256", canonical.toString().getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + secret(signed.group(1))).getBytes(StandardCharsets.UTF_8);
    for (String part : signed.group(2).split("/", -1)) {
      key = hmac(key, part);
    }
    if (!HexFormat.of().formatHex(hmac(key, text)).equals(signed.group(4))) {
      return "SignatureDoesNotMatch";
    }
    return mayUse(exchange, decoded(exchange).split("/", 3)[1]) ? null : "AccessDenied";
  }

  private static String query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null
        ? ""
        : String.join("&", List.of(query.split("&", -1)).stream().sorted().toList());
  }

  private static String encoded(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      String letter = String.valueOf((char) (each & 0xff));
      encoded.append(
          letter.matches("[A-Za-z0-9._~/-]") ? letter : String.format("%%%02X", each & 0xff));
    }
    return encoded.toString();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(byte[] content) {
    return digest("MD5", content);
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
