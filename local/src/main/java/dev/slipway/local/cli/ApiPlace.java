package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which Slipway a command speaks to, and as whom. */
final class ApiPlace {
  @ArgGroup(exclusive = false)
  private RemoteApi remote;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A data folder that `slipway serve` serves; as its onboarding manager.")
  private Path data;

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
    return remote.api();
  }
}
