package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which Slipway a command speaks to, and as whom. */
final class ApiPlace {
  @ArgGroup(exclusive = false)
  private Remote remote;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A data folder that `slipway serve` serves; as its onboarding manager.")
  private Path data;

  /** Any Slipway, on this machine or deployed. */
  private static final class Remote {
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
  }

  /** The API. */
  SlipwayApi api() {
    if (remote == null) {
      ServingNote note =
          ServingNote.in(data)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "nothing serves the data folder %s at the moment: start `slipway serve"
                                  .formatted(data)
                              + " --data %s`, or name an API with --api and --token-file"
                                  .formatted(data)));
      return new SlipwayApi(SlipwayApi.httpClient(), note.api(), note.token());
    }
    return new SlipwayApi(SlipwayApi.httpClient(), address(), token());
  }

  /** Without a slash at its end: paths begin with one. */
  private URI address() {
    String scheme = remote.api.getScheme();
    if (remote.api.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new InputFailure(
          "--api: must be an address such as https://slipway.example, is " + remote.api);
    }
    return URI.create(remote.api.toString().replaceAll("/+$", ""));
  }

  private String token() {
    try {
      String token = Files.readString(remote.tokenFile).strip();
      if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new InputFailure(
            "--token-file: %s must hold one token and nothing else".formatted(remote.tokenFile));
      }
      return token;
    } catch (IOException e) {
      throw new InputFailure("--token-file: %s cannot be read".formatted(remote.tokenFile));
    }
  }
}
