package dev.slipway.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.context.Environment;
import dev.slipway.context.FunctionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages for people: {@code GET /}, {@code GET /app}, {@code GET /app/{proxy+}} and {@code GET
 * /favicon.ico}, for anybody, since no data is in them. Whoever opens a page waits for this
 * function to start: it reads its event and writes its answer as they stream by, and loads neither
 * the AWS SDK nor Jackson's mapper.
 */
public final class Web implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

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
    headers = new Headers(assets.reportStyle(), settings.token());
  }

  /**
   * What of a request counts.
   *
   * @param headers by name in lower case
   */
  private record Request(String path, Map<String, String> headers) {
    static Request read(InputStream input) throws IOException {
      String path = "";
      Map<String, String> headers = new LinkedHashMap<>();
      try (JsonParser event = JSON.createParser(input)) {
        event.nextToken();
        while (event.nextToken() == JsonToken.FIELD_NAME) {
          String name = event.currentName();
          boolean isObject = event.nextToken() == JsonToken.START_OBJECT;
          if (name.equals("rawPath")) {
            path = event.getValueAsString("");
          } else if (name.equals("headers") && isObject) {
            while (event.nextToken() == JsonToken.FIELD_NAME) {
              String header = event.currentName().toLowerCase(Locale.ROOT);
              event.nextToken();
              headers.put(header, event.getValueAsString(""));
            }
          } else {
            event.skipChildren();
          }
        }
      }
      return new Request(path, headers);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    Request request = Request.read(input);
    boolean secure = request.header("x-forwarded-proto").equals("https");
    Optional<Assets.Asset> asset = assets.at(request.path());
    if (request.path().equals("/")) {
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

  private void send(OutputStream output, Request request, Assets.Asset asset, boolean secure)
      throws IOException {
    Map<String, String> all = headers.of(asset.mediaType(), asset.cacheControl(), secure);
    all.put("ETag", asset.tag());
    all.put("Vary", "Accept-Encoding");
    if (request.header("if-none-match").contains(asset.tag())) {
      write(output, 304, all, "");
    } else if (request.header("accept-encoding").contains("gzip")) {
      all.put("Content-Encoding", "gzip");
      write(output, 200, all, asset.compressed());
    } else {
      write(output, 200, all, asset.plain());
    }
  }

  /**
   * In payload format 2.0.
   *
   * @param body in base 64
   */
  private static void write(OutputStream output, int status, Map<String, String> all, String body)
      throws IOException {
    try (JsonGenerator answer = JSON.createGenerator(output, JsonEncoding.UTF8)) {
      answer.writeStartObject();
      answer.writeNumberField("statusCode", status);
      answer.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : all.entrySet()) {
        answer.writeStringField(header.getKey(), header.getValue());
      }
      answer.writeEndObject();
      answer.writeStringField("body", body);
      answer.writeBooleanField("isBase64Encoded", true);
      answer.writeEndObject();
    }
  }
}
