package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Any Slipway, on this machine or deployed, by the address of its API. */
final class RemoteApi {
  @Option(
      names = "--api",
      paramLabel = "URL",
      required = true,
      description = "The address of an API.")
  private URI api;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      required = true,
      description = "A file with the token that says who calls.")
  private Path tokenFile;

  /**
   * The API.
   *
   * @throws InputFailure if address or token cannot be used
   */
  SlipwayApi api() {
    return new SlipwayApi(SlipwayApi.httpClient(), address(), token());
  }

  /** Without a slash at its end: paths begin with one. */
  private URI address() {
    String scheme = api.getScheme();
    if (api.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new InputFailure(
          "--api: must be an address such as https://slipway.example, is " + api);
    }
    return URI.create(api.toString().replaceAll("/+$", ""));
  }

  private String token() {
    try {
      String token = Files.readString(tokenFile).strip();
      if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new InputFailure(
            "--token-file: %s must hold one token and nothing else".formatted(tokenFile));
      }
      return token;
    } catch (IOException e) {
      throw new InputFailure("--token-file: %s cannot be read".formatted(tokenFile));
    }
  }
}
