package dev.slipway.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.context.Environment;
import dev.slipway.context.FunctionContext;
import dev.slipway.report.ReportStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages for people: {@code GET /}, {@code GET /app}, {@code GET /app/{proxy+}} and {@code GET
 * /favicon.ico}, for anybody, since no data is in them. Whoever opens a page waits for this
 * function to start: so it loads neither the AWS SDK nor Jackson.
 */
public final class Web implements RequestStreamHandler {
  private final Assets assets;
  private final Headers headers;

  /** For Lambda. */
  public Web() {
    this(Environment.ofProcess()::value);
  }

  public Web(FunctionContext context) {
    this(context::value);
  }

  private Web(Function<String, Optional<String>> variables) {
    SignInSettings settings = SignInSettings.of(variables);
    assets = new Assets(settings);
    headers = new Headers(ReportStyle.SHA256, settings.token());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    Map<String, String> request =
        EventText.of(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    String path = request.getOrDefault("rawPath", "");
    boolean secure = header(request, "x-forwarded-proto").equals("https");
    Optional<Assets.Asset> asset = assets.at(path);
    if (path.equals("/")) {
      Map<String, String> redirect = headers.of("text/plain", "no-cache", secure);
      redirect.put("Location", "/app");
      write(output, 302, redirect, "");
    } else if (asset.isEmpty()) {
      write(
          output,
          404,
          headers.of("text/plain; charset=utf-8", "no-store", secure),
          Base64.getEncoder()
              .encodeToString("There is no such file.".getBytes(StandardCharsets.UTF_8)));
    } else {
      send(output, request, asset.get(), secure);
    }
  }

  private void send(
      OutputStream output, Map<String, String> request, Assets.Asset asset, boolean secure)
      throws IOException {
    Map<String, String> all = headers.of(asset.mediaType(), asset.cacheControl(), secure);
    all.put("ETag", asset.tag());
    all.put("Vary", "Accept-Encoding");
    if (header(request, "if-none-match").contains(asset.tag())) {
      write(output, 304, all, "");
    } else if (header(request, "accept-encoding").contains("gzip")) {
      all.put("Content-Encoding", "gzip");
      write(output, 200, all, asset.compressed());
    } else {
      write(output, 200, all, asset.plain());
    }
  }

  /** HTTP APIs name headers in lower case. */
  private static String header(Map<String, String> request, String name) {
    return request.getOrDefault("headers." + name, "");
  }

  /**
   * In payload format 2.0.
   *
   * @param body in base 64
   */
  private static void write(OutputStream output, int status, Map<String, String> all, String body)
      throws IOException {
    StringBuilder answer = new StringBuilder("{\"statusCode\":").append(status);
    answer.append(",\"headers\":{");
    String comma = "";
    for (Map.Entry<String, String> header : all.entrySet()) {
      answer.append(comma).append('"').append(header.getKey()).append("\":\"");
      answer.append(header.getValue().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      comma = ",";
    }
    answer.append("},\"isBase64Encoded\":true,\"body\":\"").append(body).append("\"}");
    output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
  }
}
